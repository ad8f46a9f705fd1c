/** Linear scales and round ticks: all that these charts need of d3-scale, in a twentieth of its bytes. */

export interface LinearScale {
  readonly domain: readonly [number, number];
  readonly range: readonly [number, number];
}

/** The place of a value, and (`invert`) the value at a place; both held to the ends. */
export const scale = ({ domain: [d0, d1], range: [r0, r1] }: LinearScale, value: number): number =>
  r0 +
  ((Math.min(Math.max(value, Math.min(d0, d1)), Math.max(d0, d1)) - d0) / (d1 - d0)) * (r1 - r0);

export const invert = ({ domain, range }: LinearScale, place: number): number =>
  scale({ domain: range, range: domain }, place);

/** Round values from `start` to `stop`, about `count` of them: steps of 1, 2 or 5 times a power of ten. */
export function ticks(start: number, stop: number, count: number): number[] {
  const rough = (stop - start) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10);
  const first = Math.ceil(start / step - 1e-9);
  const last = Math.floor(stop / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
}

/** A value held to its limits and to a step. */
export const hold = (value: number, low: number, high: number, step: number): number =>
  Number(Math.min(high, Math.max(low, Math.round(value / step) * step)).toFixed(6));
