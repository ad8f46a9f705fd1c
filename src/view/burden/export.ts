/** The figure's table as a file. */
import type { Point } from './view.ts';

export const csvOf = (points: readonly Point[]): string =>
  [
    'messages_per_day,share_computed,share_played,standard_error',
    ...points.map(({ rate, computed, played, error }) =>
      [rate, computed.toFixed(6), played.toFixed(6), error.toFixed(6)].join(','),
    ),
    '',
  ].join('\r\n');
