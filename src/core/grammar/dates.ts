/** Seconds since 1970 that a date can be made of (ECMA-262: 8.64e15 milliseconds), and not before that year. */
const momentMost = 8_640_000_000_000;

/** A whole number that is such a moment: others make a date throw where it is shown. */
export const isMoment = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= momentMost;
