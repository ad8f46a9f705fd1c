/** Finding hosts and their addresses, and opening a channel: what is asked, in which order, and when not. */
import { describe, expect, it } from 'vitest';
import type { Ask, LookupAnswer } from '../../../src/core/ask.ts';
import { nameOf } from '../../../src/core/dns/name.ts';
import type { ResourceRecord } from '../../../src/core/dns/record.ts';
import { resolveAddresses } from '../../../src/core/smtp/address.ts';
import { resolveMx } from '../../../src/core/smtp/mx.ts';
import { openChannel, openInTheClear } from '../../../src/core/smtp/session.ts';
import type { Procedure } from '../../../src/core/trace.ts';
import { run } from '../../../src/world/run.ts';

const domain = nameOf('example.nl');
const host = nameOf('mx.example.nl');
const found = (records: readonly object[], more: object = {}): LookupAnswer => ({
  ...{ kind: 'found', security: 'secure', aliases: [] },
  records: records.map((record) => ({
    name: domain,
    ttlSeconds: 60,
    ...record,
  })) as ResourceRecord[],
  ...more,
});
const absent = (denial: 'nxdomain' | 'nodata', more: object = {}): LookupAnswer => ({
  kind: 'absent',
  denial,
  security: 'insecure',
  aliases: [],
  ...more,
});
const alias = (from: string, to: string, security: 'secure' | 'insecure') => ({
  ...{ from: nameOf(from), to: nameOf(to), security },
});

/** Answers a question by the first word that fits it: the type of a lookup, or what is asked. */
function ran<Result>(procedure: Procedure<Result>, answers: Readonly<Record<string, unknown>>) {
  const asked: Ask[] = [];
  const { result, events } = run(procedure, {
    answer(question) {
      asked.push(question);
      return { answer: answers[question.ask === 'lookup' ? question.type : question.ask] };
    },
  });
  const passed = events.flatMap((event) => (event.kind === 'step' ? [event.rule] : []));
  return { result, passed, asked };
}

describe('hosts for mail', () => {
  const mx = (preference: number, exchange: string) => ({
    ...{ type: 'MX', preference, exchange: exchange === '.' ? '.' : nameOf(exchange) },
  });
  const hostsOf = (answer: LookupAnswer) => ran(resolveMx(domain), { MX: answer }).result;

  it('stand by preference, and equal ones in the order of the answer', () => {
    const answer = found([mx(20, 'c.nl'), mx(10, 'b.nl'), mx(20, 'a.nl'), mx(5, 'd.nl')]);
    expect(hostsOf(answer)).toEqual({
      ...{ kind: 'hosts', security: 'secure', implicit: false, nextHopNames: [domain] },
      hosts: ['d.nl', 'b.nl', 'c.nl', 'a.nl'].map(nameOf),
    });
    // The order is kept beside an answer once it was made; it must be the same the second time.
    expect(hostsOf(answer)).toEqual(
      hostsOf(found([mx(5, 'd.nl'), mx(10, 'b.nl'), mx(20, 'c.nl'), mx(20, 'a.nl')])),
    );
  });

  it('are none where the only one is the root (RFC 7505)', () => {
    expect(hostsOf(found([mx(0, '.')]))).toEqual({ kind: 'null-mx' });
  });

  it('are those of an answer that has the root beside them', () => {
    expect(hostsOf(found([mx(0, '.'), mx(10, 'b.nl')]))).toMatchObject({ kind: 'hosts' });
  });

  it('are the domain itself where it has no MX record, and none where it is not there', () => {
    expect(hostsOf(absent('nodata'))).toEqual({
      ...{ kind: 'hosts', hosts: [domain], security: 'insecure', implicit: true },
      nextHopNames: [domain],
    });
    expect(hostsOf(absent('nxdomain'))).toEqual({ kind: 'no-domain' });
  });

  it('keep the name at the end of the aliases as one that a certificate may bear', () => {
    const links = [
      ['example.nl', 'a.nl'],
      ['a.nl', 'c.nl'],
      ['c.nl', 'b.nl'],
    ] as const;
    const aliases = links.map(([from, to]) => alias(from, to, 'secure'));
    for (const answer of [found([mx(0, 'mx.nl')], { aliases }), absent('nodata', { aliases })])
      expect(hostsOf(answer)).toMatchObject({ nextHopNames: [domain, nameOf('b.nl')] });
  });

  it('are not guessed where the lookup fails', () => {
    expect(hostsOf({ kind: 'failed', why: 'servfail' })).toEqual({
      ...{ kind: 'failed', why: 'servfail' },
    });
  });
});

describe('addresses of a host', () => {
  const four = { type: 'A', address: '192.0.2.1' };
  const six = { type: 'AAAA', address: '2001:db8::1' };
  const failed = { kind: 'failed', why: 'timeout' };
  const table: readonly (readonly [string, object, object, string, readonly string[]])[] = [
    ['A first', found([four]), found([six]), '192.0.2.1', ['A']],
    ['AAAA where there is no A', absent('nodata'), found([six]), '2001:db8::1', ['A', 'AAAA']],
    ['none where there is neither', absent('nodata'), absent('nodata'), 'none', ['A', 'AAAA']],
    [
      'none where the name is not there, asked once',
      absent('nxdomain'),
      found([six]),
      'none',
      ['A'],
    ],
    ['unknown where A fails: no AAAA instead', failed, found([six]), 'failed', ['A']],
    ['unknown where AAAA fails', absent('nodata'), failed, 'failed', ['A', 'AAAA']],
    [
      'nothing else of the answer',
      found([{ type: 'TXT', strings: [] }, four]),
      failed,
      '192.0.2.1',
      ['A'],
    ],
    ['both kinds of one answer', found([four, six]), failed, '192.0.2.1 2001:db8::1', ['A']],
  ];
  for (const [why, A, AAAA, expected, types] of table)
    it(why, () => {
      const { result, asked } = ran(resolveAddresses(host), { A, AAAA });
      expect(result.kind === 'found' ? result.addresses.join(' ') : result.kind).toBe(expected);
      expect(asked.map((each) => (each.ask === 'lookup' ? each.type : each.ask))).toEqual(types);
    });

  it('tell how sure the first and the last link are, and where they end', () => {
    const aliases = [alias('mx.example.nl', 'a.nl', 'secure'), alias('a.nl', 'b.nl', 'insecure')];
    const answer = found([four], { aliases, security: 'insecure' });
    expect(ran(resolveAddresses(host), { A: answer }).result).toMatchObject({
      ...{ security: 'insecure', firstSecurity: 'secure', expanded: nameOf('b.nl') },
    });
    expect(ran(resolveAddresses(host), { A: found([four]) }).result).toMatchObject({
      ...{ security: 'secure', firstSecurity: 'secure', expanded: host },
    });
  });
});

describe('a channel', () => {
  const open = { kind: 'open', session: 7, greeting: '220' };
  const ehlo = { starttls: true, lines: [] };
  const tls = { kind: 'tls', chain: [], leadsToTrustedRoot: false };

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
    const again = ran(openInTheClear(host, '192.0.2.1'), { connect: open, ehlo });
    expect(again.result).toBe(7);
    expect(again.asked).toEqual([
      { ask: 'connect', host, address: '192.0.2.1' },
      { ask: 'ehlo', session: 7 },
    ]);
    const refused = { kind: 'failed', why: 'refused' };
    const none = ran(openInTheClear(host, '192.0.2.1'), { connect: refused, ehlo });
    expect(none.result).toBeUndefined();
    expect(none.passed).toEqual(['smtp.host-unreachable']);
    expect(none.asked).toHaveLength(1);
  });
});
