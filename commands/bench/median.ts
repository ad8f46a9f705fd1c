/** The middle one; of an even number, the higher of the two in the middle. */
export const median = (numbers: readonly number[]): number =>
  numbers.toSorted((left, right) => left - right)[Math.floor(numbers.length / 2)] ?? NaN;
