/** Rules of reading the MTA-STS record and policy and of matching MX names. */
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
