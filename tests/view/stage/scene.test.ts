/** What a scene must be, whatever was delivered: no picture says more, or other, than its trace. */
import type { Belief } from '../../../src/core/verdict.ts';
import type { MessageKey } from '../../../src/view/messages/message-key.ts';
import { describe, expect, it } from 'vitest';
import type { TraceEvent } from '../../../src/core/trace.ts';
import { stateAt, type Said, type State, type Text } from '../../../src/view/stage/model.ts';
import { mostMoments, sceneOf } from '../../../src/view/stage/scene.ts';
import { gapOf } from '../../../src/view/verdict.ts';
import { readWords } from '../../../src/command-line/read-messages.ts';
import { sayWith } from '../../../src/view/messages/say.ts';
import { scenarioOfKnobs } from '../../../src/world/simulated/scenario-of-knobs.ts';
import { simulate, type ScenarioRun } from '../../../src/world/simulated/simulate.ts';
import { runOf, scenarios } from '../../scenarios/every.ts';
import { seeds } from '../../volume.ts';
import { Chance, someKnobs } from '../../world/properties/chance.ts';

/** No test of speed: an upper bound for a machine that does much else beside. */
const patienceMs = 600_000;

const words = readWords();
const languages = (['nl', 'en'] as const).map((lang) => ({
  lang,
  known: words[lang],
  say: sayWith(words[lang], lang),
}));

type Asked = Extract<TraceEvent, { kind: 'asked' }>;

/** The questions that led to each row, rows from 1; those after the last row belong to it. */
function askedByRow({ trace }: ScenarioRun): readonly (readonly Asked[])[] {
  const rows: Asked[][] = [[]];
  let waiting: Asked[] = [];
  for (const event of trace.events)
    if (event.kind === 'asked') waiting.push(event);
    else {
      rows.push(waiting);
      waiting = [];
    }
  rows.at(-1)?.push(...waiting);
  return rows;
}

const lineOf = ({ ask }: Asked): string | undefined =>
  ask.ask === 'lookup'
    ? 'dns'
    : ask.ask === 'fetch-policy'
      ? 'web'
      : 'session' in ask || ask.ask === 'connect'
        ? 'mail'
        : undefined;

const thoughtsOf: Readonly<Record<Belief, readonly string[]>> = {
  proven: ['scene.thought.proven'],
  encrypted: ['scene.thought.encrypted'],
  readable: ['scene.thought.readable'],
  undelivered: ['scene.thought.undelivered', 'scene.thought.returned', 'scene.thought.doubt'],
};

const placeOf: Readonly<Record<string, State['letter']>> = {
  'delivered-proven': 'goal',
  'delivered-unproven': 'goal',
  'delivered-readable': 'goal',
  'delivered-to-attacker': 'cloak',
  waits: 'home',
  refused: 'home',
  stuck: 'home',
};

/** Every text of a scene by its key; chips have a second form for the narrow stage. */
function* textsOf(state: State): Generator<readonly [Text | undefined, 'chip' | 'label']> {
  const { question, rules, memory, thought } = state;
  for (const text of [question?.ask, question?.answer, question?.forged]) yield [text, 'chip'];
  for (const text of [rules?.text, memory?.text, memory?.until, thought]) yield [text, 'label'];
}

function unsaid({ key, args }: Said): readonly string[] {
  return languages.flatMap(({ lang, known, say }) => {
    if (known[key] === undefined) return [`no ${key} in ${lang}`];
    const text = say(key, args);
    return /[{}#]|undefined/.test(text) || text.trim() === '' ? [`${key} in ${lang}: ${text}`] : [];
  });
}

function faultsOf(run: ScenarioRun): readonly string[] {
  const { trace, outcome, scenario, truth } = run;
  const isMistaken = gapOf(outcome) === 'false-security';
  const scene = sceneOf(run, isMistaken);
  const { steps, ending } = scene;
  const faults: string[] = [];
  const must = (isRight: boolean, what: string) => {
    if (!isRight) faults.push(what);
  };
  const byRow = askedByRow(run);
  const theirs = new Set(
    scenario.servers.filter(({ owner }) => owner === 'attacker').map(({ address }) => address),
  );
  const isTheirs = ({ ask, tampered }: Asked) =>
    tampered !== undefined || (ask.ask === 'connect' && theirs.has(ask.address));

  // The end is the trace's.
  const last = stateAt(scene, steps.length - 1);
  must(last.verdict === ending, 'the last moment has the ending');
  const { verdict, belief } = outcome;
  if (ending === 'stuck') {
    must(verdict === 'waits' || verdict === 'refused', 'what is stuck was not delivered');
    must(!byRow.flat().some(isTheirs), 'nobody disturbs a delivery that is stuck');
    must(Object.keys(scenario.attacker).length === 0, 'nobody could disturb it either');
    must(last.memory?.isForged === true, 'what is stuck is so by a forged memory');
    const { past: _, ...atFirst } = scenario;
    must(simulate(atFirst).trace.result.action.kind === 'delivered', 'without it, it had gone');
  } else must(ending === verdict, 'the ending is the verdict');
  must(typeof last.thought === 'object' && thoughtsOf[belief].includes(last.thought.key), 'belief');
  must(last.isMistaken === isMistaken, 'it is mistaken where the trace says so');
  must(last.letter === placeOf[ending], 'the letter ends where the verdict says');
  must((last.letter === 'cloak') === (truth.reached === 'attacker'), 'who has the letter');
  const isOpen = last.form === 'open';
  const inClear =
    trace.result.action.kind === 'delivered' && trace.result.action.channel === 'plaintext';
  must(
    isOpen === (inClear || verdict === 'delivered-readable'),
    'a postcard is one that was read or could be',
  );
  must(
    (last.act?.id === 'reads') === (truth.read && truth.reached === 'genuine'),
    'it reads along',
  );

  // Every row is shown, in order; nothing is shown that has no row.
  const shown = steps.flatMap(({ rows }) => rows);
  must(
    shown.every((row, index) => row >= (shown[index - 1] ?? 1)),
    'rows are in order',
  );
  must(new Set(shown).size === byRow.length - 1, 'every row is in a moment');
  must(
    shown.every((row) => row < byRow.length),
    'no row is made up',
  );
  must(steps.length >= 3 && (steps.length <= mostMoments || scene.isTooLarge === true), 'bounded');

  steps.forEach(({ title, tells, rows }, index) => {
    const state = stateAt(scene, index);
    const { question, act } = state;
    const at = `moment ${index + 1}: `;
    const asked = rows.flatMap((row) => byRow[row] ?? []);
    must(tells.length >= 1 && tells.length <= 2, `${at}one or two sentences`);
    must(index === 0 || rows.length > 0, `${at}has a row`);
    faults.push(...[title, ...tells].flatMap(unsaid));
    for (const [text, kind] of textsOf(state))
      if (typeof text === 'object')
        faults.push(
          ...unsaid(text),
          ...(kind === 'chip' ? unsaid({ ...text, key: `${text.key}.narrow` as MessageKey }) : []),
        );
      else if (text === '') faults.push(`${at}an empty text`);
    must(
      state.verdict === undefined || index === steps.length - 1,
      `${at}no ending before the end`,
    );
    if (question) {
      const onLine = asked.filter((event) => lineOf(event) === question.line);
      must(onLine.length > 0, `${at}its question stands in a row`);
      const hasForgery = onLine.some(({ tampered }) => tampered !== undefined);
      if (question.forged !== undefined || question.isBlocked)
        must(hasForgery, `${at}a forged or blocked answer is in the trace`);
      else if (question.line !== 'mail')
        must(!hasForgery || !onLine.every(isTheirs), `${at}a forged answer is shown as one`);
      if (onLine.some(({ ask, tampered }) => ask.ask === 'ehlo' && tampered !== undefined))
        must(question.forged !== undefined, `${at}a removed offer is shown as one`);
      must(!(question.forged !== undefined && question.isBlocked), `${at}forged or blocked`);
      must(!(question.isSigned && question.kind), `${at}what is signed is not weak`);
      if (question.isSigned)
        must(
          onLine.some(({ answer }) => (answer as { security?: string }).security === 'secure'),
          `${at}a signature that was checked`,
        );
      if (question.line === 'web') must(state.web, `${at}the website is on the stage`);
    }
    if (act) {
      must(state.attacker === 'present', `${at}who acts is there`);
      const before = byRow.flat();
      must((act.line === 'mail' ? before : asked).some(isTheirs), `${at}the act is in the trace`);
    }
  });
  // Whatever the attacker did is seen.
  const acts = new Set(steps.map((_, index) => stateAt(scene, index).act?.line));
  for (const event of byRow.flat())
    if (event.tampered !== undefined) {
      const line = lineOf(event) ?? '';
      must([...acts].includes(line as never), `what was done on ${line} is seen`);
    }
  return faults;
}

/** Anything at all; domains that do receive mail, under attack; memories, with nobody there any more. */
const receiving = {
  mx: ['one', 'two'],
  'block-mx': ['no'],
  zone: ['signed', 'unsigned'],
  protection: ['smtp-sts-2016', 'mta-sts', 'dane', 'dane-and-mta-sts'],
} as const;
const kinds = [
  {},
  receiving,
  {
    ...receiving,
    history: ['forged-policy-planted', 'known', 'expired'],
    line: ['quiet', 'reads'],
    'forge-mx': ['no'],
    'forge-address': ['no'],
    'block-tlsa': ['no'],
    'forge-tlsa': ['no'],
    'block-policy': ['no'],
    'forge-policy': ['no'],
    https: ['quiet'],
    'zone-key': ['safe'],
  },
] as const;

describe('a scene', () => {
  it(
    'tells its trace, for every scenario of the corpus',
    () => {
      const faults = scenarios.flatMap((scenario) =>
        faultsOf(runOf(scenario)).map((fault) => `${scenario.id}: ${fault}`),
      );
      expect(faults).toEqual([]);
    },
    patienceMs,
  );

  it(
    'tells its trace, for situations by chance',
    () => {
      const faults: string[] = [];
      const seen = new Map<string, number>();
      for (let seed = 1; seed <= seeds(1500) && faults.length < 20; seed += 1) {
        const knobs = someKnobs(new Chance(seed), kinds[seed % kinds.length]);
        const run = simulate(scenarioOfKnobs(knobs));
        faults.push(...faultsOf(run).map((fault) => `seed ${seed}: ${fault}`));
        const { ending, isTooLarge } = sceneOf(run, false);
        for (const what of [ending, ...(isTooLarge ? ['too large'] : [])])
          seen.set(what, (seen.get(what) ?? 0) + 1);
      }
      expect(faults).toEqual([]);
      // What never came up was not tried.
      expect([...seen.keys()].toSorted()).toEqual(
        [...Object.keys(placeOf), 'too large'].toSorted(),
      );
    },
    patienceMs,
  );

  it('is short for every scenario of the corpus', () => {
    const long = scenarios.filter(
      (scenario) => sceneOf(runOf(scenario), false).steps.length > mostMoments,
    );
    expect(long.map(({ id }) => id)).toEqual([]);
  });
});
