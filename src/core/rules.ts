/**
 * The rule table of the whole core: one id, its citations.
 *
 * One rule id threads every floor: this table, its clause (`content/clauses.yaml`), the step that
 * yields it, a test table (`tests/vectors/<room>/<rule>.yaml`), a sentence in both languages
 * (`content/messages/`), and a scenario that reaches it. `tests/house.test.ts` fails where a strand is missing.
 */
import type { Citation } from './cite.ts';
import { danePolicyRules, daneMatchRules } from './dane/rules.ts';
import { stsSenderRules, mtaStsRules } from './mta-sts/rules.ts';
import { dnssecRules } from './dnssec/rules.ts';
import { sts2016Rules, draft2016Rules } from './sts-2016/rules.ts';
import { senderRules } from './sender/rules.ts';
import { smtpRules } from './smtp/rules.ts';

/** Every rule by its id, with the sections it rests on. */
export const rules = {
  ...smtpRules,
  ...danePolicyRules,
  ...stsSenderRules,
  ...draft2016Rules,
  ...daneMatchRules,
  ...mtaStsRules,
  ...sts2016Rules,
  ...dnssecRules,
  ...senderRules,
} as const satisfies Readonly<Record<string, readonly Citation[]>>;

export type RuleId = keyof typeof rules;

/** The sections a rule rests on; never empty (tested). */
export const citationsOf = (rule: RuleId): readonly Citation[] => rules[rule];
