/** Holds the laws against what can come of a row: for each set of powers it holds, or the shortest way to break it. */
import { daySeconds } from '../../core/ask.ts';
import { keptIn, oncePer } from '../../core/once-per.ts';
import { emptyMemory, type SenderMemory } from '../../core/sender/sender.ts';
import type { Act } from './acts.ts';
import { Days, type Delivered } from './day.ts';
import type { Edge, Graph, State } from './graph.ts';
import { isBreach, isWorse, type End, type LawId } from './law.ts';
import { keyOf } from './memory.ts';
import { budgets, isWithin, lettersOf, minimalOf, nothing, type Budget } from './powers.ts';
import type { Row } from './rows.ts';

/** One day of a counterexample. */
export interface ToldDay {
  readonly acts: readonly Act[];
  readonly delivered: Delivered;
}

export interface Counterexample {
  readonly start: 'nothing' | 'known';
  readonly days: readonly ToldDay[];
}

/** One law held against one row and one set of powers. */
export interface Cell {
  readonly law: LawId;
  readonly row: Row;
  readonly budget: Budget;
  /** Undefined: it holds. */
  readonly broken: Counterexample | undefined;
}

/** What a law says of one day: the day, the state that it begins in, and what comes of it. */
interface DayOf {
  readonly graph: Graph;
  readonly state: State;
  readonly edge: Edge;
  readonly isQuiet: boolean;
}
interface DayLaw {
  readonly start: Counterexample['start'];
  readonly appliesTo: (row: Row) => boolean;
  readonly breaks: (day: DayOf) => boolean;
}

const isRead = ({ delivered }: Edge): boolean => isBreach(delivered.end);

const always = () => true;
const remembers = (row: Row): boolean => row.isKnown !== undefined;

/** The laws that are broken on a day; `within` and the two without attacker have checks of their own. */
const dayLaws: Partial<Record<LawId, DayLaw>> = {
  secrecy: { start: 'nothing', appliesTo: always, breaks: ({ edge }) => isRead(edge) },
  // Who remembers nothing, and needs nothing to remember, is safe once known where he is always safe.
  'known-is-safe': {
    start: 'known',
    appliesTo: (row) => remembers(row) || row.protection === 'dane',
    breaks: ({ edge }) => isRead(edge),
  },
  'while-remembered': {
    start: 'known',
    appliesTo: remembers,
    breaks: ({ state, edge }) => state.isKnown && isRead(edge),
  },
  'no-illusion': {
    start: 'nothing',
    appliesTo: always,
    breaks: ({ edge }) => edge.delivered.belief === 'proven' && edge.delivered.end !== 'proven',
  },
  heals: {
    start: 'nothing',
    appliesTo: always,
    breaks: ({ graph, edge, isQuiet }) => isQuiet && isHarmed(graph, edge),
  },
  visible: {
    start: 'nothing',
    appliesTo: always,
    breaks: ({ edge }) => isRead(edge) && !edge.delivered.isCounted,
  },
};

/** How mail arrives in a world in which he never was: on every day alike, or the law would have to say when. */
const undisturbed = oncePer((graph: Graph): End => {
  const ends = new Set<End>();
  const seen = new Set<number>();
  for (let at = 0; !seen.has(at); at = quietOf(graph, at).to) {
    seen.add(at);
    ends.add(quietOf(graph, at).delivered.end);
  }
  const [only] = ends;
  if (only === undefined || ends.size > 1)
    throw new Error(`${graph.row.id}: without attacker mail ends in ${[...ends].join(', ')}`);
  return only;
});

const startOf = (graph: Graph, start: Counterexample['start']): number =>
  start === 'nothing' ? 0 : quietOf(graph, 0).to;

/** The way of an edge that this set of powers can go, if there is one. */
const wayOf = (edge: Edge, budget: Budget) => edge.ways.find(({ need }) => isWithin(need, budget));

interface Reached {
  readonly at: number;
  readonly days: readonly ToldDay[];
}

/** Each way on that this set of powers has, with the days up to it and the day itself. */
function* onward(graph: Graph, { at, days }: Reached, budget: Budget) {
  for (const edge of graph.states[at]?.edges ?? []) {
    const way = wayOf(edge, budget);
    if (way !== undefined)
      yield { edge, way, days: [...days, { acts: way.acts, delivered: edge.delivered }] };
  }
}

/** What this set of powers brings about, day by day: breadth first, so that what is found first is shortest. */
function* rounds(graph: Graph, from: number, budget: Budget): Generator<readonly Reached[]> {
  const seen = new Set([from]);
  for (let front: readonly Reached[] = [{ at: from, days: [] }]; front.length > 0;) {
    yield front;
    const next: Reached[] = [];
    for (const reached of front)
      for (const { edge, days } of onward(graph, reached, budget)) {
        if (seen.has(edge.to)) continue;
        seen.add(edge.to);
        next.push({ at: edge.to, days });
      }
    front = next;
  }
}

/** Of the ways to break the law on the first day that allows it, the one with the fewest acts, told in the simulator's words. */
function shortest(graph: Graph, law: DayLaw, budget: Budget): Counterexample | undefined {
  // Who remembers nothing starts with nothing.
  const start = remembers(graph.row) ? law.start : 'nothing';
  for (const front of rounds(graph, startOf(graph, start), budget)) {
    let best: readonly ToldDay[] | undefined;
    for (const reached of front)
      for (const { edge, way, days } of onward(graph, reached, budget)) {
        const isQuiet = way.need === nothing && way.acts.length === 0;
        const day = { graph, state: graph.states[reached.at]!, edge, isQuiet };
        if (law.breaks(day) && (!best || costOf(days) < costOf(best))) best = days;
      }
    if (best !== undefined) return { start, days: best };
  }
  return undefined;
}

/** Few acts, and such as the simulator can show: on the last day, or before it in a sender's history. */
const costOf = (days: readonly ToldDay[]): number =>
  days.reduce((sum, { acts }, index) => {
    const isShown = ({ knobs, plants }: Act) =>
      index === days.length - 1 ? knobs !== undefined : plants;
    return acts.reduce((cost, act) => cost + (isShown(act) ? 1 : 100), sum);
  }, 0);

interface Aftermath {
  /** Days without him up to the last on which mail arrives worse than it would have. */
  readonly days: number | 'endless';
  /** Those days; of endless ones as many as it takes to go over the lifetime. */
  readonly told: readonly ToldDay[];
}

function aftermath(graph: Graph, from: number): Aftermath {
  const path: number[] = [];
  let back = from;
  for (; !path.includes(back); back = quietOf(graph, back).to) path.push(back);
  const isHarmedAt = (at: number) => isHarmed(graph, quietOf(graph, at));
  // What lies on the way back comes again and again.
  const isEndless = path.slice(path.indexOf(back)).some(isHarmedAt);
  const harmful = path.findLastIndex(isHarmedAt) + 1;
  const told: ToldDay[] = [];
  const count = isEndless ? lifetimeDaysOf(graph.row) + 1 : harmful;
  for (let at = from; told.length < count; at = quietOf(graph, at).to)
    told.push({ acts: [], delivered: quietOf(graph, at).delivered });
  return { days: isEndless ? 'endless' : harmful, told };
}

function quietOf(graph: Graph, at: number): Edge {
  const state = graph.states[at];
  if (state === undefined) throw new Error(`no state ${at}`);
  return state.quiet;
}

const isHarmed = (graph: Graph, quiet: Edge): boolean =>
  isWorse(quiet.delivered.end, undisturbed(graph));

const lifetimeDaysOf = ({ lifetimeSeconds }: Row): number =>
  Math.floor(lifetimeSeconds / daySeconds);

export interface Harm {
  /** Days without him on which mail arrives worse than if he had never been there. */
  readonly days: number | 'endless';
  /** How he brought it about, and those days. */
  readonly told: Counterexample;
}

/** The longer harm; of equal ones the one with the shorter, and then the plainer way to it. */
function isLonger(one: Harm, other: Harm): boolean {
  const lengthOf = ({ days }: Harm) => (days === 'endless' ? Infinity : days);
  if (lengthOf(one) !== lengthOf(other)) return lengthOf(one) > lengthOf(other);
  const [own, others] = [one.told.days, other.told.days];
  if (own.length !== others.length) return own.length < others.length;
  return costOf(own) < costOf(others);
}

/** The longest harm after he left that this set of powers can do, and the shortest way to it. */
export function longestHarm(graph: Graph, budget: Budget): Harm {
  let longest: Harm = { days: 0, told: { start: 'nothing', days: [] } };
  for (const front of rounds(graph, 0, budget))
    for (const { at, days } of front) {
      const harm = aftermath(graph, at);
      const told: Counterexample = { start: 'nothing', days: [...days, ...harm.told] };
      if (isLonger({ days: harm.days, told }, longest)) longest = { days: harm.days, told };
    }
  return longest;
}

/** Broken where the harm lasts longer than the lifetime, in days. */
function checkWithin(graph: Graph, budget: Budget): Counterexample | undefined {
  const { days, told } = longestHarm(graph, budget);
  return days === 'endless' || days > lifetimeDaysOf(graph.row) ? told : undefined;
}

export const appliesTo = (law: LawId, row: Row): boolean => {
  if (law === 'within') return remembers(row);
  if (law === 'beside-each-other') return row.protection === 'both';
  return dayLaws[law]?.appliesTo(row) === true;
};

/** Laws that are held against every set of powers. */
export const attackedLaws: readonly LawId[] = [
  ...(['secrecy', 'known-is-safe', 'while-remembered', 'no-illusion', 'heals'] as const),
  ...(['within', 'visible', 'beside-each-other'] as const),
];

/** One law held against one row, for every set of powers. */
export interface Finding {
  readonly law: LawId;
  readonly row: Row;
  /** In the order of the sets, 0 to 127. */
  readonly cells: readonly Cell[];
  /** The weakest attackers: the smallest sets of powers that break it. */
  readonly weakest: readonly Cell[];
}

/** The shortest way in which this set of powers breaks the law; undefined: it holds. */
export function breakLaw(graph: Graph, law: LawId, budget: Budget): Counterexample | undefined {
  if (law === 'within') return checkWithin(graph, budget);
  const dayLaw = dayLaws[law];
  if (dayLaw === undefined) throw new Error(`${law} is not held against one graph`);
  return shortest(graph, dayLaw, budget);
}

function findingOf(law: LawId, row: Row, breaks: (budget: Budget) => Cell['broken']): Finding {
  const cells = budgets.map((budget): Cell => ({ law, row, budget, broken: breaks(budget) }));
  const broken = budgets.filter((budget) => cells[budget]?.broken !== undefined);
  return { law, row, cells, weakest: minimalOf(broken).flatMap((set) => cells[set] ?? []) };
}

export const checkLaw = (graph: Graph, law: LawId): Finding =>
  findingOf(law, graph.row, (budget) => breakLaw(graph, law, budget));

/** What adding one protection to another may not weaken, from both starts. */
const notWeakened: readonly LawId[] = ['secrecy', 'known-is-safe'];

/**
 * Is a sender with both ever weaker than the same sender with one of them? It is where some attacker, with
 * all of this set of powers or a part of it, breaks what each of the two alone would have kept.
 */
export function checkBeside(both: Graph, alone: readonly Graph[]): Finding {
  const own = new Map<Budget, Counterexample>();
  for (const budget of budgets)
    for (const law of notWeakened) {
      const broken = breakLaw(both, law, budget);
      const isKept = alone.some((graph) => breakLaw(graph, law, budget) === undefined);
      const known = own.get(budget);
      if (broken === undefined || !isKept) continue;
      if (known === undefined || broken.days.length < known.days.length) own.set(budget, broken);
    }
  return findingOf(
    'beside-each-other',
    both.row,
    (budget) =>
      [...own]
        .filter(([part]) => isWithin(part, budget))
        .map(([, broken]) => broken)
        .sort((one, other) => one.days.length - other.days.length)[0],
  );
}

/** A law that a set of powers breaks and a greater one does not, or only in more days: a fault of ours. */
export interface Reversal {
  readonly law: LawId;
  readonly row: string;
  readonly less: string;
  readonly more: string;
}

export function reversalsOf({ law, row, cells }: Finding): readonly Reversal[] {
  const found: Reversal[] = [];
  for (const less of cells)
    for (const more of cells) {
      if (less.broken === undefined || !isWithin(less.budget, more.budget)) continue;
      if (more.broken !== undefined && more.broken.days.length <= less.broken.days.length) continue;
      found.push({ law, row: row.id, less: lettersOf(less.budget), more: lettersOf(more.budget) });
    }
  return found;
}

/** The harm at the greatest lifetime that a standard can write, for which all memories would be too many. */
export function harmAfterOneDay(row: Row): number {
  const days = new Days(row);
  const wellKnown = days.quiet(emptyMemory).delivered.end;
  const known = new Map<string, number>();
  const harmOf = (memory: SenderMemory): number => {
    const seen = new Set<string>();
    let harmful = 0;
    for (let at = memory, key = keyOf(at); !seen.has(key); key = keyOf(at)) {
      seen.add(key);
      const quiet = days.quiet(at);
      if (isWorse(quiet.delivered.end, wellKnown)) harmful = seen.size;
      at = quiet.memory;
    }
    return harmful;
  };
  for (const { memory } of days.all(emptyMemory))
    keptIn(known, keyOf(memory), () => harmOf(memory));
  return Math.max(...known.values());
}
