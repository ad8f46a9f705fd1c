/** Sessions by day as bars: in their places, in the picture, and with dates that do not cover each other. */
import { expect, test } from 'vitest';
import { barChart } from '../../../src/view/tls-rpt/chart.ts';

const day = (name: string, successful: number) => ({ day: name, successful, failed: 0 });

test.each([
  ['two days', ['2026-11-20', '2026-11-21']],
  ['days with a gap', ['2026-11-01', '2026-11-02', '2026-11-20']],
  ['a year', ['2025-11-21', '2026-02-01', '2026-11-20']],
])('%s stand in the middle of their place, and the dates at the ends', (_, names) => {
  for (const width of [320, 720]) {
    const chart = barChart(
      names.map((name, index) => day(name, index + 1)),
      'successful',
      width,
      130,
    );
    const [first, last] = [chart.bars[0], chart.bars.at(-1)];
    const margin = (first?.x ?? 0) - chart.left;
    expect(margin).toBeGreaterThan(0);
    expect(chart.width - 4 - (last?.x ?? 0) - (last?.width ?? 0)).toBeCloseTo(margin, 1);
    for (const [index, bar] of chart.bars.slice(1).entries())
      expect(bar.x).toBeGreaterThan((chart.bars[index]?.x ?? 0) + bar.width);
    expect(chart.ends).toEqual([
      { day: names[0], x: chart.left },
      { day: names.at(-1), x: chart.width - 4 },
    ]);
  }
});

test('one day has its date under its bar, and a failure among millions can be seen', () => {
  const chart = barChart([{ day: '2026-11-20', successful: 1e6, failed: 1 }], 'failed', 320, 130);
  const [bar] = chart.bars;
  expect(chart.ends).toEqual([{ day: '2026-11-20', x: (bar?.x ?? 0) + (bar?.width ?? 0) / 2 }]);
  expect(
    barChart([day('2026-11-20', 1e6), day('2026-11-21', 1)], 'successful', 320, 130).bars[1]
      ?.height,
  ).toBe(2);
});
