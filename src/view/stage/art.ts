/** What is drawn once and used in every scene, on every page, in files and in print: the letter and the attacker. */
import { circle, group, path, rect, type GroupItem, type Item } from '../drawing/items.ts';
import type { Paint } from '../drawing/paints.ts';
import { actPaths, signs, type Act, type Ending } from './signs.ts';

export type Form = 'closed' | 'sealed' | 'open';

/** A letter round its middle, 64 by 44: closed; sealed, inside TLS; or open, a card that anyone reads. */
export function letter(form: Form): readonly Item[] {
  const ink = { stroke: 'stage-letter-ink', strokeWidth: 2 } as const;
  if (form === 'open')
    return [
      path('M-32-8 0-32 32-8V22H-32Z', { fill: 'stage-letter-shade', ...ink }),
      path('M-25-36H25V6L0 14-25 6Z', { fill: 'stage-letter', ...ink }),
      path('M-17-27H11M-17-19H17M-17-11H6M-17-3H13', {
        stroke: 'stage-letter-words',
        strokeWidth: 2.2,
      }),
      path('M-32-8 0 8 32-8V22H-32Z', { fill: 'stage-letter', ...ink }),
    ];
  const closed = [
    rect({ x: -32, y: -22, width: 64, height: 44 }, { radius: 2.5, fill: 'stage-letter', ...ink }),
    path('M-31-20.5 0 4 31-20.5', ink),
  ];
  if (form === 'closed') return closed;
  return [
    ...closed,
    circle(0, 4, 11.5, { fill: 'stage-seal', stroke: 'stage-letter', strokeWidth: 2 }),
    path('M-4.6 3.4H4.6V9.4H-4.6Z', { fill: 'stage-letter' }),
    path('M-2.8 3V.2A2.8 2.8 0 0 1 2.8 .2V3', { stroke: 'stage-letter', strokeWidth: 1.8 }),
  ];
}

/** The hands of the attacker on a letter that it holds, over the letter. */
export const hands: readonly Item[] = [
  'M-50-4C-44-12-34-12-27-5C-25-3-27-1-30-2L-26 1C-24 3-26 6-29 5L-27 8C-26 11-29 12-32 11C-40 14-46 12-50 8Z',
  'M50-4C44-12 34-12 27-5C25-3 27-1 30-2L26 1C24 3 26 6 29 5L27 8C26 11 29 12 32 11C40 14 46 12 50 8Z',
].map((d) => path(d, { fill: 'stage-hood', stroke: 'paper', strokeWidth: 1.5 }));

/**
 * The attacker: a hooded coat that reaches the foot of the drawing, so that all lines pass it. Calm: it
 * never moves once it stands. Gone: its outline in dashes.
 */
export function attacker(
  { x, top, bottom, scale }: { x: number; top: number; bottom: number; scale: number },
  isGone = false,
): GroupItem {
  const at = (d: string) =>
    d.replace(/(-?[\d.]+) (-?[\d.]+)/g, (_, a: string, b: string) => {
      const foot = bottom - top;
      // From 900 on it is counted from the foot, at 1000.
      const down = Number(b) > 900 ? foot + (Number(b) - 1000) : Number(b) * scale;
      return `${round(Number(a) * scale)} ${round(down)}`;
    });
  const coat =
    'M-30 100 C-52 112 -60 140 -62 176 C-65 300 -70 420 -76 998 Q-57 991 -38 998 Q-19 1005 0 998 Q19 991 38 998 Q57 1005 76 998 C70 420 65 300 62 176 C60 140 52 112 30 100 Z';
  const hood =
    'M4 0 C30 2 53 26 54 62 C55 86 46 104 30 112 C12 120 -12 120 -30 112 C-46 104 -55 86 -54 62 C-53 30 -30 4 4 0 Z';
  const face =
    'M2 28 C25 29 37 46 36 66 C35 86 19 98 0 98 C-19 98 -35 86 -36 66 C-37 46 -21 28 2 28 Z';
  const seams =
    'M-42 168 C-46 260 -48 330 -50 420 M42 168 C46 260 48 330 50 420 M0 150 C1 300 0 420 0 985';
  const strings = 'M-14 112 C-16 130 -13 146 -15 164 M14 112 C16 130 13 152 15 174';
  const eyes = 'M-24 62 Q-14 52 -6 62 Q-15 68 -24 62 Z M24 62 Q14 52 6 62 Q15 68 24 62 Z';
  const dashes = { stroke: 'cast-attacker', strokeWidth: 1.6, dash: '3 6' } as const;
  const shapes = isGone
    ? [coat, hood, face].map((d) =>
        path(at(d), { ...(d !== coat && { fill: 'raised' }), ...dashes }),
      )
    : [
        // Its edge tells it where grounds have no colour.
        path(at(coat), { fill: 'stage-coat', stroke: 'stage-coat-fold', strokeWidth: 1.25 }),
        path(at(seams), { stroke: 'stage-coat-fold', strokeWidth: 2 }),
        path(at(strings), { stroke: 'stage-hood', strokeWidth: 2.5 }),
        path(at(hood), { fill: 'stage-hood' }),
        path(at(face), { fill: 'stage-face' }),
        path(at(eyes), { fill: 'stage-eye' }),
      ];
  return group({ key: 'attacker', x, y: top }, shapes);
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** The servers, as stroked paths in a box of 24 by 24. */
export const serverPaths = {
  // a signpost: names lead to places
  dns: 'M12 3v18M8 21h8M5 5h11l3 2.5-3 2.5H5zM19 12H8l-3 2.5 3 2.5h11z',
  // a page with a lock
  web: 'M6 3h8l4 4v5M6 3v18h5M14 3v4h4M9 11h4M9 15h3M14 17h7v4h-7zM15.5 17v-1.5a2 2 0 0 1 4 0V17',
  // a server with an arrow entering it
  mail: 'M10 5h11v6H10zM10 13h11v6H10zM13 8h.1M13 16h.1M2 12h6M5 9l3 3-3 3',
} as const;

/** A sign of its own size 20, at a place. */
export function signAt(
  ending: Ending,
  x: number,
  y: number,
  scale: number,
  key?: string,
): GroupItem {
  const { outer, inner } = signs[ending];
  const fill: Paint = `verdict-${ending}`;
  const strokeWidth = ending === 'delivered-readable' ? 1.5 : 2;
  return group({ ...(key && { key }), x, y, scale }, [
    path(outer, { fill, stroke: 'paper', strokeWidth: 1.6 }),
    // The ring lets its ground through, and its letter must not.
    ...(ending === 'delivered-unproven'
      ? [circle(0, 0, 9.7, { fill: 'paper' }), path(outer, { fill })]
      : []),
    ...(inner ? [path(inner, { stroke: 'paper', strokeWidth })] : []),
  ]);
}

/** What the attacker does, in its disc, at a place. */
export const badge = (act: Act, at: { key: string; x: number; y: number; scale?: number }) =>
  group(at, [
    circle(0, 0, 19, { fill: 'cast-attacker', stroke: 'paper', strokeWidth: 2.5 }),
    path(actPaths[act], { stroke: 'paper', strokeWidth: 2.4 }),
  ]);
