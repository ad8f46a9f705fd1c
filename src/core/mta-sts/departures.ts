/** Where senders were seen to leave RFC 8461, or to use a freedom that it leaves. */
import { departedBy, departure, type Departs } from '../departure.ts';

export const stsDepartures = {
  'common-name-for-mx': departure('mta-sts.certificate-invalid', 'deviation', 'rfc8461', '4.2'),
  'record-read-loosely': departure('mta-sts.record-malformed', 'deviation', 'rfc8461', '3.1'),
  'policy-read-loosely': departure('mta-sts.policy-malformed', 'deviation', 'rfc8461', '3.2'),
  'common-name-for-policy-host': departure(
    'mta-sts.policy-host-not-authenticated',
    'deviation',
    'rfc8461',
    '3.3',
  ),
  'fetches-again-at-once': departure('mta-sts.fetch-postponed', 'variation', 'rfc8461', '3.3'),
  'age-restarts-at-check': departure('mta-sts.policy-expired', 'deviation', 'rfc8461', '3.2'),
  'mx-name-not-compared': departure('mta-sts.mx-not-listed', 'deviation', 'rfc8461', '4.1'),
  'wildcard-any-depth': departure('mta-sts.mx-not-listed', 'deviation', 'rfc8461', '4.1'),
  'certificate-compared-with-policy': departure(
    'mta-sts.certificate-invalid',
    'deviation',
    'rfc8461',
    '4.2',
  ),
  'policy-not-looked-at-again': departure('mta-sts.record-read', 'variation', 'rfc8461', '5.1'),
} as const;

export type StsDeparture = keyof typeof stsDepartures;

export const departed = departedBy(stsDepartures);

/** What the procedures of this room ask of the sender. */
export interface StsSender {
  readonly departures: Departs<StsDeparture>;
  /** Seconds within which a cached policy is used without a look at the TXT record. */
  readonly policyGraceSeconds: number;
}

/** What RFC 8461 must have, and nothing that it leaves free. */
export const strictSts: StsSender = { departures: new Set(), policyGraceSeconds: 0 };
