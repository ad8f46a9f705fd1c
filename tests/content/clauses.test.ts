import { verdicts } from '../../src/core/verdict.ts';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { textsFolder } from '../../commands/at-hand.ts';
import { senderClauses, digestOf, forcesIn, foundClauses } from '../../src/site/facts/clauses.ts';
import { fold } from '../../src/site/facts/quotations.ts';
import { danglingReferences } from '../../src/site/facts/references.ts';
import { readTexts } from '../../src/site/facts/texts.ts';
import type { Clause } from '../../src/site/schemas/clauses.ts';
import { fileOfRule, ruleTables } from '../house/rule-strands.ts';
import { facts } from './facts.ts';

const clauses = facts.clauses?.clauses ?? [];
const named = clauses.map((clause) => [clause.rules.join(', '), clause] as const);

/** What `npm run quotes -- DIR --keep` found in the texts: rule id → digest of its clause. */
const found = JSON.parse(
  readFileSync(new URL('found-clauses.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, string>>;

/** The rules of these clauses for which other words, or words of another place, were found. */
const neverFound = (given: readonly Clause[]): readonly string[] =>
  given.flatMap((clause) => clause.rules.filter((rule) => found[rule] !== digestOf(clause, facts)));

/** Every two clauses that stand in one section. */
const pairs = clauses.flatMap((a, index) =>
  clauses
    .slice(index + 1)
    .filter((b) => a.source === b.source && a.section === b.section)
    .map((b) => [a, b] as const),
);

describe('the clause of a rule', () => {
  it('was found for that rule, in that section of that text', () => {
    expect(clauses.length).toBeGreaterThan(100);
    expect(neverFound(clauses)).toEqual([]);
    expect(Object.keys(found)).toHaveLength(clauses.flatMap(({ rules }) => rules).length);
  });

  it('is missed when it changes places with another of its section', () => {
    expect(pairs.length).toBeGreaterThan(50);
    const unnoticed = pairs.filter(([a, b]) => {
      const swapped = [
        { ...a, words: b.words, force: b.force },
        { ...b, words: a.words, force: a.force },
      ];
      return neverFound(swapped).length < a.rules.length + b.rules.length;
    });
    expect(unnoticed).toEqual([]);
  });

  it('is no other rule’s, nor a part of it, unless both rules stand with it', () => {
    const shared = clauses.flatMap((a) =>
      clauses
        .filter((b) => a !== b && fold(a.words).includes(fold(b.words)))
        .map((b) => `${a.rules.join()} and ${b.rules.join()}`),
    );
    expect(shared).toEqual([]);
  });

  it('stands in a section that the rule cites', () => {
    const stray = { ...facts, clauses: { clauses: [...clauses], none: { 'no.rule': 'none' } } };
    const [first] = clauses;
    if (!first) throw new Error('no clauses');
    stray.clauses.clauses = [
      { ...first, section: '2.1' },
      { ...first, rules: ['smtp.nothing'] },
    ];
    const rule = first.rules[0] ?? '';
    expect(
      danglingReferences(stray)
        .filter(({ file }) => file === 'content/clauses.yaml')
        .map(({ path, reason }) => `${path}: ${reason}`),
    ).toEqual([
      `clauses.0: "${rule}" does not cite ${first.source} §2.1`,
      'clauses.1.rules: no rule "smtp.nothing"',
      'none: no rule "no.rule"',
    ]);
  });

  it('goes to the widgets by rule id, for the rules that a sender reaches', () => {
    const shown = senderClauses(facts);
    expect(Object.keys(shown).filter((rule) => rule.startsWith('dnssec.'))).toEqual([]);
    expect(shown).not.toHaveProperty(['smtp.host-unreachable']);
    expect(shown['dane.none-usable']).toEqual({
      source: 'rfc7672',
      section: '2.2',
      words: 'Any connection to the MTA MUST be made via TLS, but authentication is not required',
    });
  });
});

describe('what a clause does', () => {
  it.each([
    ['MUST NOT deliver the message', ['must-not']],
    ['a policy MUST not be used', ['must-not']],
    ['MUST treat that server as unreachable and MUST NOT deliver', ['must-not', 'must']],
    ['SHOULD NOT proceed', ['should-not']],
    ['messages may be delivered', ['may']],
    ['MUST be made via TLS, but authentication is not required', ['must', 'may']],
    ['is free to use cleartext', ['may']],
    ['The command was not accepted', ['states']],
  ] as const)('is read from its key words: “%s”', (words, forces) => {
    expect(forcesIn(words)).toEqual(forces);
  });

  it.each(named)('%s: its words do what it says they do', (_, { force, words }) => {
    expect(forcesIn(words)).toContain(force);
    // What permits shows no sentence that forbids, and what forbids none that permits.
    if (force === 'may') expect(forcesIn(words)).not.toContain('must-not');
    if (force === 'must-not') expect(forcesIn(words)).not.toContain('may');
  });

  // The outcomes of a rule's table say whether it lets the mail go or holds it back.
  const tables = new Map(ruleTables().map(({ file, table }) => [file, table]));
  const outcomesOf = (rule: string): readonly string[] =>
    (tables.get(fileOfRule(rule))?.cases ?? [])
      .filter(({ reached }) => reached !== false)
      .map(({ then }) => String(then));
  const isOver = (outcomes: readonly string[]) =>
    outcomes.length > 0 && outcomes.every((each) => (verdicts as readonly string[]).includes(each));
  const isDelivered = (outcome: string) => outcome.startsWith('delivered-');
  const outcomes = named.flatMap(([, clause]) =>
    clause.rules
      .map((rule) => [rule, clause, outcomesOf(rule)] as const)
      .filter(([, , ends]) => isOver(ends)),
  );

  it('is known for rules that end a delivery', () => {
    expect(outcomes.length).toBeGreaterThan(50);
  });

  it.each(outcomes)('%s: fits how its deliveries end', (_, { force, words }, ends) => {
    // Delivered each time: its clause holds nothing back, and what it forbids can only be to refuse.
    if (ends.every(isDelivered)) {
      expect(words).not.toMatch(/\bnot\b.{0,20}\bdeliver|\bdelayed\b|\bqueued\b/i);
      if (force === 'must-not') expect(words).toMatch(/\breject\b/);
    }
    // Never delivered: its clause permits nothing.
    if (!ends.some(isDelivered)) expect(force).not.toBe('may');
  });
});

describe.skipIf(textsFolder === undefined)('the texts that are at hand', () => {
  it('have each clause in its section, as written down', () => {
    const texts = readTexts(textsFolder!);
    const there = new Set(texts.map(({ digest }) => digest));
    const { kept, missing } = foundClauses(facts, texts);
    expect(found).toMatchObject(kept);
    const textThere = missing.filter((rule) => {
      const source = clauses.find(({ rules: ids }) => ids.includes(rule))?.source ?? '';
      return there.has(facts.sources.get(source)?.text?.sha256 ?? '');
    });
    expect(textThere).toEqual([]);
  });
});
