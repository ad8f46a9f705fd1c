/** Finding hosts and their addresses, and opening a channel: what is asked, in which order, and when not. */
import { describe, expect, it } from 'vitest';
import { nameOf } from '../../../src/core/dns/name.ts';
import type { ResourceRecord } from '../../../src/core/dns/record.ts';
import type { ChainFacts } from '../../../src/core/pkix/path.ts';
import { resolveAddresses, resolveMx } from '../../../src/core/smtp/mx.ts';
import { handOverInTheClear, openChannel } from '../../../src/core/smtp/session.ts';
import { lookupAnswer, ran, type Written } from '../../world.ts';

const domain = nameOf('example.nl');
const host = nameOf('mx.example.nl');

describe('hosts for mail', () => {
  const hostsOf = (MX: Written) => ran(resolveMx(domain), { MX }).result;

  it('stand by preference, and equal ones in the order of the answer', () => {
    const answer = lookupAnswer(domain, 'MX', ['20 c.nl', '10 b.nl', '20 a.nl', '5 d.nl']);
    expect(hostsOf(answer)).toEqual({
      ...{ kind: 'hosts', security: 'secure', implicit: false, nextHopNames: [domain] },
      hosts: ['d.nl', 'b.nl', 'c.nl', 'a.nl'].map(nameOf),
    });
    // The order is kept beside an answer once it was made; it must be the same the second time.
    expect(hostsOf(answer)).toEqual(hostsOf(['5 d.nl', '10 b.nl', '20 c.nl', '20 a.nl']));
  });

  it('are none where the only one is the root (RFC 7505)', () => {
    expect(hostsOf(['0 .'])).toEqual({ kind: 'null-mx' });
  });

  it('are those of an answer that has the root beside them', () => {
    expect(hostsOf(['0 .', '10 b.nl'])).toMatchObject({ kind: 'hosts' });
  });

  it('are the domain itself where it has no MX record, and none where it is not there', () => {
    expect(hostsOf({ unsigned: [] })).toEqual({
      ...{ kind: 'hosts', hosts: [domain], security: 'insecure', implicit: true },
      nextHopNames: [domain],
    });
    expect(hostsOf('nxdomain')).toEqual({ kind: 'no-domain' });
  });

  it('keep the name at the end of the aliases as one that a certificate may bear', () => {
    const through = (then: Written): Written => ({
      ...{ alias: 'a.nl', then: { alias: 'c.nl', then: { alias: 'b.nl', then } } },
    });
    for (const answer of [through(['0 mx.nl']), through([])])
      expect(hostsOf(answer)).toMatchObject({ nextHopNames: [domain, nameOf('b.nl')] });
  });

  it('are not guessed where the lookup fails', () => {
    expect(hostsOf('servfail')).toEqual({ kind: 'failed', why: 'servfail' });
  });
});

describe('addresses of a host', () => {
  const four = ['192.0.2.1'];
  const six = ['2001:db8::1'];
  /** A resolver that adds to the answer what was not asked. */
  const records = (...each: readonly object[]): Written => ({
    ...{ kind: 'found', security: 'secure', aliases: [] },
    records: each.map((one) => ({ name: host, ttlSeconds: 60, ...one })) as ResourceRecord[],
  });
  const A4 = { type: 'A', address: '192.0.2.1' };
  const table: readonly (readonly [string, Written, Written, string, readonly string[]])[] = [
    ['A first', four, six, '192.0.2.1', ['A']],
    ['AAAA where there is no A', [], six, '2001:db8::1', ['A', 'AAAA']],
    ['none where there is neither', [], [], 'none', ['A', 'AAAA']],
    ['none where the name is not there, asked once', 'nxdomain', six, 'none', ['A']],
    ['unknown where A fails: no AAAA instead', 'timeout', six, 'failed', ['A']],
    ['unknown where AAAA fails', [], 'timeout', 'failed', ['A', 'AAAA']],
    [
      'nothing else of the answer',
      records({ type: 'TXT', strings: [] }, A4),
      ...(['timeout', '192.0.2.1', ['A']] as const),
    ],
    [
      'both kinds of one answer',
      records(A4, { type: 'AAAA', address: '2001:db8::1' }),
      ...(['timeout', '192.0.2.1 2001:db8::1', ['A']] as const),
    ],
  ];
  for (const [why, A, AAAA, expected, types] of table)
    it(why, () => {
      const { result, asked } = ran(resolveAddresses(host), { A, AAAA });
      expect(result.kind === 'found' ? result.addresses.join(' ') : result.kind).toBe(expected);
      expect(asked.map((each) => (each.ask === 'lookup' ? each.type : each.ask))).toEqual(types);
    });

  it('tell how sure the first and the last link are, and where they end', () => {
    const end = { alias: 'b.nl', isAliasSigned: false, then: four };
    expect(ran(resolveAddresses(host), { A: { alias: 'a.nl', then: end } }).result).toMatchObject({
      ...{ security: 'insecure', firstSecurity: 'secure', expanded: nameOf('b.nl') },
    });
    expect(ran(resolveAddresses(host), { A: four }).result).toMatchObject({
      ...{ security: 'secure', firstSecurity: 'secure', expanded: host },
    });
  });
});

describe('a channel', () => {
  const open = { kind: 'open', session: 7, greeting: '220' } as const;
  const ehlo = { starttls: true, lines: [] };
  const facts = {} as ChainFacts;
  const tls = { kind: 'tls', line: '220', chain: [], leadsToTrustedRoot: false, facts } as const;

  it('names the host inside TLS where it is asked to, and else sends no name at all', () => {
    const named = ran(openChannel(host, '192.0.2.1', host), { connect: open, ehlo, starttls: tls });
    expect(named.asked.at(-1)).toEqual({ ask: 'starttls', session: 7, serverName: host });
    const plain = ran(openChannel(host, '192.0.2.1', undefined), {
      connect: open,
      ehlo,
      starttls: tls,
    });
    expect(Object.keys(plain.asked.at(-1) ?? {})).toEqual(['ask', 'session']);
    expect(plain.result).toEqual({ kind: 'encrypted', session: 7, presented: tls });
  });

  it('asks for no TLS where none is offered', () => {
    const { result, asked } = ran(openChannel(host, '192.0.2.1', host), {
      ...{ connect: open, ehlo: { ...ehlo, starttls: false } },
    });
    expect(result).toEqual({ kind: 'not-offered', session: 7 });
    expect(asked.map((each) => each.ask)).toEqual(['connect', 'ehlo']);
  });

  it('in the clear is a new connection, or none', () => {
    const envelope = { domain, attempt: 1, queueLifetimeOver: false };
    const deliver = { kind: 'accepted', line: '250' } as const;
    const again = ran(handOverInTheClear(envelope, host, '192.0.2.1'), {
      ...{ connect: open, ehlo, deliver },
    });
    expect(again.result).toMatchObject({ action: { channel: 'plaintext' } });
    expect(again.asked).toEqual([
      { ask: 'connect', host, address: '192.0.2.1' },
      { ask: 'ehlo', session: 7 },
      { ask: 'deliver', session: 7, domain },
    ]);
    const refused = { kind: 'failed', why: 'refused' } as const;
    const none = ran(handOverInTheClear(envelope, host, '192.0.2.1'), { connect: refused, ehlo });
    expect(none.result).toEqual({ kind: 'failed', reason: 'no-connection' });
    expect(none.passed).toEqual(['smtp.cleartext-fallback', 'smtp.host-unreachable']);
    expect(none.asked).toHaveLength(1);
  });
});
