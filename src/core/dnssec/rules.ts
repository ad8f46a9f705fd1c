/** Rules of validation: why an answer is secure, insecure, bogus or indeterminate. */
import { cite, type Citation } from '../cite.ts';

export const dnssecRules = {
  'dnssec.chain-secure': [cite('rfc4035', '5.3'), cite('rfc4033', '5')],
  'dnssec.wildcard-proved': [cite('rfc4035', '5.3.4'), cite('rfc5155', '8.8')],
  'dnssec.absence-proved': [cite('rfc4035', '5.4'), cite('rfc5155', '8.4')],
  'dnssec.alias-synthesised': [cite('rfc6672', '5.3.1')],
  'dnssec.anchor-signed': [cite('rfc4035', '5')],
  'dnssec.anchor-unproved': [cite('rfc4035', '5')],
  'dnssec.delegation-secure': [cite('rfc4035', '5.2')],
  'dnssec.no-anchor': [cite('rfc4035', '4.3'), cite('rfc4033', '5'), cite('rfc7672', '2.1.1')],
  'dnssec.no-ds-proved': [cite('rfc4035', '5.2'), cite('rfc5155', '8.9')],
  'dnssec.opt-out': [cite('rfc5155', '9.2'), cite('rfc5155', '6')],
  'dnssec.algorithms-unsupported': [cite('rfc4035', '5.2'), cite('rfc6840', '5.2')],
  'dnssec.iterations-too-high': [cite('rfc9276', '3.2')],
  'dnssec.signatures-not-brought': [cite('rfc4035', '4.3')],
  'dnssec.signature-missing': [cite('rfc4035', '5')],
  'dnssec.signature-invalid': [cite('rfc4035', '5.3.3'), cite('rfc4035', '5.5')],
  'dnssec.signature-expired': [cite('rfc4035', '5.3.1'), cite('rfc1982', '3.2')],
  'dnssec.signature-not-yet': [cite('rfc4035', '5.3.1'), cite('rfc1982', '3.2')],
  'dnssec.signature-misfit': [cite('rfc4035', '5.3.1')],
  'dnssec.keys-missing': [cite('rfc4035', '5.2'), cite('rfc4035', '5')],
  'dnssec.keys-unmatched': [cite('rfc4035', '5.2')],
  'dnssec.delegation-unproved': [cite('rfc4035', '5.2')],
  'dnssec.denial-missing': [cite('rfc4035', '5.4')],
  'dnssec.denial-insufficient': [cite('rfc4035', '5.4'), cite('rfc6840', '4.1')],
  'dnssec.wildcard-unproved': [cite('rfc4035', '5.3.4')],
  'dnssec.alias-mismatch': [cite('rfc6672', '5.3.1')],
  'dnssec.alias-too-long': [cite('rfc6672', '2.2')],
  'dnssec.alias-ambiguous': [cite('rfc2181', '10.1'), cite('rfc6672', '2.4')],
  'dnssec.alias-loop': [cite('rfc1034', '3.6.2')],
  'dnssec.limit-reached': [cite('rfc4035', '5.4'), cite('site', 'dnssec-limits')],
  'dnssec.not-fetched': [cite('rfc4035', '4.3')],
  'dnssec.algorithm-not-here': [cite('site', 'dnssec-limits')],
  'dnssec.clock-implausible': [cite('site', 'dnssec-limits')],
} as const satisfies Readonly<Record<string, readonly Citation[]>>;

export type DnssecRule = keyof typeof dnssecRules;
