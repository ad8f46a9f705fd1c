/** Rules of matching a certificate chain against TLSA records. */
import { cite, type Citation } from '../cite.ts';

export const daneMatchRules = {
  'dane.leaf-matches': [cite('rfc7672', '3.1.1')],
  'dane.anchor-matches': [
    cite('rfc7672', '3.1.2'),
    cite('rfc7672', '3.2.2'),
    cite('rfc6698', '2.1.1'),
    cite('rfc7671', '5.2'),
  ],
  'dane.nothing-matches': [cite('rfc7672', '2.2'), cite('rfc6698', '4.1')],
  'dane.name-not-in-certificate': [cite('rfc7672', '3.2.2'), cite('rfc7672', '3.2.3')],
  'dane.certificate-expired': [cite('rfc6698', '2.1.1')],
} as const satisfies Readonly<Record<string, readonly Citation[]>>;
