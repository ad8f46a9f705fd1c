/** Sessions per day as bars: places and sizes, no colours and no words. */
import { scale, ticks } from '../scale.ts';
import type { DayRow } from './view.ts';

const dayMilliseconds = 86_400_000;

/** Bars over calendar days, so that a day without a report is an open place. */
export function barChart(
  days: readonly DayRow[],
  value: 'successful' | 'failed',
  width: number,
  height: number,
) {
  const left = 52;
  const bottom = height - 22;
  const top = 8;
  const most = Math.max(1, ...days.map((day) => day[value]));
  const first = Date.parse(days[0]?.day ?? '1970-01-01');
  const count =
    Math.round((Date.parse(days.at(-1)?.day ?? '1970-01-01') - first) / dayMilliseconds) + 1;
  const right = width - 4;
  const step = (right - left) / Math.max(1, count);
  const barWidth = Math.min(step * 0.8, 48);
  const yOf = (amount: number) => scale({ domain: [0, most], range: [bottom, top] }, amount);
  const bars = days.map((row) => {
    const at = Math.round((Date.parse(row.day) - first) / dayMilliseconds);
    // A failure among millions is still a bar that can be seen.
    const height = row[value] === 0 ? 0 : Math.max(2, bottom - yOf(row[value]));
    return {
      day: row.day,
      value: row[value],
      x: round(left + at * step + (step - barWidth) / 2),
      y: round(bottom - height),
      width: round(barWidth),
      height: round(height),
    };
  });
  const lines = ticks(0, most, 3)
    .filter(Number.isInteger)
    .map((amount) => ({ value: amount, y: round(yOf(amount)) }));
  // First and last day, at the ends of the axis so that neither covers the other; one day alone under its bar.
  const [one, ...others] = bars;
  const last = others.at(-1);
  const ends =
    last === undefined
      ? bars.map(({ day, x }) => ({ day, x: round(x + barWidth / 2) }))
      : [
          { day: one?.day ?? '', x: left },
          { day: last.day, x: right },
        ];
  return { width, height, bars, lines, ends, left, bottom };
}

const round = (value: number): number => Math.round(value * 100) / 100;
