/** A policy beside the mail hosts, and who must act: the judgements behind the report. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { actionsFor } from '../../src/core/check/actions.ts';
import { parseRecording } from '../../src/core/check/recording.ts';
import { readPolicy } from '../../src/core/check/sts-policy.ts';
import { nameOf } from '../../src/core/dns/name.ts';
import { showPolicy } from '../../src/view/check/report-view.ts';
import { reportOfRecording } from '../../src/world/recorded.ts';

const hosts = [nameOf('mx1.example.nl'), nameOf('a.b.example.nl')];
const policy = (lines: readonly string[]) =>
  readPolicy('given', lines.join('\r\n') + '\r\n', hosts);
const lines = (mode: string, age: number | string, ...mx: readonly string[]) => [
  'version: STSv1',
  `mode: ${mode}`,
  ...mx.map((pattern) => `mx: ${pattern}`),
  `max_age: ${age}`,
];

describe('a policy beside the mail hosts', () => {
  test('enforced and complete', () => {
    const reading = policy(lines('enforce', 604_800, '*.example.nl', 'a.b.example.nl'));
    expect(reading.standing).toBe('enforced');
    expect(reading.patterns.map((each) => each.hosts.length)).toEqual([1, 1]);
  });
  test('a wildcard covers one label, so the deeper host is left out', () => {
    const reading = policy(lines('enforce', 604_800, '*.example.nl'));
    expect(reading.standing).toBe('host-not-listed');
    expect(reading.hosts[1]).toEqual({ host: 'a.b.example.nl', pattern: undefined });
  });
  test('testing and none stop nothing', () => {
    expect(policy(lines('testing', 86_400, 'mx1.example.nl')).standing).toBe('testing');
    expect(policy(lines('none', 86_400)).standing).toBe('withdrawn');
  });
  test('a short memory is told', () => {
    expect(policy(lines('enforce', 3600, '*.example.nl')).notes).toEqual(['age-below-day']);
    expect(policy(lines('enforce', 86_400, '*.example.nl')).notes).toEqual(['age-below-week']);
  });
  test('a fault has its place', () => {
    const view = showPolicy(policy(lines('maybe', 86_400, '*.example.nl')));
    expect(view.standing).toBe('faulty');
    expect(view.faults[0]).toEqual({
      key: 'situation.mta-sts.mode-unknown',
      args: { place: 23, found: 'maybe', instead: 'none' },
    });
  });
});

describe('the second verdict', () => {
  test('names who takes what the standard refuses', () => {
    const view = showPolicy(policy(lines('enforce', 99_999_999, '*.example.nl')));
    expect(view.standing).toBe('faulty');
    expect(view.readers.map(({ args }) => args?.['reader'])).toContain('mox');
  });
  test('names nobody where one of several faults is taken by nobody', () => {
    expect(showPolicy(policy(lines('maybe', 99_999_999, '*.example.nl'))).readers).toEqual([]);
  });
  test.each([
    ['with a byte order mark', '\ufeffversion: STSv1\r\n'],
    ['that is a web page', '<!doctype html><title>404</title>'],
    ['with NULs', 'version: STSv1\r\nmode: enforce\0\r\nmx: a.nl\r\nmax_age: 1\r\n'],
    ['that is empty', ''],
    ['of more than 64 kB', `version: STSv1\r\n${'mx: a.example.nl\r\n'.repeat(5000)}`],
  ])('a file %s is faulty, with a sentence', (_, text) => {
    const view = showPolicy(readPolicy('given', text, hosts));
    expect(view.standing).toBe('faulty');
    expect(view.faults.length).toBeGreaterThan(0);
  });
});

describe('who must act', () => {
  const actions = (domain: string) => {
    const text = readFileSync(`tests/world/recordings/${domain}.json`, 'utf8');
    return actionsFor(reportOfRecording(parseRecording(text)!)).map(
      ({ who, id }) => `${who}: ${id}`,
    );
  };
  test('behind an unsigned domain the DNS operator, not the provider whose records are in order', () => {
    expect(actions('unsigned-domain.test')).toContain('dns-operator: sign-domain');
    expect(actions('unsigned-domain.test')).not.toContain('mail-provider: publish-tlsa');
  });
  test('for a hosted mail server without a second record the provider', () => {
    expect(actions('gemeente-zilverdam.test')).toEqual(['mail-provider: second-record']);
  });
  test('for a server of one’s own without TLSA the owner', () => {
    expect(actions('only-sts.test')).toContain('you: publish-tlsa');
  });
});
