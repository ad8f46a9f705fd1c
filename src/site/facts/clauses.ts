/** The clause of each rule: for widgets that show steps, and for whoever looks the words up. */
import { createHash } from 'node:crypto';
import { rules } from '../../core/rules.ts';
import type { RuleClause } from '../../view/trace/row.ts';
import type { Clause, Force } from '../schemas/clauses.ts';
import type { Facts } from './read.ts';
import { fold, holds } from './quotations.ts';
import type { Text } from './texts.ts';

/** The rooms whose rules a sender reaches. */
export const senderRooms = ['smtp', 'dane', 'mta-sts', 'sts-2016', 'sender'] as const;

/**
 * Rule id → its clause, for every rule that a sender reaches. A rule that no sentence says is left
 * out: the links beside its step still lead to its sections.
 */
export function senderClauses({
  clauses,
}: Pick<Facts, 'clauses'>): Readonly<Record<string, RuleClause>> {
  const found: Record<string, RuleClause> = {};
  for (const [rule, citations] of Object.entries(rules)) {
    if (!senderRooms.some((room) => rule.startsWith(`${room}.`))) continue;
    const clause = clauses?.clauses.find((each) => each.rules.includes(rule));
    const citation = citations.find(
      ({ source, section }) => source === clause?.source && section === clause.section,
    );
    if (clause && citation) found[rule] = { ...citation, words: clause.words };
  }
  return found;
}

/** The clauses of rules that stand in one section. */
export const clausesFrom = (
  { clauses }: Pick<Facts, 'clauses'>,
  source: string,
  section: string,
): readonly Clause[] =>
  (clauses?.clauses ?? []).filter((each) => each.source === source && each.section === section);

/**
 * What is quoted from a section: the clauses of the rules that it says, else the words that its
 * source gives to say what it is about.
 */
export function quotedFrom(
  facts: Pick<Facts, 'clauses' | 'sources'>,
  source: string,
  section: string,
): readonly string[] {
  const about = facts.sources.get(source)?.sections[section]?.clause;
  return [
    ...clausesFrom(facts, source, section).map(({ words }) => words),
    ...(about === undefined ? [] : [about]),
  ];
}

const keyWords: readonly (readonly [Exclude<Force, 'states'>, RegExp])[] = [
  ['must-not', /\b(?:must|shall|may) not\b/i],
  ['should-not', /\bshould not\b/i],
  ['must', /\b(?:must|shall)\b(?! not\b)/i],
  ['should', /\bshould\b(?! not\b)/i],
  ['may', /\bmay\b(?! not\b)|\bnot required\b|\bfree to\b|\boptional\b/i],
];

/** What the words of a clause do, by the key words in them (RFC 2119, in capitals or not). */
export function forcesIn(words: string): readonly Force[] {
  const found = keyWords.filter(([, pattern]) => pattern.test(words)).map(([force]) => force);
  return found.length === 0 ? ['states'] : found;
}

/**
 * A digest of where a clause stands and what it says: text, section, words. Kept by rule id, it ties
 * each clause to its rule: two clauses of one section that change places are no longer what was found.
 */
export const digestOf = ({ source, section, words }: Clause, { sources }: Pick<Facts, 'sources'>) =>
  createHash('sha256')
    .update([source, sources.get(source)?.text?.sha256, section, fold(words)].join('\n'))
    .digest('hex');

/**
 * Looks up the clause of every rule in its section of the very text on file (by digest).
 * `kept`: rule id → digest of its clause, in the order of the ids; `missing`: rules whose clause is
 * not there, or whose text is not among `texts`.
 */
export function foundClauses(
  facts: Pick<Facts, 'clauses' | 'sources'>,
  texts: readonly Text[],
): { readonly kept: Readonly<Record<string, string>>; readonly missing: readonly string[] } {
  const kept: (readonly [rule: string, digest: string])[] = [];
  const missing: string[] = [];
  for (const clause of facts.clauses?.clauses ?? []) {
    const sha256 = facts.sources.get(clause.source)?.text?.sha256;
    const text = texts.find(({ digest }) => digest === sha256);
    const isFound = holds(text?.sections.get(clause.section) ?? '', clause.words);
    for (const rule of clause.rules)
      if (isFound) kept.push([rule, digestOf(clause, facts)]);
      else missing.push(rule);
  }
  return { kept: Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1))), missing };
}
