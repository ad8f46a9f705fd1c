/**
 * How known software reads texts that readers of RFC 8461 read differently.
 * Established from the projects' own tests and code at the commits named in
 * `docs/decisions/disputes.md`; a reader that is not listed was not looked at, which is no verdict.
 */
import type { ReaderSplit } from '../grammar/readers.ts';

const mox = 'mox';
const goMtasts = 'go-mtasts';
const chasquid = 'chasquid';
const policyDaemon = 'postfix-mta-sts-resolver';
const mimecast = 'mimecast-mta-sts';
const checkdmarc = 'checkdmarc';

export const stsReaders: Readonly<Record<string, ReaderSplit>> = {
  // the record
  'blank-before-first-delimiter': { accept: [mox, goMtasts, policyDaemon] },
  'blank-at-end': { accept: [policyDaemon] },
  'empty-field': { accept: [policyDaemon], refuse: [mox] },
  'repeated-field': { accept: [policyDaemon], refuse: [checkdmarc] },
  'id-not-alphanumeric': { accept: [policyDaemon], refuse: [mox] },
  'id-too-long': { accept: [policyDaemon], refuse: [mox] },
  'field-without-equals': { accept: [policyDaemon], refuse: [mox] },
  // the policy
  'max-age-above-maximum': {
    accept: [mox, mimecast],
    refuse: [chasquid, policyDaemon, checkdmarc],
  },
  'max-age-zero': { accept: [mox, policyDaemon], refuse: [chasquid] },
  'max-age-missing': { accept: [mimecast], refuse: [mox, policyDaemon, checkdmarc] },
  'repeated-key': { accept: [mimecast, policyDaemon], refuse: [checkdmarc] },
  'unknown-key': { accept: [mox, policyDaemon], refuse: [checkdmarc] },
  'bare-line-feed': { accept: [mox, chasquid, goMtasts, policyDaemon, checkdmarc] },
  'no-line-end-at-end': { accept: [mox, policyDaemon] },
  'blank-line': { accept: [chasquid, policyDaemon], refuse: [mimecast] },
  'leading-blank': { accept: [chasquid], refuse: [policyDaemon] },
  'bare-carriage-return': { accept: [policyDaemon] },
  'mx-not-a-pattern': { accept: [policyDaemon], refuse: [mox] },
  'mx-final-dot': { accept: [policyDaemon, chasquid] },
  'mx-in-mode-none': { accept: [chasquid, policyDaemon], refuse: [mimecast] },
  'content-type-not-text': { refuse: [policyDaemon], accept: [checkdmarc] },
  'content-type-missing': { refuse: [policyDaemon], accept: [checkdmarc] },
};
