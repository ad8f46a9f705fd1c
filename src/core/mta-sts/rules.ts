/** Rules of MTA-STS: reading its record and policy, and the sender (RFC 8461 §3 to §5). */
import { cite, type Citation } from '../cite.ts';

export const mtaStsRules = {
  'mta-sts.record-read': [cite('rfc8461', '3.1')],
  'mta-sts.record-absent': [cite('rfc8461', '3.1')],
  'mta-sts.record-ambiguous': [cite('rfc8461', '3.1')],
  'mta-sts.record-malformed': [cite('rfc8461', '3.1')],
  'mta-sts.policy-malformed': [cite('rfc8461', '3.2')],
  'mta-sts.policy-not-found': [cite('rfc8461', '3.3')],
  'mta-sts.policy-not-text': [cite('rfc8461', '3.2')],
  'mta-sts.policy-too-large': [cite('rfc8461', '3.3')],
  'mta-sts.mx-listed': [cite('rfc8461', '4.1')],
  'mta-sts.mx-not-listed': [cite('rfc8461', '4.1'), cite('rfc8461', '5')],
} as const satisfies Readonly<Record<string, readonly Citation[]>>;

export const stsSenderRules = {
  'mta-sts.record-lookup-failed': [cite('rfc8461', '3.1'), cite('rfc8461', '10.2')],
  'mta-sts.policy-unchanged': [cite('rfc8461', '3.1'), cite('rfc8461', '5.1')],
  'mta-sts.fetch-postponed': [cite('rfc8461', '3.3')],
  'mta-sts.policy-fetched': [cite('rfc8461', '3.2'), cite('rfc8461', '3.3')],
  'mta-sts.policy-not-fetched': [cite('rfc8461', '3.3')],
  'mta-sts.policy-host-not-authenticated': [cite('rfc8461', '3.3')],
  'mta-sts.policy-cached': [cite('rfc8461', '3.2'), cite('rfc8461', '5.1')],
  'mta-sts.cached-policy-used': [cite('rfc8461', '3.3')],
  'mta-sts.policy-expired': [cite('rfc8461', '3.2'), cite('rfc8461', '5.1')],
  'mta-sts.no-policy': [cite('rfc8461', '3.3')],
  'mta-sts.mode-enforce': [cite('rfc8461', '5'), cite('rfc8461', '5.1')],
  'mta-sts.mode-testing': [cite('rfc8461', '5')],
  'mta-sts.mode-none': [cite('rfc8461', '5')],
  'mta-sts.tls-missing': [cite('rfc8461', '4')],
  'mta-sts.certificate-valid': [cite('rfc8461', '4.2')],
  'mta-sts.certificate-invalid': [cite('rfc8461', '4.2')],
  'mta-sts.host-refused': [cite('rfc8461', '5')],
  'mta-sts.delivered-in-testing': [cite('rfc8461', '5')],
  'mta-sts.beside-dane': [cite('rfc8461', '2'), cite('rfc8461', '5')],
} as const satisfies Readonly<Record<string, readonly Citation[]>>;
