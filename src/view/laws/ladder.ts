/** What somebody must be able to do: for each law and protection the minimal sets of powers that break it, in one picture. */
import { scaleBand } from 'd3-scale';
import type { LawId } from '../../world/laws/law.ts';
import { powers } from '../../world/laws/powers.ts';
import type { ProtectionId } from '../../world/laws/rows.ts';
import type { Say } from '../messages/say.ts';
import { circle, lines, path, rect, text, type Drawn, type Item } from '../drawing/items.ts';
import { actPaths } from '../stage/signs.ts';
import {
  columnsOf,
  findingIn,
  lawOrder,
  powersOf,
  protectionWord,
  type PowerId,
  type Results,
} from './table.ts';

/** Several sets at once: one power of each choice together. `[[L, D], [C]]` is L with C, and D with C. */
export type Ways = readonly (readonly PowerId[])[];

const keyOf = (choice: readonly PowerId[]): string => choice.join('+');

/** Two that differ in one choice only, as one; undefined where they differ in more. */
function joined(one: Ways, other: Ways): Ways | undefined {
  const [own, others] = [one.map(keyOf), other.map(keyOf)];
  const unlike = one.filter((choice) => !others.includes(keyOf(choice)));
  const theirs = other.filter((choice) => !own.includes(keyOf(choice)));
  const [first] = unlike;
  const [second] = theirs;
  if (one.length !== other.length || unlike.length !== 1 || !first || !second) return undefined;
  const both = powers.map(({ id }) => id).filter((id) => first.includes(id) || second.includes(id));
  return one.map((choice) => (choice === first ? both : choice));
}

/** The fewest rows that say all of these sets; there are five sets at most, so each order is tried. */
export function waysOf(ways: readonly Ways[]): readonly Ways[] {
  let fewest = ways;
  for (const [index, one] of ways.entries())
    for (const [place, other] of ways.entries()) {
      const both = place > index ? joined(one, other) : undefined;
      if (both === undefined) continue;
      const rest = ways.filter((each) => each !== one && each !== other);
      const found = waysOf([...rest.slice(0, index), both, ...rest.slice(index)]);
      if (found.length < fewest.length) fewest = found;
    }
  return fewest;
}

export interface LadderGroup {
  readonly law: LawId;
  readonly rows: readonly {
    /** Protections that the same sets break. */
    readonly protections: readonly ProtectionId[];
    /** Empty: no attacker of the model breaks it. */
    readonly ways: readonly Ways[];
  }[];
}

/** The laws that somebody breaks, each with the protections to which it applies. */
export function ladderOf(results: Results): readonly LadderGroup[] {
  return lawOrder.flatMap((law) => {
    const rows = new Map<string, { protections: ProtectionId[]; ways: readonly Ways[] }>();
    for (const { id, protection } of columnsOf(results)) {
      const finding = findingIn(results, law, id);
      if (finding === undefined) continue;
      const key = finding.weakest.map((each) => each.powers).join();
      const known = rows.get(key);
      if (known !== undefined) known.protections.push(protection);
      else {
        const sets = finding.weakest.map((each) => powersOf(each.powers).map((power) => [power]));
        rows.set(key, { protections: [protection], ways: waysOf(sets) });
      }
    }
    const isBroken = [...rows.values()].some(({ ways }) => ways.length > 0);
    return isBroken ? [{ law, rows: [...rows.values()] }] : [];
  });
}

/** What he does, as on the stage; keys have a sign of their own. */
const key = 'M-9 0A4 4 0 1 0-1 0 4 4 0 1 0-9 0M-1 0H9V4M5 0V3';
const powerSigns: Readonly<Record<PowerId, string>> = {
  line: actPaths.reads,
  dns: actPaths.lies,
  block: actPaths.blocks,
  'host-certificate': actPaths.poses,
  'policy-certificate': actPaths.poses,
  'server-key': key,
  'zone-key': key,
};

const [pitch, lawHead] = [30, 38];

/** Narrow: powers by their letters, names in a line of their own. */
export function drawLadder(
  groups: readonly LadderGroup[],
  lawName: (law: LawId) => string,
  shape: 'wide' | 'narrow',
  say: Say,
): Drawn {
  const isWide = shape === 'wide';
  const [width, left, head, nameSize] = isWide ? [1020, 184, 92, 16] : [340, 0, 50, 15];
  const band = scaleBand<PowerId>(
    powers.map(({ id }) => id),
    [left, width],
  ).paddingInner(0.04);
  const middleOf = (id: PowerId) => (band(id) ?? 0) + band.bandwidth() / 2;
  const items: Item[] = [];
  let y = head;
  for (const { law, rows } of groups) {
    items.push(
      rect({ x: 0, y: y + 8, width, height: lawHead - 10 }, { fill: 'paper' }),
      path(`M0 ${y + 8}H${width}`, { stroke: 'line-strong', strokeWidth: 1.5 }),
      text(lawName(law), 0, y + 28, nameSize, { isStrong: true, fill: 'accent' }),
    );
    y += lawHead;
    for (const { protections, ways } of rows) {
      const names = protections
        .map((each) => say(protectionWord(each)).replaceAll(' ', '\u00a0'))
        .join(', ');
      const named = isWide ? lines(names, left - 6, 15) : [names];
      if (!isWide) y += 22;
      for (const [index, line] of named.entries())
        items.push(text(line, 0, isWide ? y + 20 + index * 17 : y - 4, 15));
      if (ways.length === 0)
        items.push(
          text(say('laws.ladder.none'), left + 8, y + 20, 14, {
            fill: 'verdict-delivered-proven',
            isStrong: true,
          }),
        );
      for (const [index, way] of ways.entries())
        items.push(...drawWay(way, middleOf, y + index * pitch + pitch / 2));
      y +=
        Math.max(ways.length, 1) * pitch + (isWide && named.length > 1 && ways.length < 2 ? 12 : 0);
    }
  }
  const height = y + 6;
  const columns = powers.flatMap(({ id, letter }): readonly Item[] => {
    const x = band(id) ?? 0;
    const named = isWide ? lines(say(`laws.power.${id}`), band.bandwidth(), 13) : [];
    return [
      rect({ x, y: 0, width: band.bandwidth(), height }, { fill: 'soft' }),
      path(powerSigns[id], { x: middleOf(id), y: 18, stroke: 'cast-attacker', strokeWidth: 2 }),
      text(letter, middleOf(id), 44, 14, { anchor: 'middle', isStrong: true }),
      ...named.map((line, index) =>
        text(line, middleOf(id), 62 + index * 16, 13, { anchor: 'middle' }),
      ),
    ];
  });
  return { width, height, items: [...columns, ...items] };
}

/** Dots on a line are needed together; of dots in one ring any one will do. */
function drawWay(way: Ways, middleOf: (id: PowerId) => number, y: number): readonly Item[] {
  const stroke = 'cast-attacker';
  const reach = (ids: readonly PowerId[]) => {
    const places = ids.map(middleOf);
    return [Math.min(...places), Math.max(...places)] as const;
  };
  const [from, to] = reach(way.flat());
  const ring = (choice: readonly PowerId[]): Item => {
    const [first, last] = reach(choice);
    const box = { x: first - 13, y: y - 12, width: last - first + 26, height: 24 };
    return rect(box, { radius: 12, fill: 'paper', stroke, strokeWidth: 2.2 });
  };
  return [
    ...(way.length > 1 ? [path(`M${from} ${y}H${to}`, { stroke, strokeWidth: 4 })] : []),
    ...way.filter((choice) => choice.length > 1).map(ring),
    ...way.flat().map((id) => circle(middleOf(id), y, 7, { fill: stroke })),
  ];
}

/** The picture in words. */
export function sayLadder(
  groups: readonly LadderGroup[],
  lawName: (law: LawId) => string,
  say: Say,
  or: (parts: readonly string[]) => string,
): string {
  const sayWay = (way: Ways) =>
    way.map((choice) => or(choice.map((id) => say(`laws.power.${id}`)))).join(' + ');
  return groups
    .map(({ law, rows }) => {
      const told = rows.map(({ protections, ways }) => {
        const names = protections.map((each) => say(protectionWord(each))).join(', ');
        return `${names}: ${ways.length === 0 ? say('laws.ladder.none') : ways.map(sayWay).join('; ')}.`;
      });
      return `${lawName(law)}. ${told.join(' ')}`;
    })
    .join(' ');
}
