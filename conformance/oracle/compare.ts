/** Runs one case and says whether we agree with what was seen, and where we part if not. */
import { departuresTaken, type DepartureId } from '../../src/core/sender/departures.ts';
import type { TraceEvent } from '../../src/core/trace.ts';
import { simulate, type ScenarioRun } from '../../src/world/simulated/simulate.ts';
import type { Scenario } from '../../src/world/simulated/scenario.ts';
import { readCase, type Seen } from './case.ts';
import { scenarioOf } from './scenario.ts';

export interface Compared {
  readonly id: string;
  readonly verdict: 'agree' | 'explained' | 'disagree';
  /** For a person: what was expected, what we get, and where we part. Empty where we agree. */
  readonly told: string;
  /** Departures that the matching profile took in this case. */
  readonly departures: readonly DepartureId[];
}

const words = { plaintext: 'plaintext', encrypted: 'tls_unauthenticated' } as const;

/** A run in the words of the observations. */
export function seenOf({ trace, truth }: ScenarioRun): Seen {
  const { action } = trace.result;
  if (action.kind !== 'delivered')
    return { outcome: action.kind, host: null, readByAttacker: truth.read };
  const { channel } = action;
  const word = channel === 'authenticated' ? 'tls_authenticated' : words[channel];
  return {
    outcome: `delivered_${word}`,
    host: truth.reached === 'nobody' ? null : truth.reached,
    readByAttacker: truth.read,
  };
}

const isSame = (one: Seen, other: Seen): boolean =>
  one.outcome === other.outcome &&
  one.host === other.host &&
  one.readByAttacker === other.readByAttacker;

const tell = ({ outcome, host, readByAttacker }: Seen): string =>
  [outcome, host ?? 'no host', readByAttacker ? 'read' : 'not read'].join(', ');

type Stepped = Extract<TraceEvent, { kind: 'step' }>;

const stepsOf = (run: ScenarioRun): readonly Stepped[] =>
  [...run.past, run].flatMap(({ trace }) => trace.events.filter((event) => event.kind === 'step'));

const nameOfStep = ({ rule, evidence }: Stepped): string =>
  rule === 'sender.departed' ? `${rule} (${String(evidence?.['departure'])})` : rule;

/** How a delivery comes to an end is told by its outcome; the step before says why. */
const endings: readonly string[] = ['sender.no-usable-host', 'sender.queue-lifetime-over'];
const lastStep = (run: ScenarioRun): string => {
  const last = stepsOf(run).findLast(({ rule }) => !endings.includes(rule));
  return last === undefined ? 'the beginning' : nameOfStep(last);
};

/** The first step that one run takes and the other does not. */
function parting(one: ScenarioRun, other: ScenarioRun): string {
  const [mine, theirs] = [stepsOf(one).map(nameOfStep), stepsOf(other).map(nameOfStep)];
  const at = mine.findIndex((name, index) => name !== theirs[index]);
  return (at < 0 ? theirs[mine.length] : mine[at]) ?? lastStep(one);
}

const asStrict = (scenario: Scenario): Scenario => ({
  ...scenario,
  sender: { ...scenario.sender, profile: 'strict' },
});

/** `strict`: the strict profile is compared, the matching one only to explain the difference. */
export function compareCase(json: unknown, strict: boolean): Compared {
  const read = readCase(json);
  if (!read.ok) return notModelled(read.id, read.notModelled);
  const { id, observed } = read.value;
  const converted = scenarioOf(read.value);
  if (!converted.ok) return notModelled(id, converted.notModelled);
  const matching = simulate(converted.value);
  const taken = departuresTaken(stepsOf(matching));
  const ours = seenOf(matching);
  const agrees = isSame(ours, observed);
  if (!strict) {
    if (agrees) return { id, verdict: 'agree', told: '', departures: taken };
    const told = `expected ${tell(observed)}; ours ${tell(ours)}; at ${lastStep(matching)}`;
    return { id, verdict: 'disagree', told, departures: taken };
  }
  const strictRun = simulate(asStrict(converted.value));
  const byStandard = seenOf(strictRun);
  if (isSame(byStandard, observed)) return { id, verdict: 'agree', told: '', departures: taken };
  const where = `expected ${tell(observed)}; strict ${tell(byStandard)}; at ${parting(strictRun, matching)}`;
  if (agrees && taken.length > 0)
    return {
      id,
      verdict: 'explained',
      told: `${where}; explained by ${taken.join(', ')}`,
      departures: taken,
    };
  const why = agrees ? 'no departure explains it' : `the matching profile says ${tell(ours)}`;
  return { id, verdict: 'disagree', told: `${where}; ${why}`, departures: taken };
}

const notModelled = (id: string, fields: readonly string[]): Compared => ({
  id,
  verdict: 'disagree',
  told: fields.map((field) => `not modelled: ${field}`).join('; '),
  departures: [],
});
