/**
 * The owner of the domain, without any attacker: every sequence of changes by our own plans (core/publish), and
 * every moment at which a message may come, with whatever old answers a resolver may still hold.
 *
 * A plan is taken step by step as it is dated. Between its steps a message may come or not: just after a step,
 * half a TTL later, when its TTL is over, and each day after that. An answer may be as old as its TTL, each RRset
 * by itself. Mail must be delivered each time.
 */

import { daySeconds } from '../../core/ask.ts';
import { keptIn } from '../../core/once-per.ts';
import { emptyMemory, type SenderMemory } from '../../core/sender/sender.ts';
import type { End } from './law.ts';
import { keyOf, later } from './memory.ts';
import { Owner, ttlSeconds, type Mistake, type PlanId, type Published } from './plans.ts';
import type { Row } from './rows.ts';
/** Where genuine mail was not delivered. */
export interface Harmed {
  readonly plan: PlanId;
  /** The last step that was taken, and how long ago. */
  readonly step: string;
  readonly secondsAfter: number;
  readonly end: End;
  /** Plans that were completed before this one. */
  readonly before: readonly PlanId[];
}

export interface OwnerFindings {
  readonly row: Row;
  /** What the owner publishes, with what a sender then may remember. */
  readonly states: number;
  /** Deliveries that were run. */
  readonly deliveries: number;
  readonly harmed: Harmed | undefined;
}

/** What stood there in the last TTL, newest first. */
interface Stood {
  readonly published: Published;
  /** When it was replaced; undefined: it stands. */
  readonly untilSeconds: number | undefined;
}

/** The moments between one step and the next at which a message may come, in seconds after the step. */
function momentsIn(gapSeconds: number): readonly number[] {
  const moments = [0, ttlSeconds / 2, ttlSeconds];
  for (let at = daySeconds; at <= gapSeconds; at += daySeconds) moments.push(at);
  return moments.filter((at) => at === 0 || at < gapSeconds);
}

/** All combinations of what a resolver may hold of each RRset. */
function* answersAt(stood: readonly Stood[], atSeconds: number) {
  const held = stood
    .filter(
      ({ untilSeconds }) => untilSeconds === undefined || untilSeconds + ttlSeconds > atSeconds,
    )
    .map(({ published }) => published);
  const distinct = <Value>(of: (published: Published) => Value): readonly Value[] => [
    ...new Map(held.map((each) => [JSON.stringify(of(each)), of(each)])).values(),
  ];
  for (const id of distinct((each) => each.id))
    for (const tlsa of distinct((each) => each.tlsa))
      for (const mx of distinct((each) => each.mx)) yield { id, tlsa, mx };
}

/**
 * A new policy has a new id, so of the ids in a memory only one can come back: that of the record that stands. It
 * gets one name and all others another, for there to be an end of memories.
 */
const [currentId, earlierId] = ['current', 'earlier'];

function renamed(memory: SenderMemory, standing: string | undefined): SenderMemory {
  const nameOf = (id: string) => (id === standing ? currentId : earlierId);
  return {
    ...memory,
    mtaSts: new Map(
      [...memory.mtaSts].map(([domain, { cached, failed }]) => [
        domain,
        {
          ...(cached && { cached: { ...cached, id: nameOf(cached.id) } }),
          ...(failed && { failed: { ...failed, id: nameOf(failed.id) } }),
        },
      ]),
    ),
  };
}

const isDelivered = (end: End): boolean => end === 'proven' || end === 'encrypted';

/** A memory, and the plans that were completed while it came about. */
interface Remembered {
  readonly memory: SenderMemory;
  readonly before: readonly PlanId[];
}
type Memories = ReadonlyMap<string, Remembered>;

const memoriesOf = (remembered: readonly Remembered[]): Memories => {
  const memories = new Map<string, Remembered>();
  // What came first came by fewer plans.
  for (const each of remembered) keptIn(memories, keyOf(each.memory), () => each);
  return memories;
};

/**
 * Every sequence of plans, each run to its end, and every choice of moments. Ends where no plan and no message
 * leads to anything new.
 */
export function checkOwner(row: Row, mistake?: Mistake): OwnerFindings {
  const owner = new Owner(row, mistake);
  const { clockSeconds } = row.scenario;
  const older = (memories: Memories, seconds: number): Memories =>
    memoriesOf(
      [...memories.values()].map(({ memory, before }) => ({
        memory: later(memory, row.sender, clockSeconds, seconds),
        before,
      })),
    );
  /** A message comes now, or none. */
  function come(now: Published, stood: readonly Stood[], atSeconds: number, memories: Memories) {
    const worlds = [...answersAt(stood, atSeconds)].map((answers) => owner.worldOf(now, answers));
    const after = [...memories.values()];
    for (const { memory, before } of memories.values())
      for (const world of worlds) {
        const delivered = owner.deliver(world, memory);
        if (!isDelivered(delivered.end)) return { end: delivered.end, before } as const;
        after.push({ memory: delivered.memory, before });
      }
    return memoriesOf(after);
  }
  /** Runs one plan to its end, from all these memories at once. */
  function take(plan: PlanId, from: Published, start: Memories) {
    const steps = owner.stepsOf(plan, from);
    let stood: readonly Stood[] = [{ published: from, untilSeconds: undefined }];
    let now = from;
    let memories = start;
    for (const [index, step] of steps.entries()) {
      stood = [
        { published: step.change(now), untilSeconds: undefined },
        { published: now, untilSeconds: step.atSeconds },
        ...stood.slice(1),
      ];
      now = step.change(now);
      // After the last step as long as an old answer may be held.
      const nextSeconds = steps[index + 1]?.atSeconds ?? step.atSeconds + 2 * ttlSeconds;
      const gapSeconds = nextSeconds - step.atSeconds;
      const moments = momentsIn(gapSeconds);
      for (const [place, secondsAfter] of moments.entries()) {
        const came = come(now, stood, step.atSeconds + secondsAfter, memories);
        if ('end' in came) return { harmed: { plan, step: step.id, secondsAfter, ...came } };
        memories = older(came, (moments[place + 1] ?? gapSeconds) - secondsAfter);
      }
    }
    const after = [...memories.values()].map(({ memory, before }) => ({
      memory: renamed(memory, now.id),
      before: [...before, plan],
    }));
    return { published: { ...now, id: now.id && currentId }, memories: memoriesOf(after) };
  }

  const seen = new Set<string>();
  /** By what is published: the memories that were not there before. */
  const fresh = new Map<
    string,
    { readonly published: Published; readonly memories: Remembered[] }
  >();
  function add(published: Published, memories: Memories): void {
    const place = JSON.stringify(published);
    for (const [key, remembered] of memories) {
      if (seen.has(`${place} ${key}`)) continue;
      seen.add(`${place} ${key}`);
      keptIn(fresh, place, () => ({ published, memories: [] })).memories.push(remembered);
    }
  }
  const found = (harmed: Harmed | undefined): OwnerFindings => ({
    row,
    states: seen.size,
    deliveries: owner.deliveries,
    harmed,
  });
  add(owner.start, memoriesOf([{ memory: emptyMemory, before: [] }]));
  while (fresh.size > 0) {
    const round = [...fresh.values()];
    fresh.clear();
    for (const { published, memories } of round) {
      const start = memoriesOf(memories);
      const standing: readonly Stood[] = [{ published, untilSeconds: undefined }];
      const came = come(published, standing, 0, start);
      if ('end' in came) throw new Error(`${row.id}: mail waits where nothing changes`);
      add(published, older(came, daySeconds));
      for (const plan of owner.plansAt(published)) {
        const taken = take(plan, published, start);
        if (taken.harmed !== undefined) return found(taken.harmed);
        add(taken.published, taken.memories);
      }
    }
  }
  return found(undefined);
}
