/** The verdict on a domain: what counts against DANE is what an attacker can use, and nothing else. */
import { describe, expect, test } from 'vitest';
import { actionsFor } from '../../../src/core/check/actions.ts';
import { inspect } from '../../../src/core/check/inspect.ts';
import { isIncomplete, rowOf } from '../../../src/core/check/list-row.ts';
import { neverAServer } from '../../../src/core/check/never-a-server.ts';
import type { HostStanding } from '../../../src/core/check/host-verdict.ts';
import { verdictOf } from '../../../src/core/check/verdict.ts';
import { nameOf } from '../../../src/core/dns/name.ts';
import { showReport } from '../../../src/view/check/report-view.ts';
import { ran, reportOf, type Answers, type Written } from '../../world.ts';
import { everyReport, withoutHosts } from './every-report.ts';

const digest = 'a'.repeat(64);
const pair = [`3 1 1 ${digest}`, `3 1 1 ${'b'.repeat(64)}`];

/** A domain in good order: one host with DANE, MTA-STS announced, reports asked for. */
const sound: Answers = {
  'example.nl MX': ['10 mx.example.nl'],
  'mx.example.nl A': ['192.0.2.1'],
  '_25._tcp.mx.example.nl TLSA': pair,
  '_mta-sts.example.nl TXT': ['v=STSv1; id=1;'],
  'mta-sts.example.nl A': ['192.0.2.80'],
  '_smtp._tls.example.nl TXT': ['v=TLSRPTv1; rua=mailto:tls@example.nl'],
};
const beside = (exchange: string, answers: Answers = {}): Answers => ({
  ...sound,
  'example.nl MX': ['10 mx.example.nl', `20 ${exchange}`],
  ...answers,
});
/** The report on example.nl, and each name and type that was asked for it. */
function checked(answers: Answers) {
  const { result: report, asked } = ran(inspect(nameOf('example.nl')), { now: 0, ...answers });
  const questions = asked.flatMap((each) => ('name' in each ? [`${each.name} ${each.type}`] : []));
  return { report, questions };
}
const actions = (answers: Answers) =>
  actionsFor(reportOf('example.nl', answers)).map(({ id, host, alias }) =>
    [id, host, alias].filter((each) => each !== undefined).join(' '),
  );

describe('beside a host with DANE', () => {
  test.each<[string, Answers, HostStanding, string, readonly string[]]>([
    [
      'a host that is proved to have no address is no way in',
      beside('gone.example.nl', { 'gone.example.nl A': 'nxdomain' }),
      'address-proved-none',
      'dane-reachable',
      ['give-host-address gone.example.nl'],
    ],
    [
      'one whose missing address is not proved is one: an attacker can make an address up',
      beside('gone.example.org', {
        'gone.example.org A': { unsigned: [] },
        'gone.example.org AAAA': { unsigned: [] },
      }),
      'address-none',
      'dane-some',
      ['give-host-address gone.example.org'],
    ],
    [
      'one without TLSA records is one',
      beside('mx2.example.nl', { 'mx2.example.nl A': ['192.0.2.2'] }),
      'tlsa-absent',
      'dane-some',
      ['publish-tlsa mx2.example.nl'],
    ],
    [
      'one with a bogus address is skipped',
      beside('mx2.example.nl', { 'mx2.example.nl A': 'bogus' }),
      'address-bogus',
      'dane-bogus',
      ['mend-host-signature mx2.example.nl'],
    ],
    [
      'one whose address cannot be looked up leaves the answer open',
      beside('mx2.example.nl', { 'mx2.example.nl A': 'timeout' }),
      'address-failed',
      'dane-failed',
      ['look-up-again mx2.example.nl'],
    ],
    [
      'one whose TLSA lookup fails leaves the answer open',
      beside('mx2.example.nl', {
        'mx2.example.nl A': ['192.0.2.2'],
        '_25._tcp.mx2.example.nl TLSA': 'servfail',
      }),
      'tlsa-failed',
      'dane-failed',
      ['look-up-again mx2.example.nl'],
    ],
    [
      'one with bogus TLSA records is skipped',
      beside('mx2.example.nl', {
        'mx2.example.nl A': ['192.0.2.2'],
        '_25._tcp.mx2.example.nl TLSA': 'bogus',
      }),
      'tlsa-bogus',
      'dane-bogus',
      ['mend-tlsa-signature mx2.example.nl'],
    ],
    ['a null MX is none', beside('.'), 'null-mx-beside', 'dane-reachable', ['null-mx-alone']],
    [
      'localhost is none',
      beside('localhost'),
      'localhost',
      'dane-reachable',
      ['remove-mx localhost'],
    ],
    [
      'a name below localhost is none',
      beside('mail.localhost'),
      'localhost',
      'dane-reachable',
      ['remove-mx mail.localhost'],
    ],
    [
      'a name below invalid is none',
      beside('ms1.msv1.invalid'),
      'invalid-name',
      'dane-reachable',
      ['remove-mx ms1.msv1.invalid'],
    ],
    ['a number is none', beside('0'), 'number', 'dane-reachable', ['replace-mx-address 0']],
    [
      'an address is none',
      beside('192.0.2.9'),
      'number',
      'dane-reachable',
      ['replace-mx-address 192.0.2.9'],
    ],
  ])('%s', (_, answers, standing, whole, expected) => {
    const verdict = verdictOf(reportOf('example.nl', answers));
    expect(verdict.hosts.map((host) => host.standing)).toEqual(['authenticate', standing]);
    expect(verdict.whole).toBe(whole);
    expect(actions(answers)).toEqual(expected);
  });

  test('the same holds for IPv6 only, and where the first kind of address is proved and the other not', () => {
    const half = (AAAA: Written) =>
      verdictOf(
        reportOf(
          'example.nl',
          beside('mx2.example.nl', { 'mx2.example.nl A': [], 'mx2.example.nl AAAA': AAAA }),
        ),
      ).hosts[1]?.standing;
    expect(half({ unsigned: [] })).toBe('address-none');
    expect(half([])).toBe('address-proved-none');
    expect(half(['2001:db8::1'])).toBe('tlsa-absent');
    expect(half('bogus')).toBe('address-bogus');
  });
});

describe('names that can never be a mail server', () => {
  test.each([
    ['.', 'null-mx-beside'],
    ['localhost', 'localhost'],
    ['LOCALHOST.', 'localhost'],
    ['a.b.localhost', 'localhost'],
    ['invalid', 'invalid-name'],
    ['mail.invalid.', 'invalid-name'],
    ['0', 'number'],
    ['10.0.0.1', 'number'],
    ['mail.123', 'number'],
    ['[192.0.2.1]', 'number'],
    ['[ipv6:2001:db8::1]', 'number'],
    ['2001:db8::1', 'number'],
    ['mail.example.nl', undefined],
    ['invalid.example.nl', undefined],
    ['localhost.example.nl', undefined],
    ['123.example.nl', undefined],
    ['notlocalhost', undefined],
    ['xn--p1ai', undefined],
    ['1a', undefined],
    ['a.onion', 'special-name'],
    ['A.ONION.', 'special-name'],
    ['alt', 'special-name'],
    ['mail.a.alt', 'special-name'],
    ['printer.local', 'special-name'],
    ['mail.test', 'special-name'],
    ['mail.example', 'special-name'],
    ['mail.example.com', undefined],
    // Delegated without a signature: an attacker can make an address up.
    ['mail.home.arpa', undefined],
    ['onion.example.nl', undefined],
    ['localtest', undefined],
  ] as const)('%s', (name, expected) => {
    expect(neverAServer(nameOf(name), nameOf('example.nl'))).toBe(expected);
  });

  test('are not looked up', () => {
    const exchanges = [
      ...['10 .', '20 a.localhost', '30 b.invalid', '40 0', '50 192.0.2.9'],
      ...['60 a.onion', '70 b.alt', '80 c.local', '90 d.test', '95 e.example'],
    ];
    const { report, questions } = checked({ 'example.nl MX': exchanges });
    expect(questions).toHaveLength(5);
    expect(questions.filter((each) => !each.includes('example.nl'))).toEqual([]);
    expect(verdictOf(report).whole).toBe('no-server');
  });

  /** Whatever is answered at the end: nothing proved or not, a failure, a signature that is none, an address. */
  const ends: readonly Written[] = [
    ...(['nxdomain', 'bogus', 'indeterminate', 'servfail', 'refused', 'timeout'] as const),
    ...[[], { unsigned: [] }, { unsigned: ['127.0.0.1'] }, ['127.0.0.1']],
  ];
  test.each([
    ['localhost', 'localhost'],
    ['mail.localhost', 'localhost'],
    ['ms1.msv1.invalid', 'invalid-name'],
    ['printer.local', 'special-name'],
    ['192.0.2.9', 'number'],
  ] as const)('at the end of an alias: %s, by the name and not by what is answered', (to, kind) => {
    const aliased = (way: (then: Written) => Written) =>
      ends.map((then) => {
        const answers = beside('mx2.example.nl', {
          'mx2.example.nl A': way(then),
          'mx2.example.nl AAAA': way(then),
        });
        const { whole, hosts } = verdictOf(reportOf('example.nl', answers));
        return [whole, hosts[1]?.standing, hosts[1]?.name, ...actions(answers)].join(' ');
      });
    const action = kind === 'number' ? 'replace-mx-address' : 'remove-mx';
    const nowhere = [`dane-reachable ${kind} ${to} ${action} mx2.example.nl`];
    expect([...new Set(aliased((then) => ({ alias: to, then })))]).toEqual(nowhere);
    const further = (then: Written): Written => ({
      alias: 'mail.example.org',
      then: { alias: to, then },
    });
    expect([...new Set(aliased(further))]).toEqual(nowhere);
    // An alias that is not proved an attacker can replace.
    const unproved = (then: Written): Written => ({ alias: to, isAliasSigned: false, then });
    expect([...new Set(aliased(unproved))]).toEqual([
      `dane-some address-none ${to} remove-mx mx2.example.nl`,
    ]);
  });

  test('at the end of one alias of two: the other is looked up', () => {
    const answers = beside('mx2.example.nl', {
      'mx2.example.nl A': ['192.0.2.2'],
      'mx2.example.nl AAAA': { alias: 'localhost', then: 'bogus' },
    });
    expect(verdictOf(reportOf('example.nl', answers)).hosts[1]?.standing).toBe('tlsa-absent');
  });

  test.each(['0 localhost', '10 localhost', '10 mail.localhost', '10 x.invalid', '10 x.onion'])(
    '%s alone: no mail arrives, and a null MX says so',
    (exchange) => {
      const answers = { 'example.nl MX': [exchange] };
      const { whole, standing, senders } = verdictOf(reportOf('example.nl', answers));
      expect([whole, standing, senders]).toEqual(['no-server', 'no-server', undefined]);
      expect(actions(answers)).toEqual(['say-null-mx']);
    },
  );

  test('a null MX with another preference than 0 is one all the same, with a note', () => {
    const notes = (exchange: string) =>
      verdictOf(reportOf('example.nl', { 'example.nl MX': [exchange] })).notes;
    expect(notes('10 .')).toEqual([{ note: 'null-mx-preference', preference: 10 }]);
    expect(notes('0 .')).toEqual([]);
  });
});

test('a host with a name too long for TLSA records below it has none, and nobody is asked for them', () => {
  const long = ['a'.repeat(63), 'b'.repeat(63), 'c'.repeat(63), 'd'.repeat(50), 'nl'].join('.');
  const { report, questions } = checked({
    ...{ 'example.nl MX': [`10 ${long}`], [`${long} A`]: ['192.0.2.1'] },
  });
  expect(verdictOf(report).hosts[0]?.standing).toBe('tlsa-absent');
  expect(questions.filter((each) => each.endsWith('TLSA'))).toEqual([]);
});

describe('aliases where TLSA records belong', () => {
  const at = '_25._tcp.mx.example.nl';
  const aliased = (alias: string, then: Written, isAliasSigned = true): Answers => ({
    ...sound,
    [`${at} TLSA`]: { alias, isAliasSigned, then },
  });
  test.each<[string, Answers, readonly string[]]>([
    ['into a signed zone is DANE', aliased('tlsa.provider.nl', pair), []],
    [
      'into an unsigned zone: that zone lacks the signature, not the host',
      aliased('tlsa.provider.nl', { unsigned: pair }),
      [`sign-tlsa-alias tlsa.provider.nl ${at}`],
    ],
    [
      'two steps on: the first unsigned name is told',
      aliased('one.provider.nl', {
        alias: 'two.provider.nl',
        isAliasSigned: false,
        then: { unsigned: pair },
      }),
      [`sign-tlsa-alias one.provider.nl ${at}`],
    ],
    [
      'itself unsigned: the name itself is told',
      aliased('tlsa.provider.nl', pair, false),
      [`sign-host-zone ${at}`],
    ],
    [
      'to a name without TLSA records: none can stand beside the alias',
      aliased('mx.example.nl', []),
      [`publish-tlsa-beyond-alias mx.example.nl ${at}`],
    ],
    [
      'to a name that does not exist',
      aliased('gone.example.nl', 'nxdomain'),
      [`mend-tlsa-alias gone.example.nl ${at}`],
    ],
  ])('%s', (_, answers, expected) => {
    expect(actions(answers)).toEqual(expected);
  });

  test('where the address itself is unsigned, the name that lacks the signature is told', () => {
    expect(actions({ ...sound, 'mx.example.nl A': { unsigned: ['192.0.2.1'] } })).toEqual([
      'sign-host-zone mx.example.nl',
    ]);
  });
});

describe('a TXT record', () => {
  const cards = (change: Answers) => {
    const { sts, tlsRpt } = verdictOf(reportOf('example.nl', { ...sound, ...change }));
    return { sts, tlsRpt };
  };
  test.each<[string, string]>([
    ['v=spf1 -all', 'proved-absent'],
    ['v=DMARC1; p=none; rua=mailto:a@example.nl', 'proved-absent'],
    ['', 'proved-absent'],
    ['google-site-verification=abc', 'proved-absent'],
    ['v=STSv1', 'faulty'],
    ['v=STSv1; id=;', 'faulty'],
    ['v=STSv2; id=1;', 'faulty'],
    [' v=STSv1; id=1;', 'faulty'],
    ['V=STSv1; id=1;', 'faulty'],
    ['"v=STSv1; id=1;"', 'faulty'],
    ['id=1; v=STSv1', 'faulty'],
    ['id=20260101;', 'faulty'],
    ['v=STSv1; id=1;', 'found'],
  ])('%s at _mta-sts', (text, standing) => {
    const { sts } = cards({ '_mta-sts.example.nl TXT': [text] });
    expect([sts.standing, sts.hasOtherText]).toEqual([standing, standing === 'proved-absent']);
  });
  test.each<[string, string]>([
    ['v=spf1 -all', 'proved-absent'],
    ['v=DMARC1; p=none; rua=mailto:a@example.nl', 'proved-absent'],
    ['v=TLSRPTv1', 'faulty'],
    ['v=TLSRPT1; rua=mailto:a@example.nl', 'faulty'],
    ['rua=mailto:a@example.nl', 'faulty'],
    ['v=TLSRPTv1; rua=http://example.nl/report', 'no-usable-rua'],
    ['v=TLSRPTv1; rua=mailto:', 'no-usable-rua'],
    ['v=TLSRPTv1; rua=mailto:nobody', 'no-usable-rua'],
    ['v=TLSRPTv1; rua=ftp://example.nl/,http://example.nl/', 'no-usable-rua'],
    ['v=TLSRPTv1; rua=http://example.nl/,mailto:a@example.nl', 'found'],
    ['v=TLSRPTv1; rua=https://example.nl/report', 'found'],
  ])('%s at _smtp._tls', (text, standing) => {
    const { tlsRpt } = cards({ '_smtp._tls.example.nl TXT': [text] });
    expect([tlsRpt.standing, tlsRpt.hasOtherText]).toEqual([
      standing,
      standing === 'proved-absent',
    ]);
  });
  test('that is no record of ours and is not signed leaves an absence that is not proved', () => {
    const { sts } = cards({ '_mta-sts.example.nl TXT': { unsigned: ['v=spf1 -all'] } });
    expect([sts.standing, sts.hasOtherText]).toEqual(['absent', true]);
  });
  test('beside one of ours, other text changes nothing', () => {
    const { sts } = cards({ '_mta-sts.example.nl TXT': ['v=spf1 -all', 'v=STSv1; id=1;'] });
    expect([sts.standing, sts.hasOtherText]).toEqual(['found', false]);
  });
  test('asks for nothing to be mended where nobody published it', () => {
    const wild = ['v=spf1 -all'];
    expect(
      actions({
        ...sound,
        '_mta-sts.example.nl TXT': wild,
        '_smtp._tls.example.nl TXT': wild,
      }),
    ).toEqual(['publish-sts', 'publish-rpt']);
  });
});

describe('MTA-STS that is announced', () => {
  const of = (A: Written, AAAA: Written = []) => {
    const { sts, standing } = verdictOf(
      reportOf('example.nl', {
        ...sound,
        '_25._tcp.mx.example.nl TLSA': [],
        'mta-sts.example.nl A': A,
        'mta-sts.example.nl AAAA': AAAA,
      }),
    );
    return [sts.standing, standing];
  };
  test('without any address for the policy protects nobody', () => {
    expect(of([])).toEqual(['no-policy-host', 'neither']);
    expect(of('nxdomain', 'nxdomain')).toEqual(['no-policy-host', 'neither']);
    expect(of({ alias: 'gone.example.org', then: 'nxdomain' })).toEqual([
      'no-policy-host',
      'neither',
    ]);
  });
  test.each([[['127.0.0.1']], ['nxdomain' as const], ['servfail' as const]])(
    'at an alias of "localhost" protects nobody, whatever is answered there: %j',
    (then) => {
      const alias = { alias: 'localhost', then };
      expect(of(alias, alias)).toEqual(['no-policy-host', 'neither']);
      const found = {
        ...sound,
        'mta-sts.example.nl A': alias,
        'mta-sts.example.nl AAAA': alias,
      };
      expect(actions(found)).toEqual(['give-policy-host mta-sts.example.nl']);
    },
  );
  test('is taken as announced where one address is there, or could not be looked up', () => {
    expect(of(['192.0.2.80'])).toEqual(['found', 'sts-only']);
    expect(of([], ['2001:db8::80'])).toEqual(['found', 'sts-only']);
    expect(of('servfail')).toEqual(['found', 'sts-only']);
  });
});

test('wrong signatures and failed lookups are two findings on every card', () => {
  const cardsOf = (why: 'bogus' | 'servfail') => {
    const { dane, sts, tlsRpt, dnssec } = verdictOf(
      reportOf('example.nl', {
        'example.nl MX': why,
        '_mta-sts.example.nl TXT': why,
        '_smtp._tls.example.nl TXT': why,
      }),
    );
    return [dane, sts, tlsRpt, dnssec].map(({ standing }) => standing);
  };
  expect(cardsOf('bogus')).toEqual(Array.from({ length: 4 }, () => 'bogus'));
  expect(cardsOf('servfail')).toEqual(Array.from({ length: 4 }, () => 'not-looked-up'));
});

test('each name and type is asked once', () => {
  const { questions } = checked(beside('mx2.example.nl', { 'mx2.example.nl A': ['192.0.2.2'] }));
  expect(questions).toHaveLength(11);
  expect(new Set(questions).size).toBe(questions.length);
});

/** What the standard makes of a host, written down apart from the code that is tested. */
const reachableWithout: readonly HostStanding[] = [
  ...(['encrypt', 'tlsa-absent', 'tlsa-insecure', 'address-insecure', 'address-none'] as const),
];
const nowhere: readonly HostStanding[] = [
  ...(['address-proved-none', 'null-mx-beside', 'localhost', 'invalid-name', 'number'] as const),
  'special-name',
];

test('over every pair of hosts, DANE is said exactly where no reachable host lacks it', () => {
  let seen = 0;
  for (const { name, hosts, isMxSigned, report } of everyReport()) {
    const { whole, hosts: judged } = verdictOf(report);
    seen += 1;
    if (isMxSigned)
      expect(
        judged.map(({ standing }) => standing),
        name,
      ).toEqual(hosts);
    else
      expect(
        judged.some((host) => host.standing === 'authenticate'),
        name,
      ).toBe(false);
    const canDeliver = hosts.some((host) => !nowhere.includes(host) && host !== 'address-none');
    const isProved =
      isMxSigned &&
      hosts.includes('authenticate') &&
      hosts.every((host) => host === 'authenticate' || nowhere.includes(host));
    const isOpen =
      isMxSigned &&
      hosts.includes('authenticate') &&
      hosts.some((host) => reachableWithout.includes(host));
    expect(whole === 'dane' || whole === 'dane-reachable', name).toBe(isProved);
    expect(whole === 'dane-some', name).toBe(isOpen);
    expect(whole === 'no-server', name).toBe(!canDeliver);
  }
  expect(seen).toBeGreaterThan(3000);
});

test('where the MX record is not proved, each host is told so, and what a sender meets that asks all the same', () => {
  const report = reportOf('example.nl', {
    ...sound,
    'example.nl MX': { unsigned: ['10 mx.example.nl'] },
  });
  expect(verdictOf(report).hosts).toEqual([
    {
      ...{ host: 'mx.example.nl', name: 'mx.example.nl', standing: 'mx-insecure', tone: 'bad' },
      despiteMx: 'authenticate',
    },
  ]);
});

test('a domain without hosts to judge has the verdict that its MX answer gives', () => {
  for (const [kind, report] of Object.entries(withoutHosts))
    expect(verdictOf(report).whole).toBe(kind);
});

describe('with more mail hosts than are looked at', () => {
  const many = (count: number, of: (index: number) => Answers): Answers => ({
    ...sound,
    'example.nl MX': Array.from(
      { length: count },
      (_, index) => `${index + 1} h${index}.example.nl`,
    ),
    ...Array.from({ length: count }, (_, index) => of(index)).reduce<Answers>(
      (all, each) => ({ ...all, ...each }),
      {},
    ),
  });
  const address = (index: number): Answers => ({ [`h${index}.example.nl A`]: ['198.41.0.4'] });
  const protectedOne = (index: number): Answers => ({
    ...address(index),
    [`_25._tcp.h${index}.example.nl TLSA`]: pair,
  });
  const nowhereOne = (index: number): Answers => ({ [`h${index}.example.nl A`]: [] });
  const encrypted = (index: number): Answers => ({
    ...address(index),
    [`_25._tcp.h${index}.example.nl TLSA`]: [`1 1 1 ${digest}`],
  });
  test.each<[string, number, (index: number) => Answers, string, string, string]>([
    ['all have DANE', 30, protectedOne, 'first-hosts', 'dane-first', 'dane-some'],
    [
      'the first ten have none, the others have it',
      30,
      (index) => (index < 10 ? address(index) : protectedOne(index)),
      ...(['none-of-first', 'dane-none-of-first', 'none-of-first'] as const),
    ],
    [
      'the first ten ask for encryption only',
      30,
      (index) => (index < 10 ? encrypted(index) : protectedOne(index)),
      ...(['none-of-first', 'dane-none-of-first', 'none-of-first'] as const),
    ],
    [
      'the first twelve have no address',
      30,
      (index) => (index < 12 ? nowhereOne(index) : protectedOne(index)),
      ...(['first-nowhere', 'first-nowhere', 'none-of-first'] as const),
    ],
    [
      'of the first ten some have no address, the others DANE',
      11,
      (index) => (index < 5 ? nowhereOne(index) : protectedOne(index)),
      ...(['first-hosts', 'dane-first', 'dane-some'] as const),
    ],
    [
      'of the first ten one has DANE',
      30,
      (index) => (index === 3 ? protectedOne(index) : address(index)),
      ...(['some-hosts', 'dane-some', 'dane-some'] as const),
    ],
    ['exactly ten have none', 10, address, 'none', 'sts-only', 'sts-only'],
    ['exactly ten have no address', 10, nowhereOne, 'no-mail', 'no-server', 'no-server'],
  ])('where %s', (_, count, of, dane, whole, standing) => {
    const verdict = verdictOf(reportOf('example.nl', many(count, of)));
    expect([verdict.dane.standing, verdict.whole, verdict.standing]).toEqual([
      dane,
      whole,
      standing,
    ]);
    // Our bound is our choice, and no lookup that failed.
    expect(isIncomplete(rowOf(reportOf('example.nl', many(count, of))))).toBe(false);
  });

  test('a look-up that failed among the first ten stays one', () => {
    const failing = many(30, (index) =>
      index === 2 ? { 'h2.example.nl A': 'timeout' } : address(index),
    );
    expect(verdictOf(reportOf('example.nl', failing)).whole).toBe('dane-failed');
  });
});

describe('an alias that leads to nothing', () => {
  const gone: Written = { alias: 'gone.example.org', then: 'nxdomain' };
  const empty: Written = {
    alias: 'one.example.org',
    then: { alias: 'two.example.org', then: [] },
  };
  test('of the domain: the name that does not exist is told, and the domain is not said to lack', () => {
    const report = reportOf('example.nl', { 'example.nl MX': gone });
    const { whole, standing, notes } = verdictOf(report);
    expect([whole, standing]).toEqual(['alias-nowhere', 'no-server']);
    expect(notes).toEqual([{ note: 'alias-answer', to: 'gone.example.org' }]);
    expect(actions({ 'example.nl MX': gone })).toEqual([
      'mend-domain-alias gone.example.org example.nl',
    ]);
    expect(actions({ 'example.nl MX': 'nxdomain' })).toEqual([]);
  });
  test('of the domain, without MX: the MX record belongs at the end of the alias', () => {
    const answers = { 'example.nl MX': empty, 'example.nl A': empty, 'example.nl AAAA': empty };
    expect(actions(answers)).toEqual(['publish-mx two.example.org']);
    expect(verdictOf(reportOf('example.nl', answers)).notes).toEqual([
      { note: 'alias-answer', to: 'two.example.org' },
      { note: 'no-server' },
    ]);
  });
  test('of a mail host or the policy host: the name at its end is told, beside the alias', () => {
    for (const [then, end] of [
      [gone, 'gone.example.org'],
      [empty, 'two.example.org'],
    ] as const) {
      const mx: Answers = { ...sound, 'mx.example.nl A': then, 'mx.example.nl AAAA': then };
      const report = reportOf('example.nl', mx);
      expect(report.hosts[0]?.warnings).toContain('alias-without-address');
      expect(actions(mx)).toContain(`give-host-alias-address ${end} mx.example.nl`);
      const policy: Answers = {
        ...sound,
        'mta-sts.example.nl A': then,
        'mta-sts.example.nl AAAA': then,
      };
      expect(actions(policy)).toEqual([`give-policy-host-alias ${end} mta-sts.example.nl`]);
    }
  });
});

describe('an MX record that names no host', () => {
  test.each<[string, string | undefined]>([
    ['*.example.nl', 'not-a-host-name'],
    ['user\\064g', 'not-a-host-name'],
    ['user\\@example.org', 'not-a-host-name'],
    ['10\\032mx.example.nl', 'not-a-host-name'],
    ['_mx.example.nl', 'not-a-host-name'],
    ['-mx.example.nl', 'not-a-host-name'],
    ['mx-.example.nl', 'not-a-host-name'],
    ['\\104\\195\\169.example.nl', 'not-a-host-name'],
    ['192.0.2.1.example.nl', 'address-as-name'],
    ['255.255.255.255.mail.example.nl', 'address-as-name'],
    ['mx.example.nl.example.nl', 'missing-dot'],
    ['mx.provider.nl.example.nl', 'missing-dot'],
    ['256.0.0.1.example.nl', undefined],
    ['1.2.3.example.nl', undefined],
    ['mx.example.org', undefined],
    ['a.b.c.example.nl', undefined],
    ['xn--bcher-kva.example.org', undefined],
  ])('%s: %s', (exchange, expected) => {
    const answers = beside(exchange);
    const host = reportOf('example.nl', answers).hosts[1]!;
    expect(host.warnings).toEqual(expected === undefined ? [] : [expected]);
    // Never "give it an address".
    const name = nameOf(exchange);
    expect(actions(answers)).toEqual([
      expected === undefined ? `give-host-address ${name}` : `replace-mx-address ${name}`,
    ]);
  });

  test('one with an address is only called odd where no host has such a name', () => {
    const warnings = (exchange: string) =>
      reportOf('example.nl', beside(exchange, { [`${exchange} A`]: ['198.41.0.4'] })).hosts[1]
        ?.warnings;
    expect(warnings('*.example.nl')).toEqual(['not-a-host-name']);
    expect(warnings('192.0.2.1.example.nl')).toEqual([]);
  });
});

describe('an address that is not of the internet', () => {
  const notes = (of: Answers) =>
    verdictOf(reportOf('example.nl', { ...sound, 'mx.example.nl A': ['198.41.0.4'], ...of })).notes;
  test.each([
    ['A', '127.0.0.1', 'loopback'],
    ['A', '0.0.0.0', 'this-host'],
    ['A', '10.1.2.3', 'private'],
    ['A', '172.31.0.1', 'private'],
    ['A', '192.168.1.1', 'private'],
    ['A', '169.254.1.1', 'link-local'],
    ['A', '100.127.0.1', 'shared'],
    ['A', '192.0.2.1', 'documentation'],
    ['AAAA', '::1', 'loopback'],
    ['AAAA', '::', 'this-host'],
    ['AAAA', 'fd00::1', 'private'],
    ['AAAA', 'fe80::1', 'link-local'],
    ['AAAA', '2001:db8::1', 'documentation'],
    ['AAAA', '::ffff:c000:201', 'mapped'],
  ])('%s %s has a note, at a mail host and at the host of the policy', (type, address, purpose) => {
    for (const host of ['mx.example.nl', 'mta-sts.example.nl']) {
      const given = { 'mta-sts.example.nl A': ['198.41.0.4'], [`${host} ${type}`]: [address] };
      expect(notes(given)).toEqual([
        { note: 'not-public', purpose, hosts: [host], addresses: [address] },
      ]);
      const report = reportOf('example.nl', {
        ...sound,
        'mx.example.nl A': ['198.41.0.4'],
        ...given,
      });
      expect(rowOf(report).notPublic).toBe(1);
    }
  });
  test('those of one purpose are one note; in a test environment there is none', () => {
    const mx = 'mx.example.nl';
    expect(
      notes({
        'mta-sts.example.nl A': ['10.0.0.2'],
        'mx.example.nl A': ['10.0.0.1', '10.0.0.2', '127.0.0.1'],
      }),
    ).toEqual([
      {
        ...{ note: 'not-public', purpose: 'private', hosts: [mx, 'mta-sts.example.nl'] },
        addresses: ['10.0.0.1', '10.0.0.2'],
      },
      { note: 'not-public', purpose: 'loopback', hosts: [mx], addresses: ['127.0.0.1'] },
    ]);
    const bed = reportOf('a.test', { 'a.test MX': ['10 mx.a.test'], 'mx.a.test A': ['127.0.0.1'] });
    expect(verdictOf(bed).notes).toEqual([]);
  });
});

test('who accepts no mail has nothing to protect: no card says "unknown" or "not protected"', () => {
  for (const kind of ['null-mx', 'no-domain', 'no-server'] as const) {
    const view = showReport(withoutHosts[kind]!);
    const words = view.cards
      .filter(({ id }) => id !== 'dnssec')
      .map(({ toneWord, tone }) => toneWord ?? `lookup.tone.${tone}`);
    expect(words).toEqual(Array.from({ length: 3 }, () => 'lookup.status.not-applicable'));
  }
  expect(showReport(withoutHosts['null-mx']!).cards[0]?.verdict.key).toBe('lookup.dane.null-mx');
});
