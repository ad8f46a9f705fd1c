/**
 * Deliveries at their edges, in a world of one host that is only answers: several addresses, names
 * that count under usage 2, lists and levels that decide whether there must be TLS. Whole situations
 * stand in the rule tables.
 */
import { describe, expect, it } from 'vitest';
import type { Ask } from '../../../src/core/ask.ts';
import { nameOf } from '../../../src/core/dns/name.ts';
import { isUsableMatchList } from '../../../src/core/mta-sts/loose-reading.ts';
import type { Certificate } from '../../../src/core/pkix/certificate.ts';
import { deliver } from '../../../src/core/sender/deliver.ts';
import type { DepartureId } from '../../../src/core/sender/departures.ts';
import { emptyMemory, type Protection, type Sender } from '../../../src/core/sender/sender.ts';
import { byText } from '../../../src/core/sts-2016/switches.ts';
import { run } from '../../../src/world/run.ts';

const domain = nameOf('example.nl');
const host = nameOf('mx.example.nl');
const now = 50;
const authority: Certificate = {
  ...{ der: new Uint8Array(1), spki: new Uint8Array(1), subject: 'authority', issuer: 'root' },
  ...{ dnsNames: [], isCa: true, mayServeTls: true, notBeforeSeconds: 0, notAfterSeconds: 100 },
};
const leafFor = (...dnsNames: readonly string[]): Certificate => ({
  ...{ ...authority, der: new Uint8Array(2), spki: new Uint8Array(2) },
  ...{ subject: 'leaf', issuer: 'authority', dnsNames, isCa: false },
});
/** Usage 2 of `authority`: the "digest" of octets is their number. */
const tlsa = { type: 'TLSA', usage: 2, selector: 0, matchingType: 1, association: digestOf(1) };
function digestOf(length: number): Uint8Array {
  return new Uint8Array(32).fill(length);
}

interface Around {
  readonly mx?: 'secure' | 'insecure' | 'failed';
  readonly address?: 'secure' | 'insecure' | 'failed' | 'bogus';
  readonly addresses?: readonly string[];
  readonly tlsa?: boolean;
  readonly starttls?: boolean;
  readonly handshake?: 'failed';
  /** Addresses that take no connection; `again`: none after the first. */
  readonly down?: readonly string[];
  readonly refusesAgain?: boolean;
  readonly chain?: readonly Certificate[];
  readonly leadsToTrustedRoot?: boolean;
}

function delivered(
  protection: Protection,
  departures: readonly DepartureId[],
  around: Around,
  more: {
    readonly attempt?: number;
    readonly daneList?: readonly string[];
    readonly mx?: readonly string[];
  } = {},
) {
  const sender: Sender = {
    ...{ protection, departures: new Set(departures), draft2016: byText, policyGraceSeconds: 0 },
    daneList: new Set(more.daneList),
  };
  const { addresses = ['192.0.2.1'] } = around;
  let connections = 0;
  const record = (each: object) => ({ name: host, ttlSeconds: 60, ...each });
  const found = (security: string | undefined, ...records: readonly object[]) => ({
    ...{ kind: 'found', aliases: [], security: security ?? 'secure', records: records.map(record) },
  });
  const answer = (question: Ask): unknown => {
    switch (question.ask) {
      case 'now':
        return now;
      case 'lookup':
        if (question.type === 'MX')
          return around.mx === 'failed'
            ? { kind: 'failed', why: 'servfail' }
            : found(around.mx, { type: 'MX', preference: 10, exchange: host });
        if (question.type === 'A')
          return around.address === 'failed' || around.address === 'bogus'
            ? { kind: 'failed', why: around.address === 'bogus' ? 'bogus' : 'servfail' }
            : found(around.address, ...addresses.map((address) => ({ type: 'A', address })));
        if (question.type === 'TLSA' && around.tlsa === true) return found('secure', tlsa);
        return { kind: 'absent', denial: 'nxdomain', security: 'secure', aliases: [] };
      case 'connect':
        connections += 1;
        return around.down?.includes(question.address) === true ||
          (around.refusesAgain === true && connections > 1)
          ? { kind: 'failed', why: 'refused' }
          : { kind: 'open', session: connections, greeting: '220' };
      case 'ehlo':
        return { starttls: around.starttls ?? true, lines: [] };
      case 'starttls':
        return around.handshake === 'failed'
          ? { kind: 'failed', why: 'handshake', line: '220' }
          : {
              ...{ kind: 'tls', line: '220', chain: around.chain ?? [leafFor('x.nl')] },
              leadsToTrustedRoot: around.leadsToTrustedRoot ?? true,
              facts: {
                digest: (_: number, octets: Uint8Array) => digestOf(octets.length),
                isSignedBy: ({ issuer }: Certificate) => issuer === 'authority',
                readCertificate: () => undefined,
              },
            };
      case 'deliver':
        return { kind: 'accepted', line: '250' };
      default:
        throw new Error(`asked for ${question.ask}`);
    }
  };
  const policy = { mode: 'enforce', maxAgeSeconds: 1000, mx: more.mx ?? [] } as const;
  const cached = { policy, id: 'a', fetchedSeconds: 0, checkedSeconds: 0 };
  const memory =
    more.mx === undefined
      ? emptyMemory
      : { ...emptyMemory, mtaSts: new Map([[domain, { cached }]]) };
  const envelope = { domain, attempt: more.attempt ?? 1, queueLifetimeOver: false };
  const { result, events } = run(deliver(sender, envelope, memory), {
    answer: (question) => ({ answer: answer(question) }),
  });
  const passed = events.flatMap((event) => {
    if (event.kind === 'asked') return [];
    const departure = event.evidence?.['departure'];
    return [typeof departure === 'string' ? departure : event.rule];
  });
  const asked = events.flatMap((event) => (event.kind === 'asked' ? [event.ask] : []));
  const { action } = result;
  const how = action.kind === 'delivered' ? action.channel : `${action.kind}: ${action.reason}`;
  return { how, action, passed, asked };
}

describe('of several addresses', () => {
  const addresses = ['192.0.2.1', '192.0.2.2', '192.0.2.3'];
  it('the first that takes the message is the last that is tried: it is delivered once', () => {
    const { action, asked } = delivered('opportunistic', [], { addresses });
    expect(action).toMatchObject({ kind: 'delivered', address: '192.0.2.1' });
    expect(asked.filter(({ ask }) => ask === 'deliver')).toHaveLength(1);
  });
  it('those that are down are passed over', () => {
    const around = { addresses, down: addresses.slice(0, 2) };
    expect(delivered('opportunistic', [], around).action).toMatchObject({ address: '192.0.2.3' });
  });
  it('where all are down, it waits', () => {
    const { how } = delivered('opportunistic', [], { addresses, down: addresses });
    expect(how).toBe('deferred: no-connection');
  });
});

describe('without TLS', () => {
  const stripped = { starttls: false };
  const broken = { handshake: 'failed' } as const;
  const table: readonly (readonly [string, Protection, Around, string])[] = [
    ['opportunistic goes on in the clear', 'opportunistic', stripped, 'plaintext'],
    ['"encrypt" waits', 'encrypt', stripped, 'deferred: tls-not-offered'],
    ['"secure" waits', 'secure', stripped, 'deferred: tls-not-offered'],
    ['DANE without records goes on', 'dane', stripped, 'plaintext'],
    ['DANE with records waits', 'dane', { ...stripped, tlsa: true }, 'deferred: tls-not-offered'],
    ['opportunistic goes on after a broken handshake', 'opportunistic', broken, 'plaintext'],
    ['"secure" waits after a broken handshake', 'secure', broken, 'deferred: handshake-failed'],
    [
      'it waits where the second connection is refused',
      'opportunistic',
      { ...broken, refusesAgain: true },
      'deferred: no-connection',
    ],
  ];
  for (const [why, protection, around, expected] of table)
    it(why, () => {
      expect(delivered(protection, [], around).how).toBe(expected);
    });

  it('some wait once before they go on in the clear', () => {
    const waits: readonly DepartureId[] = ['waits-before-cleartext'];
    expect(delivered('opportunistic', waits, broken).how).toBe('deferred: handshake-failed');
    expect(delivered('opportunistic', waits, broken, { attempt: 2 }).how).toBe('plaintext');
  });
});

describe('the level "secure"', () => {
  const table: readonly (readonly [string, Around, string])[] = [
    ['takes the domain', { chain: [leafFor('example.nl')] }, 'authenticated'],
    ['takes a name under it, in any case', { chain: [leafFor('MX.Example.NL')] }, 'authenticated'],
    ['takes one of several names', { chain: [leafFor('x.nl', 'example.nl')] }, 'authenticated'],
    [
      'takes no name that only ends alike',
      { chain: [leafFor('notexample.nl')] },
      'deferred: not-authenticated',
    ],
    ['takes no other name', { chain: [leafFor('example.org')] }, 'deferred: not-authenticated'],
    ['takes nothing where nothing is shown', { chain: [] }, 'deferred: not-authenticated'],
    [
      'takes no issuer that nobody knows',
      { chain: [leafFor('example.nl')], leadsToTrustedRoot: false },
      'deferred: not-authenticated',
    ],
    [
      'takes nothing out of date',
      { chain: [{ ...leafFor('example.nl'), notAfterSeconds: now - 1 }] },
      'deferred: not-authenticated',
    ],
  ];
  for (const [why, around, expected] of table)
    it(why, () => {
      expect(delivered('secure', [], around).how).toBe(expected);
    });
});

describe('under usage 2', () => {
  const here = { tlsa: true, chain: [leafFor('mx.example.nl'), authority] };
  const hop = { tlsa: true, chain: [leafFor('example.nl'), authority] };
  const insecure = { mx: 'insecure' } as const;
  const despite: DepartureId = 'dane-despite-insecure-mx';
  const both: readonly DepartureId[] = [despite, 'next-hop-name-despite-insecure-mx'];
  const not: readonly DepartureId[] = ['next-hop-name-not-accepted'];
  const table: readonly (readonly [string, readonly DepartureId[], Around, string, boolean])[] = [
    ['the name of the host counts', [], here, 'authenticated', false],
    ['the domain counts, where its MX record is proved', [], hop, 'authenticated', false],
    [
      'another name does not',
      [],
      { ...hop, chain: [leafFor('x.nl'), authority] },
      'deferred: not-authenticated',
      false,
    ],
    [
      'the domain does not count where its MX record is not',
      [despite],
      { ...hop, ...insecure },
      'deferred: not-authenticated',
      false,
    ],
    [
      'the host then counts, and proves no domain',
      [despite],
      { ...here, ...insecure },
      'encrypted',
      false,
    ],
    ['the domain counts for some even then', both, { ...hop, ...insecure }, 'encrypted', true],
    ['the host too, which is no departure', both, { ...here, ...insecure }, 'encrypted', false],
    ['the domain does not count for others', not, hop, 'deferred: not-authenticated', true],
    ['the host does for them, which is no departure', not, here, 'authenticated', false],
  ];
  for (const [why, departures, around, expected, isDeparture] of table)
    it(why, () => {
      const { how, passed } = delivered('dane', departures, around);
      expect(how).toBe(expected);
      expect(passed.some((each) => each.startsWith('next-hop-name'))).toBe(isDeparture);
      // Judged it was, whether or not it proves the domain.
      expect(passed).not.toContain('smtp.certificate-not-judged');
    });
});

describe('lookups that fail', () => {
  const table: readonly (readonly [string, Protection, Around, readonly string[]])[] = [
    [
      'of MX concern DANE',
      'dane',
      { mx: 'failed' },
      ['smtp.mx-lookup-failed', 'dane.mx-lookup-failed'],
    ],
    ['of MX concern nobody else', 'mta-sts', { mx: 'failed' }, ['smtp.mx-lookup-failed']],
    [
      'of an address concern DANE',
      'dane',
      { address: 'failed' },
      ['smtp.address-lookup-failed', 'dane.address-lookup-failed'],
    ],
    [
      'of an address, forged, are counted',
      'dane',
      { address: 'bogus' },
      ['smtp.address-lookup-failed', 'dane.address-lookup-failed', 'sender.failure-counted'],
    ],
    [
      'of an address concern nobody else',
      'mta-sts',
      { address: 'bogus' },
      ['smtp.address-lookup-failed'],
    ],
  ];
  for (const [why, protection, around, expected] of table)
    it(why, () => {
      const { passed, how } = delivered(protection, [], around);
      const kinds = ['smtp.', 'dane.', 'sender.failure'];
      expect(
        passed.filter(
          (rule) =>
            kinds.some((kind) => rule.startsWith(kind)) &&
            !rule.endsWith('x-found') &&
            rule !== 'dane.mx-secure',
        ),
      ).toEqual(expected);
      expect(how).toMatch(/^deferred/);
    });
});

describe('a list of domains for DANE', () => {
  const first: readonly DepartureId[] = ['dane-list-first'];
  const usesOf = (departures: readonly DepartureId[], daneList: readonly string[]) => {
    const { asked } = delivered('dane-and-mta-sts', departures, {}, { daneList });
    const types = asked.flatMap((each) => (each.ask === 'lookup' ? [each.type] : []));
    return ['TLSA', 'TXT'].filter((type) => types.some((each) => each === type));
  };
  it('asks of those on it for TLSA alone, of the others for MTA-STS alone', () => {
    expect(usesOf(first, [domain])).toEqual(['TLSA']);
    expect(usesOf(first, [])).toEqual(['TXT']);
  });
  it('means nothing to a sender without one', () => {
    expect(usesOf([], [])).toEqual(['TLSA', 'TXT']);
    expect(usesOf([], [domain])).toEqual(['TLSA', 'TXT']);
  });
});

describe('an enforced policy that switches DANE off', () => {
  const over: readonly DepartureId[] = ['mta-sts-overrides-dane'];
  const seen = (around: Around) =>
    delivered(
      'dane-and-mta-sts',
      over,
      { tlsa: true, ...around },
      { mx: ['mx.example.nl'] },
    ).passed.includes('mta-sts-overrides-dane');
  it('leaves a mark only where DANE would have had a say', () => {
    expect(seen({})).toBe(true);
    expect(seen({ mx: 'insecure' })).toBe(false);
    expect(seen({ address: 'insecure' })).toBe(false);
  });
});

describe('a policy that becomes a setting', () => {
  const compared: readonly DepartureId[] = [
    'certificate-compared-with-policy',
    'mx-name-not-compared',
  ];
  it('stops mail where it cannot be one', () => {
    const { how, passed } = delivered('mta-sts', compared, {}, { mx: ['mx example.nl'] });
    expect(how).toBe('deferred: configuration');
    expect(passed).toContain('policy-read-loosely');
    expect(delivered('mta-sts', [], {}, { mx: ['mx example.nl'] }).how).toBe(
      'deferred: not-in-policy',
    );
  });
  it.each([
    [['mx.example.nl'], true],
    [['', '.example.nl'], true],
    [[], false],
    [[''], false],
    [['a.nl', 'b .nl'], false],
    [['a.nl,b.nl', 'c.nl'], false],
  ])('of %j can be one: %s', (list, expected) => {
    expect(isUsableMatchList(list)).toBe(expected);
  });
});
