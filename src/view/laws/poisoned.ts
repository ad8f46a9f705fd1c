/** The poisoned day: one attacked day, and what becomes of mail on the days after it, in each column. */
import { scalePoint } from 'd3-scale';
import { columnsOf, findingIn, lengthWith, powersOf, type PowerId, type Results } from './table.ts';
import type { ProtectionId } from '../../world/laws/rows.ts';

export interface PoisonedRow {
  readonly protection: ProtectionId;
  /** Does he read or get the message of day 0 with these powers? */
  readonly isBreached: boolean;
  /** Days without attacker on which genuine mail still suffers. */
  readonly harmDays: number;
  /** The sets of powers with which the law breaks here; empty: with none. */
  readonly breaks: readonly (readonly PowerId[])[];
}

export interface PoisonedDay {
  readonly letters: string;
  readonly powers: readonly PowerId[];
  readonly lifetimeDays: number;
  /** At the longest lifetime that the draft can write. */
  readonly ceilingDays: number | undefined;
  readonly rows: readonly PoisonedRow[];
}

/**
 * The weakest attacker who keeps the draft of 2016 from healing, held against every column. Undefined where
 * there is nothing to tell: the draft heals, or plain STARTTLS does not heal either.
 */
export function poisonedDayOf(results: Results): PoisonedDay | undefined {
  const weakest = findingIn(results, 'heals', 'sts-2016')?.weakest[0];
  const plain = findingIn(results, 'heals', 'starttls');
  if (weakest === undefined || plain === undefined || plain.weakest.length > 0) return undefined;
  const letters = weakest.powers;
  const ids = powersOf(letters);
  const rows = columnsOf(results).map(({ id, protection }): PoisonedRow => {
    const secrecy = findingIn(results, 'secrecy', id);
    const harms = results.harms
      .filter(
        (harm) => harm.row === id && powersOf(harm.powers).every((each) => ids.includes(each)),
      )
      .map(({ days }) => (days === 'endless' ? Infinity : days));
    return {
      protection,
      isBreached: secrecy !== undefined && lengthWith(secrecy, letters) > 0,
      harmDays: Math.max(0, ...harms),
      breaks: (findingIn(results, 'heals', id)?.weakest ?? []).map((each) => powersOf(each.powers)),
    };
  });
  return {
    letters,
    powers: ids,
    lifetimeDays: results.lifetimeDays,
    ceilingDays: results.ceilings.find(({ row }) => row === 'sts-2016')?.days,
    rows,
  };
}

export interface PoisonedPicture {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly days: readonly { readonly day: number; readonly x: number }[];
  readonly rows: readonly (PoisonedRow & {
    readonly y: number;
    readonly days: readonly {
      readonly x: number;
      readonly sign: 'breached' | 'kept' | 'harmed' | 'arrives';
    }[];
  })[];
}

const top = 70;

/** Where everything stands; two days more than the harm lasts, to see it end. */
export function placePoisoned(
  told: PoisonedDay,
  shape: 'wide' | 'narrow' = 'wide',
): PoisonedPicture {
  // Narrow: names have a line of their own, so that no letter shrinks on a phone.
  const [width, left, rowHeight] = shape === 'wide' ? [560, 150, 42] : [340, 0, 58];
  const longest = Math.max(...told.rows.map(({ harmDays }) => harmDays));
  const last = (Number.isFinite(longest) ? longest : told.lifetimeDays) + 2;
  const numbers = Array.from({ length: last + 1 }, (_, day) => day);
  const place = scalePoint<number>(numbers, [left + 30, width - 20]);
  const days = numbers.map((day) => ({ day, x: place(day) ?? 0 }));
  return {
    width,
    height: top + told.rows.length * rowHeight + 26,
    left,
    days,
    rows: told.rows.map((row, index) => ({
      ...row,
      y: top + (index + 1) * rowHeight - 21,
      days: days.map(({ day, x }) => ({
        x,
        sign:
          day === 0
            ? row.isBreached
              ? 'breached'
              : 'kept'
            : day <= row.harmDays
              ? 'harmed'
              : 'arrives',
      })),
    })),
  };
}
