/**
 * Three senders through the same weeks: each message is a real delivery by the core, with the
 * memory that the earlier ones left.
 */
import { refreshPolicy } from '../../core/mta-sts/decision.ts';
import { emptyMemory, type SenderMemory } from '../../core/sender/sender.ts';
import { byPseudocode, byText } from '../../core/sts-2016/switches.ts';
import { defaultKnobs, type Knobs } from '../../world/knobs.ts';
import { run } from '../../world/run.ts';
import { recipient, scenarioOfKnobs } from '../../world/scenario-of-knobs.ts';
import type { Attacker, Scenario } from '../../world/scenario.ts';
import { senderOf, simulate, type ScenarioRun } from '../../world/simulate.ts';
import { SimulatedWorld } from '../../world/simulated.ts';
import { nameOf } from '../../core/dns/name.ts';
import type { Row } from '../parts/row.ts';
import { rowsOf } from '../simulator/simulate.ts';
import { axisDays, draftLifetimeSeconds, type Attack, type FirstContactState } from './state.ts';
import { trackIds, type MemorySpan, type Message, type Track, type TrackId } from './track.ts';

const daySeconds = 86_400;
const domain = nameOf(recipient);

/** What the attacker does in its window, as the simulator's knobs. */
const attackKnobs: Readonly<Record<Attack, Partial<Knobs>>> = {
  none: {},
  strip: { line: 'strip' },
  block: { line: 'strip', 'block-policy': 'drop', 'block-tlsa': 'drop' },
  forge: { 'forge-mx': 'yes', 'forge-policy': 'yes' },
};

/** A policy's lifetime stands in its text: every text of the world gets the one chosen. */
function withLifetime(scenario: Scenario, lifetimeSeconds: number): Scenario {
  const capped = Math.min(lifetimeSeconds, draftLifetimeSeconds);
  const change = (text: string): string =>
    text.replace(/max_age: \d+/, `max_age: ${lifetimeSeconds}`).replace(/; e=\d+/, `; e=${capped}`);
  return {
    ...scenario,
    zones: scenario.zones.map((zone) => ({
      ...zone,
      records: zone.records.map((record) =>
        record.type === 'TXT' ? { ...record, text: change(record.text) } : record,
      ),
    })),
    policyHosts: scenario.policyHosts.map((host) => ({ ...host, body: change(host.body) })),
  };
}

interface Weeks {
  readonly at: (day: number) => Scenario;
  /** The policy of the draft as the domain itself publishes it: what is kept and is not this, was planted. */
  readonly genuine2016: string;
  readonly state: FirstContactState;
}

function policyText2016({ zones }: Scenario): string {
  const records = zones.flatMap((zone) => zone.records);
  const found = records.find(({ name }) => name === `_smtp_sts.${recipient}`);
  return found?.type === 'TXT' ? found.text : '';
}

/** The world of one sender on any day: disturbed within the attacker's window, quiet outside it. */
function weeksOf(state: FirstContactState, track: TrackId): Weeks {
  const knobs: Knobs = {
    ...defaultKnobs,
    protection: track,
    // DANE needs a resolver that checks DNSSEC; nothing asks that of the others.
    resolver: track === 'dane' ? 'validating' : 'not-validating',
  };
  const scenario = withLifetime(scenarioOfKnobs(knobs), Math.round(state.lifetime * daySeconds));
  const quiet: Scenario = {
    ...scenario,
    sender: {
      ...scenario.sender,
      draft2016: state.draft === 'pseudocode' ? byPseudocode : byText,
    },
  };
  const attacker: Attacker = scenarioOfKnobs({ ...knobs, ...attackKnobs[state.attack] }).attacker;
  const isAttacked = (day: number): boolean =>
    state.attack !== 'none' && day >= state.from && day < state.to;
  return {
    state,
    genuine2016: policyText2016(quiet),
    at: (day) => ({
      ...quiet,
      clockSeconds: quiet.clockSeconds + Math.round(day * daySeconds),
      attacker: isAttacked(day) ? attacker : {},
    }),
  };
}

/** Days of the messages; days of the refreshes, which come daily after the first message. */
export const messageDays = ({ interval }: FirstContactState): number[] =>
  Array.from(
    { length: Math.floor(axisDays / interval + 1e-9) + 1 },
    (_, index) => index * interval,
  );

function refresh(scenario: Scenario, memory: SenderMemory): SenderMemory {
  const world = new SimulatedWorld(scenario);
  const { result } = run(
    refreshPolicy(senderOf(scenario.sender), domain, memory.mtaSts, scenario.clockSeconds),
    world,
  );
  return { ...memory, mtaSts: result };
}

/** Walks the weeks; `visit` sees each delivery and what was remembered after it. */
function walk(
  { at, state }: Weeks,
  track: TrackId,
  visit: (index: number, day: number, delivery: ScenarioRun) => boolean,
  remembered: (day: number, memory: SenderMemory) => void = () => {},
): void {
  let memory = emptyMemory;
  let refreshed = 0;
  const refreshes = state.refresh && track === 'mta-sts';
  for (const [index, day] of messageDays(state).entries()) {
    while (refreshes && refreshed + 1 < day) {
      refreshed += 1;
      // A sender refreshes what it holds while it holds it (RFC 8461 §3.3).
      if (isHeld(memory, at(refreshed).clockSeconds)) memory = refresh(at(refreshed), memory);
      remembered(refreshed, memory);
    }
    const delivery = simulate(at(day), memory);
    memory = delivery.trace.result.memory;
    remembered(day, memory);
    if (!visit(index, day, delivery)) return;
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

function runTrack(state: FirstContactState, id: TrackId): Track {
  const weeks = weeksOf(state, id);
  const start = weeks.at(0).clockSeconds;
  const messages: Message[] = [];
  const memory: MemorySpan[] = [];
  walk(
    weeks,
    id,
    (_, day, { outcome }) => {
      messages.push({ day, ...outcome });
      return true;
    },
    (_, held) => {
      const span = spanOf(held, start, weeks.genuine2016);
      const last = memory.at(-1);
      if (!span || (last && last.from === span.from && last.to === span.to)) return;
      const isLonger = last && last.forged === span.forged && span.from <= last.to;
      // A policy that was replaced ends where the new one begins.
      if (isLonger) memory[memory.length - 1] = { ...last, to: span.to };
      else {
        if (last && last.to > span.from) memory[memory.length - 1] = { ...last, to: span.from };
        memory.push(span);
      }
    },
  );
  return { id, messages, memory };
}

export const runTracks = (state: FirstContactState): Track[] =>
  trackIds.map((id) => runTrack(state, id));

/** The steps of one message, or undefined where there is no such message. */
export function traceOf(state: FirstContactState, id: TrackId, wanted: number): Row[] | undefined {
  let rows: Row[] | undefined;
  walk(weeksOf(state, id), id, (index, _, delivery) => {
    if (index === wanted) rows = rowsOf(delivery);
    return index < wanted;
  });
  return rows;
}
