/**
 * One row as a strip of a sequence diagram: lanes in percent of the width, heights in pixels, so
 * that the same markup fits a telephone and a wide screen, with or without script.
 */
import type { CastMember } from './cast.ts';
import type { Row } from './row.ts';

export interface Arrow {
  /** Lane positions in percent of the width. */
  readonly from: number;
  readonly to: number;
  readonly y: number;
  readonly label: string;
  /** Where the label begins, in percent. */
  readonly labelAt: number;
  /** `asked` and `answered` are honest; `struck` never arrived; `forged` arrived instead. */
  readonly kind: 'asked' | 'answered' | 'struck' | 'forged';
}

export interface Strip {
  readonly heightPixels: number;
  /** The sender's lane, in percent: a step without exchanges is a decision made there. */
  readonly decidedAt: number | undefined;
  readonly arrows: readonly Arrow[];
  /** Where the attacker reads along: a point on an arrow. */
  readonly ears: readonly { readonly x: number; readonly y: number }[];
}

const topPixels = 24;
const arrowPixels = 27;
/** Characters that fit, for each per cent of the width of a narrow screen. */
const charactersPerPercent = 0.5;

/** Where a lane runs, in percent of the width. */
export const laneAt = (lanes: readonly CastMember[], member: CastMember): number =>
  ((lanes.indexOf(member) + 0.5) * 100) / lanes.length;

function shorten(text: string, labelAt: number): string {
  const limit = Math.floor((100 - labelAt) * charactersPerPercent);
  return text.length <= limit ? text : `${text.slice(0, limit - 1).trimEnd()}…`;
}

/** Lays out one row over these lanes. */
export function placeRow(row: Row, lanes: readonly CastMember[]): Strip {
  const sender = laneAt(lanes, 'sender');
  const arrows: Arrow[] = [];
  const ears: { readonly x: number; readonly y: number }[] = [];
  let y = topPixels;
  const add = (from: number, to: number, label: string, kind: Arrow['kind']) => {
    const labelAt = Math.min(from, to);
    arrows.push({ from, to, y, label: shorten(label, labelAt), labelAt, kind });
    y += arrowPixels;
  };
  for (const exchange of row.exchanges) {
    const other = laneAt(lanes, exchange.with);
    const attacker = laneAt(lanes, 'attacker');
    // A question whose honest answer nobody knows was caught on the way.
    const caught = exchange.tampered && exchange.original === undefined;
    if (exchange.overheard) ears.push({ x: attacker, y });
    add(sender, caught ? attacker : other, exchange.question, 'asked');
    if (exchange.tampered) {
      if (exchange.original !== undefined) add(other, attacker, exchange.original, 'struck');
      if (exchange.answer !== undefined) add(attacker, sender, exchange.answer, 'forged');
    } else if (exchange.answer !== undefined) add(other, sender, exchange.answer, 'answered');
  }
  return {
    heightPixels: Math.max(34, y - 8),
    decidedAt: arrows.length === 0 ? sender : undefined,
    arrows,
    ears,
  };
}
