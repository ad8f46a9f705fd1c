/** `content/scenarios/<id>.yaml`: one situation, how it ends, and what it teaches. */
import { beliefs, verdicts } from '../../core/verdict.ts';
import { z } from 'astro/zod';
import { rules, type RuleId } from '../../core/rules.ts';
import { departures } from '../../core/sender/departures.ts';
import { knobNames, knobValues, type Knobs } from '../../world/simulated/knobs.ts';
import { bilingual } from './text.ts';
import { worldChange } from '../../world/simulated/scenario-change.ts';

/** The parts of the menu and of the corpus, in the order in which they are best read. */
export const scenarioGroups = ['starttls', 'draft-2016', 'mta-sts', 'dane', 'together'] as const;

/** What a situation is about, for filtering. */
export const scenarioTags = [
  'no-attacker',
  'reads',
  'strips',
  'impersonates',
  'forges-dns',
  'blocks-dns',
  'blocks-https',
  'rogue-certificate',
  'stolen-key',
  'first-contact',
  'memory',
  'owner-mistake',
  'rollover',
  'dnssec',
  'alias',
  'several-hosts',
  'parsing',
  'reporting',
  'queue',
  'real-sender',
] as const;

/** Software that was watched doing exactly this, with its version. */
const observers = [
  'Postfix 3.7.11',
  'Postfix 3.7.11 + postfix-mta-sts-resolver 1.1.2',
  'Exim 4.96',
] as const;

/** Watched with this software, or worked out from the rule's clause. */
export const scenarioOrigin = z.union(
  [
    z.literal('derived'),
    z.strictObject({
      observed: z.array(z.enum(observers)).min(1),
      /** The deliveries of our oracle that were this situation: `d01/dane`. */
      cases: z.array(z.string().regex(/^[a-z]\d{2}\/[a-z0-9+-]+$/)).min(1),
    }),
  ],
  'is "derived" (worked out from the clause), or what was observed and in which cases',
);

/** Two short sentences read more easily than one with a semicolon. */
const lesson = z
  .string()
  .regex(/^[^.?!]+[.](?: [^.?!]+[.])?$/, 'a lesson is one sentence, or two short ones');

const settings = z.strictObject(
  Object.fromEntries(knobNames.map((name) => [name, z.enum(knobValues[name]).exactOptional()])),
) as z.ZodType<unknown> as z.ZodType<Partial<Knobs>>;

const ruleIds = Object.keys(rules) as [RuleId, ...RuleId[]];

export const scenarioSchema = z
  .strictObject({
    title: bilingual,
    /** What one learns from it. */
    lesson: z.strictObject({ nl: lesson, en: lesson }),
    group: z.enum(scenarioGroups),
    /** Its place in the menu within its group, 1 first; absent: behind the numbered; false: not there. */
    menu: z.union([z.int().positive(), z.literal(false)]).exactOptional(),
    /** Its place in the series of attacks whose end a reader is asked to predict, 1 first. */
    asked: z.int().positive().exactOptional(),
    tags: z.array(z.enum(scenarioTags)).min(1),
    /** The simulator's settings, as far as they differ from the default. */
    knobs: settings,
    /** What settings cannot express. Such a scenario does not stand in the simulator's menu. */
    world: worldChange.exactOptional(),
    /** How it ends, and what the sender believes. */
    verdict: z.enum(verdicts),
    belief: z.enum(beliefs),
    /** The rule on which it turns: the run passes it. */
    rule: z.enum(ruleIds),
    /** Where a real sender departs from the standard: where it does. */
    departure: z.enum(Object.keys(departures) as [string, ...string[]]).exactOptional(),
    /** Watched with this software, or worked out from the rule's clause. */
    origin: scenarioOrigin,
    /** A case known by name elsewhere: `owner/repository#number` of a public issue. */
    known: z.array(z.string().min(1)).exactOptional(),
  })
  .refine(({ world, menu }) => world === undefined || menu === false, {
    path: ['menu'],
    message: 'is false for a scenario with a world of its own: the menu only sets knobs',
  })
  .refine(({ rule, departure }) => (rule === 'sender.departed') === (departure !== undefined), {
    path: ['departure'],
    message: 'stands exactly where the rule is sender.departed',
  });

export type ScenarioFile = z.infer<typeof scenarioSchema>;
