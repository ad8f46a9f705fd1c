/** Rules of the draft of 18 March 2016: reading its record, and its sender (§3.3 to §3.5, §4, §8). */
import { cite, type Citation } from '../cite.ts';

export const sts2016Rules = {
  'sts-2016.record-read': [cite('smtp-sts-2016', '3.1')],
  'sts-2016.record-absent': [cite('smtp-sts-2016', '3')],
  'sts-2016.record-malformed': [cite('smtp-sts-2016', '3.1')],
} as const satisfies Readonly<Record<string, readonly Citation[]>>;

const draft = (section: string): Citation => cite('smtp-sts-2016', section);

export const draft2016Rules = {
  'sts-2016.record-lookup-failed': [draft('6')],
  'sts-2016.first-policy-trusted': [draft('3.3')],
  'sts-2016.first-policy-authenticated': [draft('8')],
  'sts-2016.first-policy-not-authenticated': [draft('8')],
  'sts-2016.policy-cached': [draft('3.2')],
  'sts-2016.policy-not-cached': [draft('3.3')],
  'sts-2016.cached-policy-used': [draft('3.2'), draft('3.5')],
  'sts-2016.policy-expired': [draft('3.2'), draft('3.3')],
  'sts-2016.mx-listed': [draft('3')],
  'sts-2016.mx-not-listed': [draft('3')],
  'sts-2016.host-valid': [draft('3.4'), draft('3.5')],
  'sts-2016.tls-missing': [draft('3.4')],
  'sts-2016.certificate-invalid': [draft('3.4')],
  'sts-2016.failure-reported': [draft('4')],
  'sts-2016.delivered-despite-failure': [draft('3'), draft('3.5')],
  'sts-2016.not-used-to-reject': [draft('3.4')],
  'sts-2016.new-policy-looked-for': [draft('3.5')],
  'sts-2016.new-policy-authenticated': [draft('3.3')],
  'sts-2016.new-policy-not-authenticated': [draft('3.3')],
  'sts-2016.no-new-policy': [draft('3.5')],
  'sts-2016.treated-as-failure': [draft('3.5')],
} as const satisfies Readonly<Record<string, readonly Citation[]>>;
