/** What an attacker can do, as sets. A budget is a set of powers, one bit each, written as letters: `LD`. */

export const powers = [
  { id: 'line', letter: 'L' },
  { id: 'dns', letter: 'D' },
  { id: 'block', letter: 'B' },
  { id: 'host-certificate', letter: 'C' },
  { id: 'policy-certificate', letter: 'P' },
  { id: 'server-key', letter: 'K' },
  { id: 'zone-key', letter: 'Z' },
] as const;

/** Bit `i` is the power at place `i`. */
export type Budget = number;

export const nothing: Budget = 0;
export const everything: Budget = 2 ** powers.length - 1;

/** All sets of powers, 0 to 127. */
export const budgets: readonly Budget[] = Array.from({ length: everything + 1 }, (_, each) => each);

export const isWithin = (part: Budget, whole: Budget): boolean => (part & ~whole) === 0;

/** In the order of the powers; empty for the attacker who can do nothing. */
export const lettersOf = (budget: Budget): string =>
  powers
    .filter((_, index) => (budget & (1 << index)) !== 0)
    .map(({ letter }) => letter)
    .join('');

/** Letters in any order and case; undefined where one is no power, or stands twice. */
export function budgetOf(letters: string): Budget | undefined {
  let budget = nothing;
  for (const letter of letters.toUpperCase()) {
    const index = powers.findIndex((power) => power.letter === letter);
    if (index < 0 || (budget & (1 << index)) !== 0) return undefined;
    budget |= 1 << index;
  }
  return budget;
}

/** `LC` as a set; for tables in code. */
export const setOf = (letters: string): Budget => {
  const budget = budgetOf(letters);
  if (budget === undefined) throw new Error(`no set of powers: ${letters}`);
  return budget;
};

/** The sets that contain no other of them, smallest first. */
export function minimalOf(sets: readonly Budget[]): readonly Budget[] {
  const bySize = [...new Set(sets)].sort(
    (a, b) => lettersOf(a).length - lettersOf(b).length || a - b,
  );
  const minimal: Budget[] = [];
  for (const set of bySize) if (!minimal.some((each) => isWithin(each, set))) minimal.push(set);
  return minimal;
}
