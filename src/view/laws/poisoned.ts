/** The poisoned day: one attacked day, and what becomes of mail on the days after it, in each column. */
import { scalePoint } from 'd3-scale';
import type { End } from '../../world/laws/law.ts';
import type { ProtectionId } from '../../world/laws/rows.ts';
import type { Say } from '../messages/say.ts';
import { attacker, signAt } from '../stage/art.ts';
import type { Ending } from '../stage/signs.ts';
import { path, rect, text, widthOf, type Drawn, type Item } from '../drawing/items.ts';
import {
  columnsOf,
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

/** The others are signs of the stage. */
const endings: Readonly<Record<Exclude<PoisonedSign, 'kept'>, Ending>> = {
  breached: 'delivered-to-attacker',
  harmed: 'stuck',
  arrives: 'delivered-proven',
  'arrives-unproven': 'delivered-unproven',
};

export function poisonedSignAt(sign: PoisonedSign, x: number, y: number, scale: number): Item {
  if (sign !== 'kept') return signAt(endings[sign], x, y, scale);
  const look = { fill: 'verdict-delivered-proven', stroke: 'paper', strokeWidth: 1.6 } as const;
  return path(shield, { x, y, scale, ...look });
}

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
  const [first, last] = [at(0), at(days.length - 1)];
  const besideHim = first + 32;
  const thin = { stroke: 'line-strong', strokeWidth: 1.5 } as const;
  return {
    width,
    height,
    items: [
      attacker({ x: first, top: 2, bottom: height - 22, scale: 0.42 }),
      text(say('laws.picture.attacker'), besideHim, 18, size, {
        isStrong: true,
        fill: 'cast-attacker',
      }),
      text(setWords(told.powers, say), besideHim, 36, size),
      path(`M${at(1)} 66V58H${last}V66`, thin),
      text(say('laws.picture.gone'), last, 52, size, { anchor: 'end', fill: 'ink-soft' }),
      ...told.rows.flatMap((row, index): readonly Item[] => {
        const y = top + (index + 1) * rowHeight - 21;
        const name = say(protectionWord(row.protection));
        const after = say('laws.picture.after', { days: row.harmDays });
        const isHarmed = row.harmDays > 0;
        const afterLook = {
          fill: isHarmed ? 'verdict-stuck' : 'verdict-delivered-proven',
          isStrong: isHarmed,
        } as const;
        const harmed = at(Math.min(row.harmDays, days.length - 1)) - at(1);
        const bar = { x: at(1) - 18, y: y - 18, width: harmed + 36, height: 36 };
        return [
          ...(isHarmed ? [rect(bar, { radius: 4, fill: 'ground-harm' })] : []),
          ...(isWide
            ? [
                text(name, 0, y - 2, size, { isStrong: true }),
                text(after, 0, y + 15, size, afterLook),
              ]
            : [
                text(name, first + 30, y - 20, size, { isStrong: true }),
                text(after, width, y - 20, size, { ...afterLook, anchor: 'end' }),
              ]),
          path(`M${first} ${y}H${last}`, thin),
          ...days.map((day) => poisonedSignAt(signOn(row, day), at(day), y, 1)),
        ];
      }),
      ...(isWide ? [text(say('laws.picture.day'), 0, height - 4, size, { fill: 'ink-soft' })] : []),
      ...days.map((day) =>
        text(String(day), at(day), height - 4, size, { anchor: 'middle', fill: 'ink-soft' }),
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
      text(words, start + 26, y, 13, { fill: 'ink-soft' }),
    ];
  });
  return { width, height: y + 8, items };
}
