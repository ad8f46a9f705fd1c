/** What a situation teaches, by the tags of its file: six questions, so that nobody reads a list of all to find his own. */

/** In the order in which they are best read. */
export const questions = ['reads', 'lies', 'blocks', 'poses', 'nobody', 'memory'] as const;
export type Question = (typeof questions)[number];

/** The first that applies: what stands in the memory decides more than who attacks, and a false identity more than a lie. */
const taught: readonly (readonly [Question, readonly string[]])[] = [
  ['memory', ['memory']],
  ['reads', ['reads']],
  ['poses', ['impersonates', 'rogue-certificate', 'stolen-key']],
  ['lies', ['forges-dns']],
  ['nobody', ['no-attacker']],
  ['blocks', ['blocks-dns', 'blocks-https', 'strips']],
];

/** A situation without any of these has no attacker. */
export const questionOf = (tags: readonly string[]): Question =>
  taught.find(([, telling]) => telling.some((tag) => tags.includes(tag)))?.[0] ?? 'nobody';
