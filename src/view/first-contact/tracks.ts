/**
 * Three senders through the same weeks: each message is a real delivery by the core, with the
 * memory that the earlier ones left.
 */
import { daySeconds } from '../../core/ask.ts';
import type { Outcome } from '../../core/verdict.ts';
import { refreshPolicy } from '../../core/mta-sts/decision.ts';
import { deliver } from '../../core/sender/deliver.ts';
import { outcomeOf } from '../../core/sender/outcome.ts';
import { emptyMemory, type SenderMemory } from '../../core/sender/sender.ts';
import { byPseudocode, byText } from '../../core/sts-2016/switches.ts';
import { defaultKnobs, type Knobs } from '../../world/simulated/knobs.ts';
import {
  recipient,
  scenarioOfKnobs,
  withLifetime,
} from '../../world/simulated/scenario-of-knobs.ts';
import type { Scenario } from '../../world/simulated/scenario.ts';
import {
  envelopeOf,
  senderOf,
  simulate,
  type ScenarioRun,
} from '../../world/simulated/simulate.ts';
import { walk } from '../../world/run.ts';
import { SimulatedWorld } from '../../world/simulated/simulated.ts';
import { nameOf } from '../../core/dns/name.ts';
import { knobsOfAttacker } from '../matrix/axes.ts';
import type { Row } from '../trace/row.ts';
import { rowsOf } from '../trace/rows.ts';
import { axisDays, type Attack, type FirstContactState } from './state.ts';
import { trackIds, type MemorySpan, type Message, type Track, type TrackId } from './track.ts';

const domain = nameOf(recipient);

/** What the attacker does in its window: attackers of the matrix. */
const attackKnobs: Readonly<Record<Attack, Partial<Knobs>>> = {
  none: {},
  strip: knobsOfAttacker('strip'),
  block: knobsOfAttacker('blocks'),
  forge: knobsOfAttacker('forges-dns'),
};

function policyText2016({ zones }: Scenario): string {
  const records = zones.flatMap((zone) => zone.records);
  const found = records.find(({ name }) => name === `_smtp_sts.${recipient}`);
  return found?.type === 'TXT' ? found.text : '';
}

/** The world of one sender on any day: disturbed within the attacker's window, quiet outside it. */
function weeksOf(state: FirstContactState, track: TrackId) {
  const knobs: Knobs = { ...defaultKnobs, protection: track };
  const scenario = withLifetime(scenarioOfKnobs(knobs), Math.round(state.lifetime * daySeconds));
  const quiet: Scenario = {
    ...scenario,
    sender: {
      ...scenario.sender,
      draft2016: state.draft === 'pseudocode' ? byPseudocode : byText,
    },
  };
  const { attacker } = scenarioOfKnobs({ ...knobs, ...attackKnobs[state.attack] });
  return {
    ...{ state, track },
    startSeconds: quiet.clockSeconds,
    secondsOf: (day: number): number => quiet.clockSeconds + Math.round(day * daySeconds),
    isAttacked: (day: number): boolean =>
      state.attack !== 'none' && day >= state.from && day < state.to,
    quiet,
    attacked: { ...quiet, attacker },
    /** The policy of the draft as the domain itself publishes it: what is kept and is not this, was planted. */
    genuine2016: policyText2016(quiet),
  };
}

/** Days of the messages; days of the refreshes, which come daily after the first message. */
export const messageDays = ({ interval }: FirstContactState): number[] =>
  Array.from(
    { length: Math.floor(axisDays / interval + 1e-9) + 1 },
    (_, index) => index * interval,
  );

/** What a walk meets: a message with the memory before it, or only a refresh. */
interface Visit {
  readonly day: number;
  readonly before: SenderMemory;
  readonly after: SenderMemory;
  /** Of the message; undefined where the policy was refreshed. */
  readonly outcome?: Outcome;
  /** Real mail that only a planted policy holds back. */
  readonly isStuck?: boolean;
}

/**
 * Walks the weeks in two worlds that are made once, one with the attacker in it and one without:
 * so a walk fits between two frames while the reader drags.
 */
function* visits(weeks: ReturnType<typeof weeksOf>): Generator<Visit, void, void> {
  const { state, track, startSeconds, secondsOf, isAttacked, quiet, attacked } = weeks;
  const worlds = { quiet: new SimulatedWorld(quiet), attacked: new SimulatedWorld(attacked) };
  const sender = senderOf(quiet.sender);
  const envelope = envelopeOf(quiet);
  const worldOn = (day: number): SimulatedWorld => {
    const world = isAttacked(day) ? worlds.attacked : worlds.quiet;
    world.reset(secondsOf(day));
    return world;
  };
  let memory = emptyMemory;
  let refreshed = 0;
  const refreshes = state.refresh && track === 'mta-sts';
  for (const day of messageDays(state)) {
    while (refreshes && refreshed + 1 < day) {
      refreshed += 1;
      const now = secondsOf(refreshed);
      // A sender refreshes what it holds while it holds it (RFC 8461 §3.3).
      if (!isHeld(memory, now)) continue;
      const before = memory;
      const procedure = refreshPolicy(sender, domain, memory.mtaSts, now);
      memory = { ...memory, mtaSts: walk(procedure, worldOn(refreshed)) };
      yield { day: refreshed, before, after: memory };
    }
    const before = memory;
    const world = worldOn(day);
    const delivery = walk(deliver(sender, envelope, memory), world);
    memory = delivery.memory;
    const outcome = outcomeOf(delivery.action, world.truth);
    const isPlanted = spanOf(before, startSeconds, weeks.genuine2016)?.forged === true;
    yield { day, before, after: memory, outcome, isStuck: isPlanted && isHeldByMemory(day) };

    /** Nobody disturbs it, and without its memory the same sender would have delivered. */
    function isHeldByMemory(on: number): boolean {
      if (isAttacked(on) || delivery.action.kind === 'delivered') return false;
      const atFirst = deliver(sender, envelope, emptyMemory);
      return walk(atFirst, worldOn(on)).action.kind === 'delivered';
    }
  }
}

function isHeld(memory: SenderMemory, nowSeconds: number): boolean {
  const cached = memory.mtaSts.get(domain)?.cached;
  return cached !== undefined && nowSeconds <= cached.fetchedSeconds + cached.policy.maxAgeSeconds;
}

/** What one sender holds, as a stretch of days; a later fetch of the same policy lengthens it. */
function spanOf(memory: SenderMemory, start: number, genuine2016: string): MemorySpan | undefined {
  const dayOf = (seconds: number): number => (seconds - start) / daySeconds;
  const cached = memory.mtaSts.get(domain)?.cached;
  if (cached)
    return {
      from: dayOf(cached.fetchedSeconds),
      to: dayOf(cached.fetchedSeconds + cached.policy.maxAgeSeconds),
      forged: false,
    };
  const draft = memory.draft2016.get(domain);
  return (
    draft && {
      from: dayOf(draft.fetchedSeconds),
      to: dayOf(draft.expiresSeconds),
      forged: draft.text !== genuine2016,
    }
  );
}

export function runTrack(state: FirstContactState, id: TrackId): Track {
  const weeks = weeksOf(state, id);
  const messages: Message[] = [];
  const memory: MemorySpan[] = [];
  for (const { day, after, outcome, isStuck } of visits(weeks)) {
    if (outcome !== undefined)
      messages.push({ day, ...outcome, ending: isStuck ? 'stuck' : outcome.verdict });
    const span = spanOf(after, weeks.startSeconds, weeks.genuine2016);
    const last = memory.at(-1);
    if (!span || (last && last.from === span.from && last.to === span.to)) continue;
    const isLonger = last && last.forged === span.forged && span.from <= last.to;
    // A policy that was replaced ends where the new one begins.
    if (isLonger) memory[memory.length - 1] = { ...last, to: span.to };
    else {
      if (last && last.to > span.from) memory[memory.length - 1] = { ...last, to: span.from };
      memory.push(span);
    }
  }
  return { id, messages, memory };
}

export const runTracks = (state: FirstContactState): Track[] =>
  trackIds.map((id) => runTrack(state, id));

/** How many messages end otherwise when the draft is read by the other of its two descriptions. */
export function otherwiseByOtherReading(state: FirstContactState): number {
  const other = state.draft === 'text' ? 'pseudocode' : 'text';
  const here = runTrack(state, 'smtp-sts-2016').messages;
  const there = runTrack({ ...state, draft: other }, 'smtp-sts-2016').messages;
  return here.filter(({ verdict }, index) => verdict !== there[index]?.verdict).length;
}

/** Each message of a track as a whole run, with the runs before it as its past. */
export function* runsOf(
  state: FirstContactState,
  id: TrackId,
): Generator<{ readonly day: number; readonly run: ScenarioRun }, void, void> {
  const weeks = weeksOf(state, id);
  const past: ScenarioRun[] = [];
  for (const { day, before, outcome } of visits(weeks)) {
    if (outcome === undefined) continue;
    const scenario = weeks.isAttacked(day) ? weeks.attacked : weeks.quiet;
    const clockSeconds = weeks.secondsOf(day);
    const run = { ...simulate({ ...scenario, clockSeconds }, before), past: [...past] };
    yield { day, run };
    past.push(run);
  }
}

/** The steps of one message, or undefined where there is no such message. */
export function traceOf(state: FirstContactState, id: TrackId, wanted: number): Row[] | undefined {
  let index = 0;
  for (const { run } of runsOf(state, id)) {
    if (index === wanted) return rowsOf(run);
    index += 1;
  }
  return undefined;
}
