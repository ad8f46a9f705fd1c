/**
 * The whole space: of every combination that is counted (`enumeration.ts`), which choice decides how a delivery ends, and
 * which one after that. Values that lead to the same are one part.
 */
import { type Verdict, verdicts } from '../../core/verdict.ts';
import { defaultKnobs, type KnobName, type Knobs } from '../../world/simulated/knobs.ts';
import type { Say } from '../messages/say.ts';
import { group, rect, text, widthOf, type Drawn, type Item } from '../drawing/items.ts';
import { signAt } from '../stage/art.ts';
import { safetyOf, type Safety } from '../stage/signs.ts';
import { wrap } from '../drawing/drawing.ts';
import { isShown } from '../simulator/knob-groups.ts';
import { cellKnobs, countedHistories, linkOf, type MatrixProtection } from './axes.ts';
import { attackerAxes, everyGrid, receiverAxes } from './enumeration.ts';
import type { Outcomes } from './outcomes.ts';

const axes = {
  ...receiverAxes,
  history: countedHistories,
  ...attackerAxes,
} as const satisfies { readonly [Name in KnobName]?: readonly Knobs[Name][] };
type Axis = keyof typeof axes;
type ValueOf<Name extends Axis> = (typeof axes)[Name][number];
type Word = { [Name in Axis]: `laws.space.${Name}.${ValueOf<Name>}` }[Axis];

const names = Object.keys(axes) as readonly Axis[];
/** How many combinations lie between two values of an axis: the last turns fastest. */
const strides = Object.fromEntries(
  names.map((each, index) => [
    each,
    names.slice(index + 1).reduce((size, name) => size * axes[name].length, 1),
  ]),
) as Readonly<Record<Axis, number>>;
const placeOn = (axis: Axis, combination: number): number =>
  Math.floor(combination / strides[axis]) % axes[axis].length;

/** An end that there is in a part, and the plainest combination that has it. */
export interface PartEnd {
  readonly verdict: Verdict;
  readonly count: number;
  readonly knobs: Knobs;
}

export interface Part {
  /** The values by which it was told apart; none for the whole. */
  readonly words: readonly Word[];
  readonly count: number;
  /** In the order of `verdicts`. */
  readonly ends: readonly PartEnd[];
  readonly parts: readonly Part[];
}

/** In bits: how much is open as long as nothing but these counts is known. */
function openness(counts: Iterable<number>, total: number): number {
  let bits = 0;
  for (const count of counts) bits -= count === 0 ? 0 : (count / total) * Math.log2(count / total);
  return bits;
}

/** The space of one protection, told apart by so many choices, one after the other. */
export function spaceOf(outcomes: Outcomes, protection: MatrixProtection, depth: number): Part {
  const columns = everyGrid.protections;
  const column = columns.indexOf(protection);
  const verdictOf = (combination: number): number =>
    Number(outcomes[2 * (combination * columns.length + column)]);
  const shown = names.filter((name) => isShown(name, { ...defaultKnobs, protection }));
  const countsOf = (combinations: readonly number[]): readonly number[] => {
    const counts = verdicts.map(() => 0);
    for (const each of combinations) counts[verdictOf(each)] = (counts[verdictOf(each)] ?? 0) + 1;
    return counts;
  };
  const opennessOf = (combinations: readonly number[]): number =>
    openness(countsOf(combinations), combinations.length);

  /** The parts of an axis; values whose combinations all end alike, one by one, are one part. */
  function split(axis: Axis, combinations: readonly number[]) {
    const byPlace = new Map<number, number[]>();
    for (const each of combinations) {
      const place = placeOn(axis, each);
      const own = byPlace.get(place);
      if (own) own.push(each);
      else byPlace.set(place, [each]);
    }
    const parts = new Map<string, { places: number[]; combinations: number[] }>();
    for (const [place, own] of byPlace) {
      const key = own.map(verdictOf).join('');
      const part = parts.get(key) ?? { places: [], combinations: [] };
      parts.set(key, part);
      part.places.push(place);
      for (const each of own) part.combinations.push(each);
    }
    return [...parts.values()].map((part) => ({
      ...part,
      combinations: part.combinations.sort((one, other) => one - other),
    }));
  }

  function deciding(combinations: readonly number[]) {
    let best: { axis: Axis; parts: ReturnType<typeof split>; gain: number } | undefined;
    const open = opennessOf(combinations);
    for (const axis of shown) {
      const parts = split(axis, combinations);
      if (parts.length < 2) continue;
      const sizes = parts.map((part) => part.combinations.length);
      const left = parts.reduce(
        (sum, part) =>
          sum + (part.combinations.length / combinations.length) * opennessOf(part.combinations),
        0,
      );
      // For each bit that the answer has: else the choice with the most values would always come first.
      const gain = (open - left) / openness(sizes, combinations.length);
      if (best === undefined || gain > best.gain + 1e-9) best = { axis, parts, gain };
    }
    return best;
  }

  const wordOf = (axis: Axis, place: number) =>
    `laws.space.${axis}.${axes[axis][place] ?? ''}` as Word;
  const oddity = (combination: number): number =>
    shown.filter((axis) => placeOn(axis, combination) > 0).length;
  const knobsAt = (combination: number): Knobs => {
    const knobs: Record<string, string> = { ...defaultKnobs };
    for (const name of names) {
      // What does not matter here stays at its default.
      const place = shown.includes(name) ? placeOn(name, combination) : 0;
      knobs[name] = axes[name][place] ?? '';
    }
    const made = knobs as unknown as Knobs;
    return cellKnobs(made, protection, { knobs: {} }, made.history);
  };

  function partOf(combinations: readonly number[], words: readonly Word[], left: number): Part {
    const counts = countsOf(combinations);
    const ends = verdicts.flatMap((verdict, index): readonly PartEnd[] => {
      const count = counts[index] ?? 0;
      if (count === 0) return [];
      const plainest = combinations
        .filter((each) => verdictOf(each) === index)
        .reduce((one, other) => (oddity(other) < oddity(one) ? other : one));
      return [{ verdict, count, knobs: knobsAt(plainest) }];
    });
    const decided = left === 0 || ends.length < 2 ? undefined : deciding(combinations);
    const parts = decided
      ? decided.parts.map((part) => {
          const values = part.places.map((place) => wordOf(decided.axis, place));
          return partOf(part.combinations, values, left - 1);
        })
      : [];
    return { words, count: combinations.length, ends, parts };
  }
  const size = names.reduce((product, name) => product * axes[name].length, 1);
  return partOf(
    Array.from({ length: size }, (_, combination) => combination),
    [],
    depth,
  );
}

/** The part in words: the values that lead to it, each way of them. */
export const sayPart = (
  { words }: Part,
  say: Say,
  or: (parts: readonly string[]) => string,
): string => or(words.map((word) => say(word)));

const headHeight = 34;
const partLeast = 28;
const spaceHeight = 230;

export interface SpaceWords {
  readonly say: Say;
  readonly or: (parts: readonly string[]) => string;
  /** The path of the simulator's page. */
  readonly simulator: string;
}

/** One protection: first choice, second choice, and how it then ends; each end leads to its scene. */
export function drawSpace(
  name: string,
  space: Part,
  shape: 'wide' | 'narrow',
  { say, or, simulator }: SpaceWords,
): Drawn {
  const [width, size] = shape === 'wide' ? [535, 14] : [340, 13];
  const column = width / 3;
  const lineHeight = size + 3;
  const linesOf = (part: Part, columns: number): readonly string[] =>
    wrap(sayPart(part, say, or), columns * column - 18, size, { widthOf });
  /** How many columns its words have: one, or up to its ends. */
  const columnsOf = (part: Part, level: number): number =>
    part.parts.length === 0 ? 3 - level : 1;
  /** What it has of the whole, and no less than its words need. */
  function heightOf(part: Part, level: number): number {
    const inner = part.parts.reduce((sum, each) => sum + heightOf(each, level + 1), 0);
    const words = level === 0 ? 0 : linesOf(part, columnsOf(part, level)).length * lineHeight + 10;
    const own = (part.count / space.count) * spaceHeight;
    return part.parts.length === 0 ? Math.max(partLeast, words, own) : Math.max(words, inner);
  }
  const items: Item[] = [text(name, 0, 20, 17, { isStrong: true, fill: 'accent' })];
  const box = (part: Part, level: number, y: number, height: number): Item[] => {
    const columns = columnsOf(part, level);
    const x = (level - 1) * column;
    const lines = linesOf(part, columns);
    const first = y + (height - 3 - lines.length * lineHeight) / 2 + size;
    const isAll = (safety: Safety) =>
      part.ends.every(({ verdict }) => safetyOf[verdict] === safety);
    return [
      rect(
        { x, y, width: columns * column - 4, height: height - 3 },
        {
          radius: 4,
          fill: isAll('safe') ? 'ground-safe' : isAll('unsafe') ? 'ground-unsafe' : 'soft',
        },
      ),
      ...lines.map((words, index) => text(words, x + 7, first + index * lineHeight, size)),
    ];
  };
  const ends = (part: Part, path: readonly Part[], y: number, height: number): Item[] => {
    // A sign has room; five of them are all that a column holds.
    const least = Math.min(24, column / part.ends.length);
    const room = width - 2 * column - least * part.ends.length;
    let x = 2 * column;
    return part.ends.map(({ verdict, count, knobs }) => {
      const own = least + (count / part.count) * room;
      const start = x;
      x += own;
      const where = [...path, part].map((each) => sayPart(each, say, or)).filter(Boolean);
      const label = `${[name, ...where].join(', ')}: ${say(`verdict.${verdict}`)}`;
      return group({ x: start, y, href: linkOf(knobs, simulator), label }, [
        rect(
          { x: 0, y: 0, width: own - 2, height: height - 3 },
          { radius: 3, fill: `ground-${safetyOf[verdict]}`, stroke: `verdict-${verdict}` },
        ),
        signAt(verdict, (own - 2) / 2, (height - 3) / 2, 0.9),
      ]);
    });
  };
  const place = (part: Part, path: readonly Part[], y: number): number => {
    const level = path.length;
    const inner = part.parts.reduce((sum, each) => sum + heightOf(each, level + 1), 0);
    const height = heightOf(part, level);
    if (level > 0) items.push(...box(part, level, y, height));
    if (part.parts.length === 0) items.push(...ends(part, path.slice(1), y, height));
    let below = y + (height - inner) / 2;
    for (const each of part.parts) below = place(each, [...path, part], below);
    return y + height;
  };
  const height = place(space, [], headHeight);
  return { width, height, items };
}

export const spaceDepth = 2;

/** All of them in two columns, as one figure. */
export function drawSpaces(
  spaces: readonly { readonly name: string; readonly space: Part }[],
  words: SpaceWords,
): Drawn {
  const drawn = spaces.map(({ name, space }) => drawSpace(name, space, 'wide', words));
  const gap = 30;
  let y = 0;
  const items: Item[] = [];
  for (let index = 0; index < drawn.length; index += 2) {
    const row = drawn.slice(index, index + 2);
    for (const [place, each] of row.entries())
      items.push(group({ x: place * (each.width + gap), y }, each.items));
    y += Math.max(...row.map(({ height }) => height)) + gap;
  }
  return { width: 2 * 535 + gap, height: y - gap, items };
}

/** The figure in words: each part that two choices leave, with how it ends. */
export function saySpaces(
  spaces: readonly { readonly name: string; readonly space: Part }[],
  { say, or }: SpaceWords,
): string {
  const tell = (part: Part, path: readonly string[]): readonly string[] => {
    const where = [...path, sayPart(part, say, or)].filter(Boolean);
    if (part.parts.length > 0) return part.parts.flatMap((each) => tell(each, where));
    const ends = part.ends.map(({ verdict }) => say(`verdict.${verdict}`));
    return [`${where.join(', ')}: ${or(ends)}.`];
  };
  return spaces.map(({ name, space }) => [`${name}.`, ...tell(space, [])].join(' ')).join(' ');
}
