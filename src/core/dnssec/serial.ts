/** Times of signatures: 32 bits of seconds that wrap in 2106 (RFC 4034 §3.1.5, RFC 1982). */

/** From `right` to `left` in seconds, the short way round. */
export const serialDifference = (left: number, right: number): number => (left - right) | 0;

export type Timeliness = 'in-time' | 'expired' | 'not-yet';

/** Where `now` stands against a signature's two times, with so much skew allowed at both ends. */
export const timeliness = (
  times: { readonly inception: number; readonly expiration: number },
  now: number,
  skewSeconds: number,
): Timeliness => {
  // A signature that ends before it begins is never in time.
  if (serialDifference(times.expiration, times.inception) < 0) return 'expired';
  if (serialDifference(now, times.expiration) > skewSeconds) return 'expired';
  if (serialDifference(times.inception, now) > skewSeconds) return 'not-yet';
  return 'in-time';
};
