/** Rules of reading the policy record of the draft of 18 March 2016. */
import { cite, type Citation } from '../cite.ts';

export const sts2016Rules = {
  'sts-2016.record-read': [cite('smtp-sts-2016', '3.1')],
  'sts-2016.record-absent': [cite('smtp-sts-2016', '3')],
  'sts-2016.record-malformed': [cite('smtp-sts-2016', '3.1')],
} as const satisfies Readonly<Record<string, readonly Citation[]>>;
