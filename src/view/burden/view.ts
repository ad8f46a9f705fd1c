/** The curve of mail that meets an empty memory: computed, and played out with seeded chance. */
import { longestLifetime2016Seconds } from '../../core/sts-2016/lifetime.ts';
import { daysOf, emptyCacheShare } from '../../core/cost/burden.ts';
import { Gaps, seededChance, simulateCache } from '../../core/cost/simulate.ts';
import { scale } from '../scale.ts';
import type { BurdenState } from './state.ts';

/** Messages a day at which the curve is played out; from one in a hundred days to a thousand a day. */
export const playedRates = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000] as const;

export interface Point {
  readonly rate: number;
  readonly computed: number;
  readonly played: number;
  /** Standard error of `played`. */
  readonly error: number;
}

/** Drawn once: a drag plays the same mail again for each lifetime that it passes. */
const playedGaps = playedRates.map((_, index) => new Gaps(seededChance(20160513 + index)));

/** About this many messages are played for each point. */
const messagesPlayed = 4000;

/** One row of the table under the chart. With refresh ahead only the played value holds. */
export const pointsOf = ({
  lifetime,
  refresh,
}: Pick<BurdenState, 'lifetime' | 'refresh'>): Point[] =>
  playedRates.map((rate, index) => {
    const played = simulateCache(
      {
        messagesPerDay: rate,
        lifetimeDays: lifetime,
        days: messagesPlayed / rate,
        ...(refresh > 0 ? { refreshDays: refresh } : {}),
      },
      playedGaps[index]!,
    );
    return {
      rate,
      computed: emptyCacheShare(rate, lifetime),
      played: played.share,
      error: played.standardError,
    };
  });

/** Where the axis of rates has a name. */
const tickRates = [0.01, 0.1, 1, 10, 100, 1000] as const;

export interface Curve {
  readonly id: 'chosen' | 'draft-2016' | 'year';
  readonly path: string;
}

const round = (value: number): number => Number(value.toFixed(1));

/** Rates at which curves are drawn: 61, each 10^(1/12) times the one before. */
const drawnRates = Array.from({ length: 61 }, (_, index) => 10 ** (-2 + index / 12));

/** What a chart of `width` pixels is before anything is chosen. */
function frameOf(width: number) {
  const height = width < 500 ? 300 : 400;
  const plot = { left: 46, right: width - 26, top: 14, bottom: height - 46 };
  const xScale = { domain: [-2, 3], range: [plot.left, plot.right] } as const;
  const yScale = { domain: [0, 1], range: [plot.bottom, plot.top] } as const;
  const x = (rate: number): number => round(scale(xScale, Math.log10(rate)));
  const y = (share: number): number => round(scale(yScale, share));
  const drawn = drawnRates.map((rate) => ({ rate, x: x(rate) }));
  const curve = (id: Curve['id'], lifetimeDays: number): Curve => {
    const points = drawn.map((at) => `${at.x} ${y(emptyCacheShare(at.rate, lifetimeDays))}`);
    return { id, path: `M${points.join('L')}` };
  };
  return {
    ...{ width, height, plot, x, y, curve },
    /** The curves that no number of the reader moves. */
    fixed: [curve('year', 365), curve('draft-2016', daysOf(longestLifetime2016Seconds))],
    xTicks: tickRates.map((rate) => ({ rate, x: x(rate) })),
    yTicks: [0, 0.25, 0.5, 0.75, 1].map((tick) => ({ share: tick, y: y(tick) })),
  };
}

/** Made once for a width, since a drag must keep to a frame. */
const frames = new Map<number, ReturnType<typeof frameOf>>();

/** Lays the chart out in a box of `width` pixels. */
export function place(state: BurdenState, points: readonly Point[], width: number) {
  const known = frames.get(width) ?? frameOf(width);
  frames.set(width, known);
  const { x, y, curve, fixed, ...frame } = known;
  const ahead = state.refresh > 0 && state.refresh <= state.lifetime;
  const share = emptyCacheShare(state.rate, state.lifetime);
  return {
    ...frame,
    curves: [...fixed, curve('chosen', state.lifetime)],
    dots: points.map((point) => ({
      ...point,
      x: x(point.rate),
      y: y(point.played),
      low: y(Math.max(0, point.played - 2 * point.error)),
      high: y(Math.min(1, point.played + 2 * point.error)),
    })),
    marker: { x: x(state.rate), y: y(ahead ? 0 : share), share: ahead ? 0 : share },
  };
}

export type Picture = ReturnType<typeof place>;

/** The figure's table as a file. */
export const csvOf = (points: readonly Point[]): string =>
  [
    'messages_per_day,share_computed,share_played,standard_error',
    ...points.map(({ rate, computed, played, error }) =>
      [rate, computed.toFixed(6), played.toFixed(6), error.toFixed(6)].join(','),
    ),
    '',
  ].join('\r\n');
