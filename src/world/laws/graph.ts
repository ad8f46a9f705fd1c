/**
 * Everything that can come of a row: all memories that any attacker can bring about, and for each what a day
 * can bring. Explored until no day leads to a memory that was not there yet; there is no other bound.
 */
import { daySeconds } from '../../core/ask.ts';
import { keptIn } from '../../core/once-per.ts';
import { emptyMemory, type SenderMemory } from '../../core/sender/sender.ts';
import { Days, type Day, type Delivered } from './day.ts';
import { keyOf, looksBack } from './memory.ts';
import { isWithin, type Budget } from './powers.ts';
import type { Row } from './rows.ts';

/** Days that end alike and leave the same memory, with the smallest sets of powers that bring it about. */
export interface Edge {
  readonly to: number;
  readonly delivered: Delivered;
  readonly ways: readonly Way[];
}

export interface Way {
  readonly need: Budget;
  readonly acts: Day['acts'];
}

export interface State {
  readonly memory: SenderMemory;
  /** Does the sender remember the genuine policy, not expired? */
  readonly isKnown: boolean;
  readonly edges: readonly Edge[];
  /** The edge on which he does nothing. */
  readonly quiet: Edge;
}

export interface Graph {
  readonly row: Row;
  /** The first is before the first contact. */
  readonly states: readonly State[];
  /** Every distinct way in which a day can go, summed over the states: each one run of `deliver`. */
  readonly transitions: number;
}

/** More memories than any row has by far: what goes over it says so instead of filling the machine. */
export const statesMost = 20_000;

/** Explores a row; `isTooLarge` says beforehand whether it can. */
export function exhaust(row: Row): Graph {
  const days = new Days(row);
  const numbers = new Map<string, number>();
  const waiting: SenderMemory[] = [];
  const numberOf = (memory: SenderMemory): number =>
    keptIn(numbers, keyOf(memory), () => waiting.push(memory) - 1);
  numberOf(emptyMemory);
  const states: State[] = [];
  let transitions = 0;
  // The list grows while it is walked.
  for (const memory of waiting) {
    if (waiting.length > statesMost) throw new Error(`${row.id}: more than ${statesMost} memories`);
    const edges = new Map<string, { to: number; delivered: Day['delivered']; ways: Way[] }>();
    let quiet: Edge | undefined;
    for (const day of days.all(memory)) {
      transitions += 1;
      const to = numberOf(day.memory);
      const key = `${to} ${JSON.stringify(day.delivered)}`;
      const edge = keptIn(edges, key, () => ({ to, delivered: day.delivered, ways: [] }));
      for (const need of day.needs) addWay(edge.ways, { need, acts: day.acts });
      quiet ??= edge;
    }
    if (quiet === undefined) throw new Error('a day always goes some way');
    const isKnown = row.isKnown?.(memory) === true;
    states.push({ memory, isKnown, edges: [...edges.values()], quiet });
  }
  return { row, states, transitions };
}

/** Keeps the smallest sets; of two ways with one set the one with fewer acts, told in the simulator's words. */
function addWay(ways: Way[], way: Way): void {
  const same = ways.findIndex(({ need }) => need === way.need);
  if (same >= 0) {
    if (costOf(way) < costOf(ways[same]!)) ways[same] = way;
  } else if (!ways.some(({ need }) => isWithin(need, way.need)))
    ways.splice(0, ways.length, ...ways.filter(({ need }) => !isWithin(way.need, need)), way);
}

/** First what the simulator can show, then what is short. */
const costOf = ({ acts }: Way): number =>
  acts.length + (acts.every(({ knobs }) => knobs !== undefined) ? 0 : 100);

/**
 * At most so many memories can come of a row: every policy that could be planted or fetched, at every age that
 * counts, and for senders that ask for it the age of the last look as well.
 */
export function statesAtMost({ acts, lifetimeSeconds, sender, isKnown }: Row): number {
  if (isKnown === undefined) return 1;
  const ages = Math.floor(lifetimeSeconds / daySeconds) + 2;
  const texts = 1 + (acts.get('policy') ?? []).filter(({ id }) => id.includes('.forge')).length;
  const bodies = 1 + (acts.get('https') ?? []).filter(({ id }) => id.includes('.rogue')).length;
  const looks = looksBack(sender) ? ages * 2 * texts : 1;
  return 1 + texts * bodies * ages * looks;
}

/** Is there room for what can come of this row? To be asked before it is explored. */
export const isTooLarge = (row: Row): boolean => statesAtMost(row) > statesMost;
