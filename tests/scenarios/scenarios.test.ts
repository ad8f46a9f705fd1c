import { describe, expect, it } from 'vitest';
import { sayProblem } from '../../src/site/content.ts';
import { readScenario } from '../../src/site/scenarios/read.ts';
import { presetsOf } from '../../src/site/scenarios/presets.ts';
import { settle } from '../../src/view/simulator/knob-groups.ts';
import { formatKnobs } from '../../src/world/simulated/knobs.ts';
import { simulate } from '../../src/world/simulated/simulate.ts';
import { problems, rulesOf, runOf, scenarios } from './every.ts';

describe('the scenarios', () => {
  it('all fit', () => {
    expect(problems.map(sayProblem)).toEqual([]);
    expect(scenarios.length).toBeGreaterThanOrEqual(24);
  });

  it.each(scenarios.map((each) => [each.id, each] as const))(
    '%s ends as its file says, by the rule it says',
    (_, each) => {
      const run = runOf(each);
      expect(run.outcome).toEqual({ verdict: each.verdict, belief: each.belief });
      expect(rulesOf(run)).toContain(each.rule);
      if (each.departure !== undefined)
        expect(
          run.trace.events.some(
            (event) => event.kind === 'step' && event.evidence?.['departure'] === each.departure,
          ),
        ).toBe(true);
    },
  );

  it.each(scenarios.map((each) => [each.id, each] as const))(
    '%s gives the same trace twice',
    (_, each) => {
      expect(simulate(each.scenario).trace).toEqual(runOf(each).trace);
    },
  );

  it('differ from one another', () => {
    const seen = new Map<string, string>();
    for (const { id, scenario } of scenarios) {
      const key = JSON.stringify(scenario);
      expect(seen.get(key), `${id} is the same situation`).toBeUndefined();
      seen.set(key, id);
    }
  });
});

describe('the menu of the simulator', () => {
  it.each(['nl', 'en'] as const)('has at least twenty-four situations in %s', (lang) => {
    const presets = presetsOf(scenarios, lang, (group) => group);
    expect(presets.length).toBeGreaterThanOrEqual(24);
    expect(new Set(presets.map(({ title }) => title)).size).toBe(presets.length);
    const settings = presets.map(({ knobs }) => JSON.stringify(formatKnobs(knobs)));
    expect(new Set(settings).size).toBe(settings.length);
  });

  it('has no situation that contradicts itself', () => {
    for (const { id, knobs, menu } of scenarios)
      if (menu !== false) expect(settle(knobs).yielded, id).toEqual([]);
  });

  it('keeps the situations of a group together', () => {
    const groups = presetsOf(scenarios, 'en', (group) => group).map(({ group }) => group);
    const changes = groups.filter((group, index) => group !== groups[index - 1]);
    expect(new Set(changes).size).toBe(changes.length);
  });
});

describe('a file that does not fit is told apart', () => {
  const good = `title: { nl: a, en: a }
lesson: { nl: Een zin., en: A sentence. }
group: dane
tags: [strips]
knobs: { protection: dane, line: strip }
verdict: waits
belief: undelivered
rule: dane.tls-missing
origin: derived
`;
  const reasonOf = (text: string) => {
    const read = readScenario('one.yaml', text);
    return 'problems' in read ? read.problems.map(({ file, path }) => `${file} ${path}`) : [];
  };
  it.each([
    ['nothing wrong', good, []],
    ['an unknown knob', good.replace('line: strip', 'lines: strip'), ['one.yaml:5 knobs']],
    ['an unknown value', good.replace('line: strip', 'line: cut'), ['one.yaml:5 knobs.line']],
    ['an unknown rule', good.replace('dane.tls-missing', 'dane.what'), ['one.yaml:8 rule']],
    ['two short sentences', good.replace('A sentence.', 'One. Two.'), []],
    ['three sentences', good.replace('A sentence.', 'One. Two. Three.'), ['one.yaml:2 lesson.en']],
    ['no YAML', good.replace('group: dane', 'group: [dane'), ['one.yaml:4 ']],
    ['a world in the menu', `${good}world: { domain: other.example }\n`, ['one.yaml:1 menu']],
  ])('%s', (_, text, expected) => {
    expect(reasonOf(text)).toEqual(expected);
  });

  it.each([
    ['group: dane\n', '', 'is missing: one of starttls, draft-2016, mta-sts, dane, together'],
    ['tags: [strips]\n', '', 'is missing'],
    ['line: strip', 'line: cut', '"cut" is not known; one of quiet, reads, strip'],
    ['line: strip', 'policy-mode: none', '"policy-mode" is not known here; near it: policy-host'],
    ['line: strip', 'colour: red', '"colour" is not known here; one of 3'],
    [
      'dane.tls-missing',
      'dane.tls-gone',
      '"dane.tls-gone" is not known; near it: dane.tls-missing',
    ],
    ['origin: derived\n', '', 'is "derived" (worked out'],
  ])('and the reason says what would fit: %j as %j', (from, to, reason) => {
    const read = readScenario('one.yaml', good.replace(from, to));
    expect('problems' in read ? read.problems[0]?.reason : '').toContain(reason);
  });
});
