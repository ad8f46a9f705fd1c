import { describe, expect, it } from 'vitest';
import { readFacts } from '../../src/site/facts/read.ts';
import { clauseOf, wireClauses } from '../../src/widgets/parts/wire.table.ts';
import { simulate } from '../../src/widgets/simulator/simulate.ts';
import { readWords } from '../../src/words/read.ts';
import { defaultKnobs, knobValues, type Knobs } from '../../src/world/knobs.ts';

const words = readWords();
const { facts } = readFacts('content');

const linesOf = (knobs: Partial<Knobs>) =>
  simulate({ ...defaultKnobs, ...knobs }).rows.flatMap((row) =>
    row.exchanges.flatMap(({ wire }) =>
      wire ? [...wire.question, ...wire.answer, ...wire.original] : [],
    ),
  );

describe('what goes over the line, stretch by stretch', () => {
  it('has every clause in its source, so that the link beside it leads somewhere', () => {
    for (const { source, section } of Object.values(wireClauses))
      expect(facts.sources.get(source)?.sections, source).toHaveProperty([section]);
  });
  it.each(knobValues.protection)(
    'has a word for every note in both languages: %s',
    (protection) => {
      for (const line of linesOf({ protection, history: 'known', 'forge-mx': 'yes' }))
        for (const { note } of line.spans)
          if (note)
            for (const lang of ['nl', 'en'] as const) expect(words[lang]).toHaveProperty([note]);
    },
  );
  it('owns every character of a TLSA record, an MX record and a policy', () => {
    for (const line of linesOf({ protection: 'dane-and-mta-sts' })) {
      const text = line.spans.map((span) => span.text).join('');
      if (!/ (TLSA|MX) \S| mode:|^(version|mode|mx|max_age):/.test(text)) continue;
      const unowned = line.spans.filter((span) => span.clause === undefined);
      expect(unowned.map((span) => span.text)).toEqual([]);
    }
  });
  it('gives the value of a field the clause of the field', () => {
    expect(clauseOf('tlsa.usage.3')).toEqual(wireClauses['tlsa.usage']);
    expect(clauseOf('certificate.names')).toBeUndefined();
  });
});
