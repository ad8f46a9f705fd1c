/** `content/laws.yaml`: the scope and the laws that both provers hold against it; and what was found. */
import { z } from 'astro/zod';
import { believed, ends, lawIds } from '../../world/laws/law.ts';
import { mistakes, planIds } from '../../world/laws/plans.ts';
import { powers } from '../../world/laws/powers.ts';
import { protectionIds, scopes } from '../../world/laws/rows.ts';
import { bilingual } from './text.ts';

const provers = ['explorer', 'spin'] as const;

export const lawsSchema = z.strictObject({
  lifetimeDays: z.int().min(1),
  powers: z
    .array(
      z.strictObject({
        id: z.enum(powers.map(({ id }) => id)),
        letter: z.string().length(1),
        name: bilingual,
        means: bilingual,
      }),
    )
    .length(powers.length),
  laws: z
    .array(
      z.strictObject({
        id: z.enum(lawIds),
        name: bilingual,
        sentence: bilingual,
        /** For whoever wants to check the provers: what each of them holds on every day. */
        formula: z.string().min(1),
        /** What the sender remembers before day 0. */
        start: z.enum(['nothing', 'known']),
        provers: z.array(z.enum(provers)).min(1),
        /** Claims of the memo that say it, or the opposite. */
        claims: z.array(z.string().regex(/^C\d{2}$/)),
      }),
    )
    .length(lawIds.length),
  /** Faults that are easily made in a plan (src/world/laws/plans.ts). */
  mistakes: z
    .array(z.strictObject({ id: z.enum(mistakes.map(({ id }) => id)), sentence: bilingual }))
    .length(mistakes.length),
  assumptions: z.array(bilingual).min(1),
  /** What an attacker can do on one day, by place and option. */
  acts: z.record(z.string().regex(/^[a-z0-9-]+\.[a-z-]+$/), bilingual),
});

const letters = z.string().regex(/^L?D?B?C?P?K?Z?$/, 'powers are letters in the order LDBCPKZ');

const told = z.strictObject({
  /** What he did, where he was asked; empty: nothing. Words: `acts` of `content/laws.yaml`. */
  acts: z.array(z.string()),
  end: z.enum(ends),
  belief: z.enum(believed),
  /** Did the sender count a failure for its report? */
  isCounted: z.boolean(),
});

/** The weakest attacker that breaks a law, and the shortest way in which he does. */
const weakest = z.strictObject({
  powers: letters,
  start: z.enum(['nothing', 'known']),
  days: z.array(told).min(1),
  /** Settings of the simulator that end as the last day does, its history as the days before; absent: it has none, which the site does not accept. */
  knobs: z.record(z.string(), z.string()).optional(),
});

/** Where genuine mail was not delivered, though nobody attacked. */
const harmed = z.strictObject({
  plan: z.enum(planIds),
  /** The last step that was taken, and how long ago. */
  step: z.string(),
  secondsAfter: z.int(),
  end: z.enum(ends),
  /** Plans that were completed before this one. */
  before: z.array(z.enum(planIds)),
});

/** `content/laws/results.json`: what `npm run laws -- --write` found. */
export const lawResultsSchema = z.strictObject({
  lifetimeDays: z.int().min(1),
  counted: z.strictObject({
    states: z.int(),
    transitions: z.int(),
    laws: z.int(),
    hold: z.int(),
    broken: z.int(),
  }),
  rows: z.array(
    z.strictObject({
      id: z.string(),
      protection: z.enum(protectionIds),
      scope: z.enum(scopes),
      profile: z.string(),
      states: z.int(),
      transitions: z.int(),
      /** How mail arrives on a day without attacker. */
      quiet: z.enum(ends),
    }),
  ),
  findings: z.array(
    z.strictObject({
      law: z.enum(lawIds),
      row: z.string(),
      /** One character for each set of powers, 0 to 127 (L is 1, D is 2, B is 4 …): `0` holds; else days, base 36. */
      lengths: z.string().regex(/^[0-9a-z]{128}$/),
      weakest: z.array(weakest),
    }),
  ),
  /** How long the harm lasts after he left, for the weakest attackers that break `heals`. */
  harms: z.array(
    z.strictObject({
      row: z.string(),
      powers: letters,
      days: z.union([z.int(), z.literal('endless')]),
    }),
  ),
  /** The same at the longest lifetime that the standard can write. */
  ceilings: z.array(
    z.strictObject({
      row: z.enum(protectionIds),
      lifetimeSeconds: z.int(),
      days: z.int(),
    }),
  ),
  /** Where more power helps the owner: empty, or the explorer has a fault. */
  reversals: z.array(
    z.strictObject({ law: z.enum(lawIds), row: z.string(), less: letters, more: letters }),
  ),
  /** The owner's own plans, without attacker; `harmed` is null where mail always arrives. */
  plans: z.array(
    z.strictObject({
      row: z.string(),
      states: z.int(),
      deliveries: z.int(),
      harmed: harmed.nullable(),
    }),
  ),
  /** The same plans with one fault in them. */
  mistakes: z.array(z.strictObject({ id: z.string(), row: z.string(), harmed: harmed.nullable() })),
});

export type LawResults = z.infer<typeof lawResultsSchema>;
