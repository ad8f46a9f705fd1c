/** A pair of scales, drawn from what lies on them: the same for the reader's weighing and for ours of today. */
import { scale } from '../scale.ts';
import {
  circle,
  group,
  path,
  rect,
  text,
  widthOf,
  type Box,
  type Drawn,
  type Item,
} from '../drawing/items.ts';
import type { Paint } from '../drawing/paints.ts';

export interface Load {
  /** The number of a finding, or a word. */
  readonly text: string;
  readonly isHeavy?: boolean;
  /** Without it the scales would hang otherwise. */
  readonly isDecisive?: boolean;
}

export interface Side {
  readonly label: string;
  readonly paint: Paint;
  readonly loads: readonly Load[];
}

export interface Balance {
  readonly left: Side;
  readonly right: Side;
  /** What cannot be weighed lies beside the foot, under a word that says so. */
  readonly aside?: { readonly label: string; readonly loads: readonly Load[] };
}

const [width, pivotX, pivotY, arm] = [400, 200, 44, 134];
/** From the end of the beam down to the pan, and half the width of a pan. */
const [hang, half] = [96, 62];
const tiltMost = 14;

/** How far the beam turns, in degrees, for a difference; `most` and more is as far as it goes. */
export const tiltOf = (difference: number, most: number): number =>
  scale({ domain: [-most, most], range: [-tiltMost, tiltMost] }, difference);

interface Block {
  readonly load: Load;
  readonly width: number;
  readonly height: number;
  readonly size: number;
}

/** Rows of blocks from the pan up, as large as the height under the beam allows. */
function rowsOf(loads: readonly Load[]): readonly (readonly Block[])[] {
  for (const unit of [1, 0.8, 0.65, 0.55]) {
    const rows: Block[][] = [];
    for (const load of loads) {
      const size = (load.isHeavy ? 16 : 13) * unit;
      const block = {
        load,
        size,
        width: Math.max(
          (load.isHeavy ? 34 : 25) * unit,
          widthOf(load.text, size, true) + 14 * unit,
        ),
        height: (load.isHeavy ? 30 : 22) * unit,
      };
      const row = rows.at(-1);
      const taken = row?.reduce((sum, each) => sum + each.width + 2, 0) ?? 0;
      if (row && taken + block.width <= 2 * half - 16) row.push(block);
      else rows.push([block]);
    }
    const height = rows.reduce((sum, row) => sum + Math.max(...row.map((b) => b.height)) + 2, 0);
    if (height <= hang - 8 || unit === 0.55) return rows;
  }
  return [];
}

/** A pan with what lies on it; the origin is where it hangs. */
function pan({ paint, loads }: Side): readonly Item[] {
  const items: Item[] = [
    path(`M0 0-${half - 4} ${hang}M0 0l${half - 4} ${hang}`, {
      stroke: 'line-strong',
      strokeWidth: 1.5,
    }),
    path(`M-${half} ${hang}h${2 * half}c-8 22-${2 * half - 8} 22-${2 * half} 0z`, { fill: paint }),
  ];
  let bottom = hang;
  for (const row of rowsOf(loads)) {
    let x = -row.reduce((sum, each) => sum + each.width + 2, -2) / 2;
    for (const { load, size, ...box } of row) {
      items.push(...block(load, { x, y: bottom - box.height, ...box }, size, paint));
      x += box.width + 2;
    }
    bottom -= Math.max(...row.map(({ height }) => height)) + 2;
  }
  return items;
}

const block = (load: Load, box: Box, size: number, paint: Paint): readonly Item[] => [
  rect(box, { radius: 3, fill: paint, ...(load.isDecisive && { stroke: 'ink', strokeWidth: 2 }) }),
  text(load.text, box.x + box.width / 2, box.y + box.height / 2 + size * 0.36, size, {
    isStrong: true,
    anchor: 'middle',
    fill: 'paper',
  }),
];

/** `tilt` is in degrees, clockwise: what hangs at the right goes down. */
export function balanceOf({ left, right, aside }: Balance, tilt: number): Drawn {
  const turn = (tilt * Math.PI) / 180;
  const end = (sign: -1 | 1) => ({
    x: Math.round((pivotX + sign * arm * Math.cos(turn)) * 10) / 10,
    y: Math.round((pivotY + sign * arm * Math.sin(turn)) * 10) / 10,
  });
  const [from, to] = [end(-1), end(1)];
  const label = ({ label: words, paint }: Side, labelX: number) =>
    text(words, labelX, 228, 15, { isStrong: true, anchor: 'middle', fill: paint });
  const loose = (aside?.loads ?? []).map((load) => ({ load, width: widthOf(load.text, 13) + 20 }));
  let x = pivotX - loose.reduce((sum, each) => sum + each.width + 4, -4) / 2;
  const beside = loose.flatMap(({ load, width: blockWidth }): readonly Item[] => {
    const place = x;
    x += blockWidth + 4;
    return [
      rect(
        { x: place, y: 240, width: blockWidth, height: 24 },
        { radius: 3, stroke: 'line-strong', dash: '4 3' },
      ),
      text(load.text, place + blockWidth / 2, 257, 13, { anchor: 'middle', fill: 'ink-soft' }),
    ];
  });
  const height = aside ? 286 : 236;
  return {
    width,
    height,
    items: [
      path(`M${pivotX} ${pivotY}v166`, { stroke: 'ink', strokeWidth: 5 }),
      path('M150 218c8-15 92-15 100 0z', { fill: 'ink' }),
      path(`M${from.x} ${from.y}L${to.x} ${to.y}`, { stroke: 'accent', strokeWidth: 7 }),
      circle(pivotX, pivotY, 8, { fill: 'paper', stroke: 'accent', strokeWidth: 5 }),
      group(from, pan(left)),
      group(to, pan(right)),
      label(left, pivotX - arm),
      label(right, pivotX + arm),
      ...beside,
      ...(aside
        ? [text(aside.label, pivotX, 281, 13, { anchor: 'middle', fill: 'ink-soft' })]
        : []),
    ],
  };
}
