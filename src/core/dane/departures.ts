/** Where senders were seen to leave RFC 7672 while they look for TLSA records, or to use its freedom. */
import { departedBy, departure, type Departs } from '../departure.ts';

export const daneDepartures = {
  'dane-despite-insecure-mx': departure('dane.mx-insecure', 'variation', 'rfc7672', '2.2.1'),
  'alias-name-not-tried': departure('dane.alias-followed', 'deviation', 'rfc7672', '2.2.3'),
  'insecure-alias-ends-dane': departure('dane.alias-insecure', 'deviation', 'rfc7672', '2.2.2'),
} as const;

export const departed = departedBy(daneDepartures);

/** What `danePolicy` asks of the sender. */
export interface DaneSender {
  readonly departures: Departs<keyof typeof daneDepartures>;
  /** DANE is mandatory for this sender (RFC 7672 §6): without it nothing is sent. */
  readonly isMandatory: boolean;
}

/** What RFC 7672 must have, and nothing that it leaves free. */
export const strictDane: DaneSender = { departures: new Set(), isMandatory: false };
