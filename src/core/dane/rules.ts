/** Rules of DANE: the sender before and after the handshake (RFC 7672 §2, §3, §6), and matching a chain. */
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

export const danePolicyRules = {
  'dane.mx-lookup-failed': [cite('rfc7672', '2.1.2')],
  'dane.mx-secure': [cite('rfc7672', '2.2.1')],
  'dane.mx-insecure': [cite('rfc7672', '2.2.1')],
  'dane.address-lookup-failed': [cite('rfc7672', '2.1.2')],
  'dane.address-insecure': [cite('rfc7672', '2.2.2')],
  'dane.address-secure': [cite('rfc7672', '2.2.2')],
  'dane.alias-followed': [cite('rfc7672', '2.2.2'), cite('rfc7672', '2.2.3')],
  'dane.alias-insecure': [cite('rfc7672', '2.2.2')],
  'dane.tlsa-lookup-failed': [cite('rfc7672', '2.1.2')],
  'dane.tlsa-absent': [cite('rfc7672', '2.2'), cite('rfc7672', '2.1.1')],
  'dane.tlsa-insecure': [cite('rfc7672', '2.2'), cite('rfc6698', '4.1')],
  'dane.none-usable': [cite('rfc7672', '2.2')],
  'dane.authentication-required': [cite('rfc7672', '2.2')],
  'dane.authenticated': [cite('rfc7672', '3.1'), cite('rfc7672', '3.2')],
  'dane.not-authenticated': [cite('rfc7672', '2.2'), cite('rfc7672', '3.2')],
  'dane.tls-missing': [cite('rfc7672', '2.2'), cite('rfc7672', '2.2.3')],
  'dane.mandatory-not-met': [cite('rfc7672', '6')],
} as const satisfies Readonly<Record<string, readonly Citation[]>>;
