/** Whatever a report of the test bed says has words, in both languages, and names whom it tells. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parseRecording } from '../../src/core/check/recording.ts';
import type { DaneStanding, Report } from '../../src/core/check/report.ts';
import { readWords } from '../../src/words/read.ts';
import { showReport, type Line } from '../../src/words/report-view.ts';
import { sayWith } from '../../src/words/say.ts';
import { reportOfRecording } from '../../src/world/recorded.ts';

const reports = globSync('tests/world/recordings/*.json').map((file) =>
  reportOfRecording(parseRecording(readFileSync(file, 'utf8'))!),
);
const standings: readonly DaneStanding[] = [
  ...(['all-hosts', 'first-hosts', 'some-hosts', 'only-encrypted', 'mx-insecure'] as const),
  ...(['none', 'not-looked-up'] as const),
];
const linesOf = (report: Report): readonly Line[] => {
  const view = showReport(report);
  return [
    view.sentence,
    ...view.notes,
    ...view.cards.flatMap(({ verdict, why }) => [verdict, ...why]),
    ...view.senders,
    ...view.actions.flatMap(({ who, line }) => [line, { key: `lookup.actor.${who}` }]),
    ...view.hosts.flatMap(({ dane, despiteMx, warnings }) => [
      dane,
      ...(despiteMx ? [despiteMx] : []),
      ...warnings,
    ]),
  ];
};
const withHosts = reports.filter(({ mx }) => mx.kind === 'hosts');
/** Every recorded report, and one with hosts in every standing that DANE can have. */
const all = [...reports, ...standings.map((dane): Report => ({ ...withHosts[0]!, dane }))];

describe.each(['nl', 'en'] as const)('a report in %s', (lang) => {
  const words = readWords()[lang];
  const say = sayWith(words, lang);
  test('has a sentence for each of its lines', () => {
    expect(reports.length).toBeGreaterThan(5);
    for (const { key, args } of all.flatMap(linesOf)) {
      expect(words).toHaveProperty([key]);
      expect(say(key, args ?? {})).not.toMatch(/[{}]/);
    }
  });
});

test('a sender with both is not told that DANE asks for nothing where it does', () => {
  for (const dane of standings) {
    const { senders } = showReport({ ...withHosts[0]!, dane });
    expect(senders).toHaveLength(4);
    const asksNothing = /\.(?:neither|by-policy)$/.test(senders[2]!.key);
    expect([dane, asksNothing]).toEqual([dane, dane === 'mx-insecure' || dane === 'none']);
  }
});

test('mail servers stand in the order in which a sender tries them', () => {
  const { mx } = showReport(reports.find(({ domain }) => domain === 'gemeente-zilverdam.test')!);
  expect(mx.records).toEqual(['10 in1.post-hosting.test.', '20 in2.post-hosting.test.']);
});

test('a domain without any server is told to name one, and nothing else', () => {
  const [first] = withHosts;
  const bare = {
    ...first!,
    mx: { kind: 'hosts', hosts: [first!.domain], implicit: true, security: 'secure' },
    hosts: [{ ...first!.hosts[0]!, host: first!.domain, addresses: { kind: 'none' } }],
  } as unknown as Report;
  expect(showReport(bare).actions.map(({ id }) => id)).toEqual(['publish-mx']);
});
