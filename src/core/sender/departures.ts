/**
 * Every point where a real sender was seen to differ from a strict reading of the standards, or
 * uses a freedom that they leave. Ids only; what was observed stands in `content/profiles/`.
 *
 * A departure acts at one named decision of the procedures, and leaves a step `sender.departed`
 * in the trace exactly when it changes that decision.
 */
import { cite, type Citation } from '../cite.ts';
import type { RuleId } from '../rules.ts';

/** `deviation` from a MUST; `variation` that the text permits; `open`: the text does not decide. */
export type DepartureKind = 'deviation' | 'variation' | 'open';

export interface Departure {
  /** The rule that a strict sender follows at this decision. */
  readonly rule: RuleId;
  readonly citation: Citation;
  readonly kind: DepartureKind;
}

const of = (rule: RuleId, kind: DepartureKind, citation: Citation): Departure => ({
  rule,
  kind,
  citation,
});

export const departures = {
  'waits-before-cleartext': of('smtp.cleartext-fallback', 'variation', cite('rfc7672', '2.2')),
  'dane-despite-insecure-mx': of('dane.mx-insecure', 'variation', cite('rfc7672', '2.2.1')),
  'next-hop-name-despite-insecure-mx': of(
    'dane.not-authenticated',
    'deviation',
    cite('rfc7672', '3.2.2'),
  ),
  'common-name-for-mx': of('mta-sts.certificate-invalid', 'deviation', cite('rfc8461', '4.2')),
  'mta-sts-overrides-dane': of('mta-sts.beside-dane', 'deviation', cite('rfc8461', '2')),
  'record-read-loosely': of('mta-sts.record-malformed', 'deviation', cite('rfc8461', '3.1')),
  'policy-read-loosely': of('mta-sts.policy-malformed', 'deviation', cite('rfc8461', '3.2')),
  'common-name-for-policy-host': of(
    'mta-sts.policy-host-not-authenticated',
    'deviation',
    cite('rfc8461', '3.3'),
  ),
  'fetches-again-at-once': of('mta-sts.fetch-postponed', 'variation', cite('rfc8461', '3.3')),
  'age-restarts-at-check': of('mta-sts.policy-expired', 'deviation', cite('rfc8461', '3.2')),
  'mx-name-not-compared': of('mta-sts.mx-not-listed', 'deviation', cite('rfc8461', '4.1')),
  'wildcard-any-depth': of('mta-sts.mx-not-listed', 'deviation', cite('rfc8461', '4.1')),
  'certificate-compared-with-policy': of(
    'mta-sts.certificate-invalid',
    'deviation',
    cite('rfc8461', '4.2'),
  ),
  'policy-not-looked-at-again': of('mta-sts.record-read', 'variation', cite('rfc8461', '5.1')),
  'dane-list-first': of('mta-sts.beside-dane', 'open', cite('rfc8461', '2')),
  'next-hop-name-not-accepted': of('dane.authenticated', 'deviation', cite('rfc7672', '3.2.2')),
  'alias-name-not-tried': of('dane.alias-followed', 'deviation', cite('rfc7672', '2.2.3')),
  'insecure-alias-ends-dane': of('dane.alias-insecure', 'deviation', cite('rfc7672', '2.2.2')),
  'returns-when-dane-absent': of('dane.mandatory-not-met', 'deviation', cite('rfc7672', '6')),
  'unusable-enough-when-mandatory': of('dane.mandatory-not-met', 'deviation', cite('rfc7672', '6')),
} as const satisfies Readonly<Record<string, Departure>>;

export type DepartureId = keyof typeof departures;
