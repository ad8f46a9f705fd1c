/**
 * Why something in a content file does not fit, for whoever wrote the file: what is missing, what is not
 * known, and what would be. Other reasons are said by the schema itself.
 */
import type { z } from 'astro/zod';

/** As many names as one still reads; of a longer list only the nearest are offered. */
const readableList = 24;
const nearestCount = 5;

/** Do two names have parts in common: `mta-sts.testing` and `mta-sts.mode-testing` have three. */
const partsOf = (name: string): readonly string[] => name.split(/[-. ]/);
const likeness = (one: string, other: string): number => {
  const parts = partsOf(other);
  return partsOf(one).filter((part) => parts.includes(part)).length;
};

function offer(known: readonly string[], given: unknown): string {
  if (known.length <= readableList) return `one of ${known.join(', ')}`;
  const like = String(given);
  const nearest = known
    .filter((name) => likeness(like, name) > 0)
    .toSorted((one, other) => likeness(like, other) - likeness(like, one))
    .slice(0, nearestCount);
  return nearest.length > 0
    ? `near it: ${nearest.join(', ')}`
    : `one of ${known.length}, as ${known[0]}`;
}

/** The names that the object knows in which an unknown one stands. */
const shapeOf = (inst: unknown): readonly string[] =>
  Object.keys((inst as { readonly shape?: object } | undefined)?.shape ?? {});

export const sayMisfit: z.core.$ZodErrorMap = (issue) => {
  const missing = issue.input === undefined;
  if (issue.code === 'invalid_value') {
    const known = issue.values.map(String);
    return missing
      ? `is missing: ${offer(known, '')}`
      : `${JSON.stringify(issue.input)} is not known; ${offer(known, issue.input)}`;
  }
  if (issue.code === 'unrecognized_keys')
    return `${issue.keys.map((key) => JSON.stringify(key)).join(', ')} is not known here; ${offer(shapeOf(issue.inst), issue.keys[0])}`;
  return missing ? 'is missing' : undefined;
};
