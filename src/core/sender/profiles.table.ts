/**
 * Which departures each observed sender takes. The words, versions and observations behind each
 * entry are in `content/profiles/<id>.yaml`; a test holds the two together.
 */
import type { DepartureId } from './departures.ts';
import type { ProfileId } from './sender.ts';

const postfix: readonly DepartureId[] = [
  'waits-before-cleartext',
  'dane-despite-insecure-mx',
  'next-hop-name-despite-insecure-mx',
  'common-name-for-mx',
];

const policyDaemon: readonly DepartureId[] = [
  ...postfix,
  'mta-sts-overrides-dane',
  'record-read-loosely',
  'policy-read-loosely',
  'common-name-for-policy-host',
  'fetches-again-at-once',
  'age-restarts-at-check',
  'mx-name-not-compared',
  'wildcard-any-depth',
  'certificate-compared-with-policy',
  'policy-not-looked-at-again',
];

/** Senders by the departures from the standards that they take; `strict` takes none. */
export const profiles: Readonly<Record<ProfileId, ReadonlySet<DepartureId>>> = {
  strict: new Set(),
  'postfix-3.7': new Set(postfix),
  'postfix-policy-daemon-1.1': new Set(policyDaemon),
  'dane-list': new Set([...policyDaemon, 'dane-list-first']),
  'exim-4.96': new Set<DepartureId>([
    'next-hop-name-not-accepted',
    'alias-name-not-tried',
    'insecure-alias-ends-dane',
    'returns-when-dane-absent',
    'unusable-enough-when-mandatory',
  ]),
};
