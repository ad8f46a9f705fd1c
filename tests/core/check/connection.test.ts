/** One verdict of what the DNS says and what the wire shows: the wire decides, and what was not seen does not. */
import { describe, expect, test } from 'vitest';
import {
  judgeConnection,
  type ConnectionSeen,
  type HostSeen,
} from '../../../src/core/check/connection.ts';
import type { Standing } from '../../../src/core/check/verdict.table.ts';
import { nameOf } from '../../../src/core/dns/name.ts';

const both: Standing = 'dane-and-sts';
const one = nameOf('a.example');
const other = nameOf('b.example');
const host = (change: Partial<HostSeen> = {}): HostSeen => ({
  ...{ host: one, channel: 'encrypted', dane: undefined, sts: undefined },
  ...change,
});
const recognised = host({ dane: 'recognised' });
const refused = host({ dane: 'refused' });
const enforce = { usable: true, mode: 'enforce' } as const;
const seen = (hosts: readonly HostSeen[], policy?: ConnectionSeen['policy']): ConnectionSeen => ({
  hosts,
  policy,
});

describe('what is wrong on the wire decides', () => {
  test.each<[string, ConnectionSeen, string, readonly string[]]>([
    ['no server fits', seen([refused]), 'dane-fails', [one]],
    [
      'one of two does not',
      seen([refused, host({ host: other, dane: 'recognised' })]),
      'dane-fails-some',
      [one],
    ],
    [
      'one of two does not, the other was not reached',
      seen([refused, host({ host: other, channel: 'not-reached' })]),
      'dane-fails-some',
      [one],
    ],
    ['the policy cannot be had', seen([recognised], { usable: false }), 'policy-fails', []],
    [
      'the policy refuses a server',
      seen([host({ dane: 'recognised', sts: 'refused' })], enforce),
      'sts-fails',
      [one],
    ],
    [
      'the policy in testing would refuse it',
      seen([host({ dane: 'recognised', sts: 'refused' })], { usable: true, mode: 'testing' }),
      'sts-testing-fails',
      [one],
    ],
    [
      'DANE fails, and the policy too',
      seen([host({ dane: 'refused', sts: 'refused' })], enforce),
      'dane-fails',
      [one],
    ],
    ['nothing is encrypted', seen([host({ channel: 'not-encrypted' })]), 'not-encrypted', [one]],
  ])('%s', (_, given, standing, hosts) => {
    expect(judgeConnection(both, given)).toEqual({ standing, hosts, outcome: 'fault' });
  });
});

test('what could not be seen is not known, and no fault', () => {
  const given = seen([recognised, host({ host: other, channel: 'not-reached' })]);
  expect(judgeConnection(both, given)).toEqual({
    ...{ standing: 'not-reached', hosts: [other], outcome: 'unknown' },
  });
});

describe('where nothing is wrong the DNS is right', () => {
  test.each<[Standing, ConnectionSeen, string]>([
    [both, seen([recognised], enforce), 'dane-and-sts'],
    [both, seen([recognised], { usable: true, mode: 'testing' }), 'dane-and-sts'],
    ['dane', seen([recognised]), 'dane'],
    ['neither', seen([host()]), 'neither'],
    ['neither', seen([host({ channel: 'not-tried' })]), 'neither'],
    // A policy that withdraws itself is none.
    [both, seen([recognised], { usable: true, mode: 'none' }), 'dane'],
  ])('%#', (published, given, standing) => {
    expect(judgeConnection(published, given)).toEqual({
      ...{ standing, hosts: [], outcome: 'as-published' },
    });
  });

  test('but for a policy that withdraws itself, with no DANE beside it', () => {
    const given = seen([host()], { usable: true, mode: 'none' });
    expect(judgeConnection('sts-only', given)).toMatchObject({
      ...{ standing: 'policy-withdrawn', outcome: 'fault' },
    });
  });
});
