/** The poisoned day: one attacked day, and what becomes of mail on the days after it, in each column. */
import { scalePoint } from 'd3-scale';
import type { End } from '../../world/laws/law.ts';
import type { ProtectionId } from '../../world/laws/rows.ts';
import type { Say } from '../messages/say.ts';
import { attacker } from '../stage/art.ts';
import { signAt } from '../stage/art.ts';
import { widthOf, type Drawn, type Item, type TextItem } from '../drawing/items.ts';
import {
  columnsOf,
  endingOf,
  findingIn,
  lengthWith,
  powersOf,
  protectionWord,
  setWords,
  type PowerId,
  type Results,
} from './table.ts';

export interface PoisonedRow {
  readonly protection: ProtectionId;
  /** Does he read or get the message of day 0 with these powers? */
  readonly isBreached: boolean;
  /** Days without attacker on which genuine mail still suffers. */
  readonly harmDays: number;
  /** How mail arrives on a day without him. */
  readonly quiet: End;
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
  const rows = columnsOf(results).map(({ id, protection, quiet }): PoisonedRow => {
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
      quiet,
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

/** What a sign of the picture says; day 0 is his. */
export const poisonedSigns = ['breached', 'kept', 'harmed', 'arrives', 'arrives-unproven'] as const;
export type PoisonedSign = (typeof poisonedSigns)[number];

export const signOn = (row: PoisonedRow, day: number): PoisonedSign => {
  if (day === 0) return row.isBreached ? 'breached' : 'kept';
  if (day <= row.harmDays) return 'harmed';
  return row.quiet === 'proven' ? 'arrives' : 'arrives-unproven';
};

/** Two days more than the harm lasts, to see it end. */
export function daysShown({ rows, lifetimeDays }: PoisonedDay): readonly number[] {
  const longest = Math.max(...rows.map(({ harmDays }) => harmDays));
  const last = (Number.isFinite(longest) ? longest : lifetimeDays) + 2;
  return Array.from({ length: last + 1 }, (_, day) => day);
}

/** A shield: nobody else reads it, whatever becomes of it. */
const shield = 'M-8.4-8.8H8.4V1.2Q8.4 8 0 10.4-8.4 8-8.4 1.2z';

export const poisonedSignAt = (sign: PoisonedSign, x: number, y: number, scale: number): Item =>
  sign === 'kept'
    ? {
        kind: 'path',
        d: shield,
        x,
        y,
        scale,
        fill: 'verdict-delivered-proven',
        stroke: 'paper',
        strokeWidth: 1.6,
      }
    : signAt(
        endingOf[
          (
            {
              breached: 'attacker',
              harmed: 'stuck',
              arrives: 'proven',
              'arrives-unproven': 'encrypted',
            } as const
          )[sign]
        ],
        x,
        y,
        scale,
      );

const top = 74;
const size = 15;

/** Narrow: names have a line of their own, so that no letter shrinks on a phone. */
export function drawPoisoned(told: PoisonedDay, shape: 'wide' | 'narrow', say: Say): Drawn {
  const isWide = shape === 'wide';
  const [width, left, rowHeight] = isWide ? [560, 150, 42] : [340, 0, 58];
  const days = daysShown(told);
  const place = scalePoint<number>(days, [left + 34, width - 16]);
  const at = (day: number) => place(day) ?? 0;
  const height = top + told.rows.length * rowHeight + 26;
  const text = (words: string, x: number, y: number, look: Partial<TextItem> = {}): Item => ({
    kind: 'text',
    text: words,
    x,
    y,
    size,
    ...look,
  });
  const besideHim = at(0) + 32;
  return {
    width,
    height,
    items: [
      attacker({ x: at(0), top: 2, bottom: height - 22, scale: 0.42 }),
      text(say('laws.picture.attacker'), besideHim, 18, { isStrong: true, fill: 'cast-attacker' }),
      text(setWords(told.powers, say), besideHim, 36),
      {
        kind: 'path',
        d: `M${at(1)} 66V58H${at(days.length - 1)}V66`,
        stroke: 'line-strong',
        strokeWidth: 1.5,
      },
      text(say('laws.picture.gone'), at(days.length - 1), 52, { anchor: 'end', fill: 'ink-soft' }),
      ...told.rows.flatMap((row, index): readonly Item[] => {
        const y = top + (index + 1) * rowHeight - 21;
        const name = say(protectionWord(row.protection));
        const after = say('laws.picture.after', { days: row.harmDays });
        const isHarmed = row.harmDays > 0;
        const afterLook = {
          fill: isHarmed ? 'verdict-stuck' : 'verdict-delivered-proven',
          isStrong: isHarmed,
        } as const;
        const bar: Item = {
          kind: 'rect',
          x: at(1) - 18,
          y: y - 18,
          width: at(Math.min(row.harmDays, days.length - 1)) - at(1) + 36,
          height: 36,
          radius: 4,
          fill: 'ground-harm',
        };
        return [
          ...(isHarmed ? [bar] : []),
          ...(isWide
            ? [text(name, 0, y - 2, { isStrong: true }), text(after, 0, y + 15, afterLook)]
            : [
                text(name, at(0) + 30, y - 20, { isStrong: true }),
                text(after, width, y - 20, { ...afterLook, anchor: 'end' }),
              ]),
          {
            kind: 'path',
            d: `M${at(0)} ${y}H${at(days.length - 1)}`,
            stroke: 'line-strong',
            strokeWidth: 1.5,
          },
          ...days.map((day) => poisonedSignAt(signOn(row, day), at(day), y, 1)),
        ];
      }),
      ...(isWide ? [text(say('laws.picture.day'), 0, height - 4, { fill: 'ink-soft' })] : []),
      ...days.map((day) =>
        text(String(day), at(day), height - 4, { anchor: 'middle', fill: 'ink-soft' }),
      ),
    ],
  };
}

/** The picture in words. */
export const sayPoisoned = (told: PoisonedDay, say: Say): string =>
  told.rows
    .map((row) =>
      say('laws.picture.row', {
        name: say(protectionWord(row.protection)),
        first: say(`laws.picture.first.${row.isBreached ? 'breached' : 'kept'}`),
        days: row.harmDays,
      }),
    )
    .join(' ');

/** Signs and their words on as many lines as they need: the key under the picture. */
export function drawPoisonedKey(told: PoisonedDay, width: number, say: Say): Drawn {
  const shown = poisonedSigns.filter((sign) =>
    told.rows.some((row) => daysShown(told).some((day) => signOn(row, day) === sign)),
  );
  let [x, y] = [0, 16];
  const items = shown.flatMap((sign): readonly Item[] => {
    const words = say(`laws.sign.${sign}`);
    const room = 26 + widthOf(words, 13) + 18;
    if (x > 0 && x + room > width) [x, y] = [0, y + 24];
    const start = x;
    x += room;
    return [
      poisonedSignAt(sign, start + 10, y - 5, 0.8),
      { kind: 'text', text: words, x: start + 26, y, size: 13, fill: 'ink-soft' },
    ];
  });
  return { width, height: y + 8, items };
}
