import { describe, expect, it } from 'vitest';
import { keepsCount, reportsOf } from '../../../src/core/sender/report.ts';
import { protections } from '../../../src/core/sender/sender.ts';
import { resultTypes } from '../../../src/core/tls-rpt/report.ts';
import { defaultKnobs, type Knobs } from '../../../src/world/simulated/knobs.ts';
import { simulateKnobs } from '../../../src/world/simulated/scenario-of-knobs.ts';

const reports = (knobs: Partial<Knobs>) =>
  reportsOf(simulateKnobs({ ...defaultKnobs, ...knobs }).trace);

const counted = (knobs: Partial<Knobs>) =>
  reports(knobs).counted.map(({ policyType, resultType }) => `${policyType} ${resultType}`);

const dane = { protection: 'dane' } as const;
const sts = { protection: 'mta-sts', zone: 'unsigned' } as const;

const table: readonly (readonly [string, Partial<Knobs>, readonly string[]])[] = [
  ['all is well under DANE', dane, []],
  ['all is well under MTA-STS', sts, []],
  ['STARTTLS removed under DANE', { ...dane, line: 'strip' }, ['tlsa starttls-not-supported']],
  ['STARTTLS removed under MTA-STS', { ...sts, line: 'strip' }, ['sts starttls-not-supported']],
  ['broken handshake', { ...dane, starttls: 'broken' }, ['tlsa validation-failure']],
  ['no TLSA record fits', { ...dane, tlsa: '3-1-1-wrong' }, ['tlsa validation-failure']],
  [
    'usage 2, another name',
    { ...dane, tlsa: '2-1-1', certificate: 'other-name' },
    ['tlsa certificate-host-mismatch'],
  ],
  [
    'usage 2, out of date',
    { ...dane, tlsa: '2-1-1', certificate: 'expired' },
    ['tlsa certificate-expired'],
  ],
  ['unusable TLSA records', { ...dane, tlsa: '1-1-1' }, ['tlsa tlsa-invalid']],
  ['TLSA lookup fails', { ...dane, 'block-tlsa': 'servfail' }, ['tlsa dnssec-invalid']],
  ['bogus MX', { ...dane, zone: 'bogus-mx' }, ['tlsa dnssec-invalid']],
  ['bogus address', { ...dane, zone: 'bogus-address' }, ['tlsa dnssec-invalid']],
  [
    'mandatory DANE without records',
    { protection: 'dane-only', tlsa: 'none' },
    ['tlsa dane-required'],
  ],
  ['name not in the policy', { ...sts, 'sts-mx': 'not-listed' }, ['sts validation-failure']],
  [
    'certificate of another host',
    { ...sts, certificate: 'other-name' },
    ['sts certificate-host-mismatch'],
  ],
  ['certificate out of date', { ...sts, certificate: 'expired' }, ['sts certificate-expired']],
  [
    'certificate by nobody known',
    { ...sts, certificate: 'self-signed' },
    ['sts certificate-not-trusted'],
  ],
  ['policy not there', { ...sts, 'policy-host': 'not-found' }, ['sts sts-policy-fetch-error']],
  ['policy host down', { ...sts, 'policy-host': 'down' }, ['sts sts-policy-fetch-error']],
  ['policy not readable', { ...sts, 'policy-host': 'broken' }, ['sts sts-policy-invalid']],
  [
    'policy host not authenticated',
    { ...sts, 'policy-host': 'bad-certificate' },
    ['sts sts-webpki-invalid'],
  ],
  [
    'no policy, no TLS',
    { ...sts, sts: 'no-policy', starttls: 'no' },
    ['no-policy-found starttls-not-supported'],
  ],
  ['testing counts too', { ...sts, sts: 'testing', line: 'strip' }, ['sts starttls-not-supported']],
  ['opportunistic TLS keeps no count', { protection: 'opportunistic', line: 'strip' }, []],
];

describe('a report counts', () => {
  it.each(table)('%s', (_why, knobs, expected) => {
    expect(counted(knobs)).toEqual(expected);
  });

  it('every result type of RFC 8460 §4.3 somewhere', () => {
    const seen = new Set(table.flatMap(([, , types]) => types.map((type) => type.split(' ')[1])));
    expect([...seen].sort()).toEqual([...resultTypes].sort());
  });
});

describe('of an attack', () => {
  it('nobody learns where discovery is blocked at first contact and the attacker answers', () => {
    const attack = { 'block-policy': 'drop', line: 'mitm-self' } as const;
    expect(reports({ ...sts, ...attack }).learns).toEqual([]);
  });

  it('owner and sender learn where the policy was known', () => {
    const attack = { 'block-policy': 'drop', line: 'mitm-self', history: 'known' } as const;
    expect(reports({ ...sts, ...attack }).learns).toEqual(['owner', 'sender']);
  });

  it('the owner alone learns in testing mode', () => {
    expect(reports({ ...sts, sts: 'testing', line: 'mitm-self' }).learns).toEqual(['owner']);
  });

  it('nobody learns where a wrongly issued certificate passes', () => {
    expect(reports({ ...sts, line: 'mitm-rogue-ca' }).learns).toEqual([]);
    expect(reports({ ...dane, line: 'mitm-rogue-ca' }).learns).toEqual(['owner', 'sender']);
  });

  it('the draft of 2016 reports to the address in the policy, and keeps silent without one', () => {
    const draft = { protection: 'smtp-sts-2016', zone: 'unsigned', history: 'known' } as const;
    const seen = reports({ ...draft, line: 'mitm-self' });
    expect(seen.draft2016[0]).toMatchObject({
      rua: [expect.stringContaining('@')],
      fault: 'not-authenticated',
    });
    expect(seen.learns).toContain('owner');
    const hidden = { 'block-policy': 'nxdomain', line: 'mitm-self' } as const;
    expect(reports({ ...draft, history: 'first-contact', ...hidden }).learns).toEqual([]);
  });
});

it('who asks for DANE or MTA-STS keeps a count, and nobody else', () => {
  expect(protections.filter(keepsCount)).toEqual([
    ...['mta-sts', 'dane', 'dane-only', 'dane-and-mta-sts'],
  ]);
});
