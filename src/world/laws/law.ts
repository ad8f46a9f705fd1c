/** The laws by name, and what became of one message in the words of both provers. */
import type { Outcome, Verdict } from '../../core/verdict.ts';

export const lawIds = [
  'secrecy',
  'known-is-safe',
  'while-remembered',
  'no-illusion',
  'heals',
  'within',
  'visible',
  'monotone',
  'beside-each-other',
  'no-self-harm',
] as const;
export type LawId = (typeof lawIds)[number];

/**
 * `proven`: to the genuine server, unread, authenticated; `encrypted`: the same without proof; `readable`: he
 * reads it on the way, or nothing keeps him from it; `attacker`: given to his server; `waits`: not delivered
 * while he acts; `stuck`: not delivered though he does nothing.
 */
export const ends = ['proven', 'encrypted', 'readable', 'attacker', 'waits', 'stuck'] as const;
export type End = (typeof ends)[number];

export const believed = ['proven', 'encrypted', 'plain', 'waits'] as const;
export type Believed = (typeof believed)[number];

const delivered: Readonly<Partial<Record<Verdict, End>>> = {
  'delivered-proven': 'proven',
  'delivered-unproven': 'encrypted',
  'delivered-readable': 'readable',
  'delivered-to-attacker': 'attacker',
};
export const endOf = ({ verdict }: Outcome, isAttacked: boolean): End =>
  delivered[verdict] ?? (isAttacked ? 'waits' : 'stuck');

export const believedOf = ({ belief }: Outcome): Believed =>
  belief === 'undelivered' ? 'waits' : belief === 'readable' ? 'plain' : belief;

export const isBreach = (end: End): boolean => end === 'readable' || end === 'attacker';

/** Worse for the owner of the domain than another end, on a day without attacker. */
export const isWorse = (end: End, than: End): boolean => ends.indexOf(end) > ends.indexOf(than);
