/**
 * Deliveries at their edges, in a world of one host that is only answers: several addresses, names
 * that count under usage 2, lists and levels that decide whether there must be TLS. Whole situations
 * stand in the rule tables.
 */
import { describe, expect, it } from 'vitest';
import { nameOf } from '../../../src/core/dns/name.ts';
import { isUsableMatchList } from '../../../src/core/mta-sts/loose-reading.ts';
import type { Certificate } from '../../../src/core/pkix/certificate.ts';
import type { ChainFacts } from '../../../src/core/pkix/path.ts';
import { deliver } from '../../../src/core/sender/deliver.ts';
import type { DepartureId } from '../../../src/core/sender/departures.ts';
import { emptyMemory, type Protection, type Sender } from '../../../src/core/sender/sender.ts';
import { byText } from '../../../src/core/sts-2016/switches.ts';
import { certificateOf, ran, type Answers } from '../../world.ts';

const domain = nameOf('example.nl');
const host = nameOf('mx.example.nl');
const now = 50;
const octets = (length: number) => new Uint8Array(length);
const authority = certificateOf({
  ...{ der: octets(1), spki: octets(1), subject: 'authority', issuer: 'root' },
  ...{ dnsNames: [], isCa: true },
});
const leafFor = (...dnsNames: readonly string[]): Certificate =>
  certificateOf({
    ...{ der: octets(2), spki: octets(2), subject: 'leaf', issuer: 'authority', dnsNames },
  });
/** The "digest" of octets is their number, so the records below are of usage 2 and of `authority`. */
const facts: ChainFacts = {
  digest: (_, of) => new Uint8Array(32).fill(of.length),
  isSignedBy: ({ issuer }) => issuer === 'authority',
  readCertificate: () => undefined,
};

/** One host, that offers TLS with a certificate for nobody, and takes the message. */
const world: Answers = {
  ...{ now, MX: [`10 ${host}`], A: ['192.0.2.1'], ehlo: { starttls: true, lines: [] } },
  connect: { kind: 'open', session: 1, greeting: '220' },
  ...shows([leafFor('x.nl')]),
  deliver: { kind: 'accepted', line: '250' },
};
function shows(chain: readonly Certificate[], leadsToTrustedRoot = true): Answers {
  return { starttls: { kind: 'tls', line: '220', chain, leadsToTrustedRoot, facts } };
}
const tlsa: Answers = { TLSA: [`2 0 1 ${'01'.repeat(32)}`] };
const insecureMx: Answers = { MX: { unsigned: [`10 ${host}`] } };
const refused = { kind: 'failed', why: 'refused' } as const;

interface More {
  readonly attempt?: number;
  readonly daneList?: readonly string[];
  /** The names in the policy that is in memory. */
  readonly listed?: readonly string[];
}

function delivered(
  protection: Protection,
  departures: readonly DepartureId[],
  change: Answers,
  { attempt = 1, daneList, listed }: More = {},
) {
  const sender: Sender = {
    ...{ protection, departures: new Set(departures), draft2016: byText, policyGraceSeconds: 0 },
    daneList: new Set(daneList),
  };
  const policy = { mode: 'enforce', maxAgeSeconds: 1000, mx: listed ?? [] } as const;
  const cached = { policy, id: 'a', fetchedSeconds: 0, checkedSeconds: 0 };
  const mtaSts = new Map(listed === undefined ? [] : [[domain, { cached }]]);
  const envelope = { domain, attempt, queueLifetimeOver: false };
  const memory = { ...emptyMemory, mtaSts };
  const { result, passed, asked } = ran(deliver(sender, envelope, memory), { ...world, ...change });
  const { action } = result;
  const how = action.kind === 'delivered' ? action.channel : `${action.kind}: ${action.reason}`;
  return { how, action, passed, asked };
}

describe('of several addresses', () => {
  const A = ['192.0.2.1', '192.0.2.2', '192.0.2.3'];
  const down = (...addresses: readonly string[]): Answers => ({
    A,
    connect: ({ address }) => (addresses.includes(address) ? refused : world.connect),
  });
  it('the first that takes the message is the last that is tried: it is delivered once', () => {
    const { action, asked } = delivered('opportunistic', [], { A });
    expect(action).toMatchObject({ kind: 'delivered', address: '192.0.2.1' });
    expect(asked.filter(({ ask }) => ask === 'deliver')).toHaveLength(1);
  });
  it('those that are down are passed over', () => {
    const { action } = delivered('opportunistic', [], down('192.0.2.1', '192.0.2.2'));
    expect(action).toMatchObject({ address: '192.0.2.3' });
  });
  it('where all are down, it waits', () => {
    expect(delivered('opportunistic', [], down(...A)).how).toBe('deferred: no-connection');
  });
});

describe('without TLS', () => {
  const stripped: Answers = { ehlo: { starttls: false, lines: [] } };
  const broken: Answers = { starttls: { kind: 'failed', why: 'handshake', line: '220' } };
  const refusesAgain = (): Answers => {
    let connections = 0;
    return { ...broken, connect: () => (connections++ > 0 ? refused : world.connect) };
  };
  const notOffered = 'deferred: tls-not-offered';
  const noHandshake = 'deferred: handshake-failed';
  const table: readonly (readonly [string, Protection, Answers, string])[] = [
    ['opportunistic goes on in the clear', 'opportunistic', stripped, 'plaintext'],
    ['"encrypt" waits', 'encrypt', stripped, notOffered],
    ['"secure" waits', 'secure', stripped, notOffered],
    ['DANE without records goes on', 'dane', stripped, 'plaintext'],
    ['DANE with records waits', 'dane', { ...stripped, ...tlsa }, notOffered],
    ['opportunistic goes on after a broken handshake', 'opportunistic', broken, 'plaintext'],
    ['"secure" waits after a broken handshake', 'secure', broken, noHandshake],
    [
      'it waits where none takes it then',
      'opportunistic',
      refusesAgain(),
      'deferred: no-connection',
    ],
  ];
  for (const [why, protection, change, expected] of table)
    it(why, () => {
      expect(delivered(protection, [], change).how).toBe(expected);
    });

  it('some wait once before they go on in the clear', () => {
    const waits: readonly DepartureId[] = ['waits-before-cleartext'];
    expect(delivered('opportunistic', waits, broken).how).toBe('deferred: handshake-failed');
    expect(delivered('opportunistic', waits, broken, { attempt: 2 }).how).toBe('plaintext');
  });
});

describe('the level "secure"', () => {
  const not = 'deferred: not-authenticated';
  const expired = { ...leafFor('example.nl'), notAfterSeconds: now - 1 };
  const table: readonly (readonly [string, Answers, string])[] = [
    ['takes the domain', shows([leafFor('example.nl')]), 'authenticated'],
    ['takes a name under it, in any case', shows([leafFor('MX.Example.NL')]), 'authenticated'],
    ['takes one of several names', shows([leafFor('x.nl', 'example.nl')]), 'authenticated'],
    ['takes no name that only ends alike', shows([leafFor('notexample.nl')]), not],
    ['takes no other name', shows([leafFor('example.org')]), not],
    ['takes nothing where nothing is shown', shows([]), not],
    ['takes no issuer that nobody knows', shows([leafFor('example.nl')], false), not],
    ['takes nothing out of date', shows([expired]), not],
  ];
  for (const [why, change, expected] of table)
    it(why, () => {
      expect(delivered('secure', [], change).how).toBe(expected);
    });
});

describe('under usage 2', () => {
  const named = (name: string) => ({ ...tlsa, ...shows([leafFor(name), authority]) });
  const here = named('mx.example.nl');
  const hop = named('example.nl');
  const hereInsecure = { ...here, ...insecureMx };
  const hopInsecure = { ...hop, ...insecureMx };
  const despite: DepartureId = 'dane-despite-insecure-mx';
  const both: readonly DepartureId[] = [despite, 'next-hop-name-despite-insecure-mx'];
  const without: readonly DepartureId[] = ['next-hop-name-not-accepted'];
  const not = 'deferred: not-authenticated';
  const table: readonly (readonly [string, readonly DepartureId[], Answers, string, boolean])[] = [
    ['the name of the host counts', [], here, 'authenticated', false],
    ['the domain counts, where its MX record is proved', [], hop, 'authenticated', false],
    ['another name does not', [], named('x.nl'), not, false],
    ['the domain does not where its MX record is not', [despite], hopInsecure, not, false],
    ['the host then counts, and proves no domain', [despite], hereInsecure, 'encrypted', false],
    ['the domain counts for some even then', both, hopInsecure, 'encrypted', true],
    ['the host too, which is no departure', both, hereInsecure, 'encrypted', false],
    ['the domain does not count for others', without, hop, not, true],
    ['the host does for them, which is no departure', without, here, 'authenticated', false],
  ];
  for (const [why, departures, change, expected, isDeparture] of table)
    it(why, () => {
      const { how, passed } = delivered('dane', departures, change);
      expect(how).toBe(expected);
      expect(passed.some((each) => each.startsWith('next-hop-name'))).toBe(isDeparture);
      // Judged it was, whether or not it proves the domain.
      expect(passed).not.toContain('smtp.certificate-not-judged');
    });
});

describe('lookups that fail', () => {
  const mx = 'smtp.mx-lookup-failed';
  const address = 'smtp.address-lookup-failed';
  const ofDane = 'dane.address-lookup-failed';
  const counted = 'sender.failure-counted';
  const table: readonly (readonly [string, Protection, Answers, readonly string[]])[] = [
    ['of MX concern DANE', 'dane', { MX: 'servfail' }, [mx, 'dane.mx-lookup-failed']],
    ['of MX concern nobody else', 'mta-sts', { MX: 'servfail' }, [mx]],
    ['of an address concern DANE', 'dane', { A: 'servfail' }, [address, ofDane]],
    ['of an address, forged, are counted', 'dane', { A: 'bogus' }, [address, ofDane, counted]],
    ['of an address concern nobody else', 'mta-sts', { A: 'bogus' }, [address]],
  ];
  for (const [why, protection, change, expected] of table)
    it(why, () => {
      const { passed, how } = delivered(protection, [], change);
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

describe('an alias that is signed to a host that is not', () => {
  const elsewhere = nameOf('mx.example.org');
  const A = { alias: elsewhere, then: { unsigned: ['192.0.2.1'] } };
  const asksAt = (departures: readonly DepartureId[]) =>
    delivered('dane', departures, { A }).asked.flatMap((each) =>
      each.ask === 'lookup' && each.type === 'TLSA' ? [each.name] : [],
    );
  it('has TLSA records looked for at the alias alone, and by some senders nowhere', () => {
    expect(asksAt([])).toEqual([`_25._tcp.${host}`]);
    expect(asksAt(['insecure-alias-ends-dane'])).toEqual([]);
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
  const listed = ['mx.example.nl'];
  const seen = (change: Answers) =>
    delivered('dane-and-mta-sts', over, { ...tlsa, ...change }, { listed }).passed.includes(
      'mta-sts-overrides-dane',
    );
  it('leaves a mark only where DANE would have had a say', () => {
    expect(seen({})).toBe(true);
    expect(seen(insecureMx)).toBe(false);
    expect(seen({ A: { unsigned: ['192.0.2.1'] } })).toBe(false);
  });
});

describe('a policy that becomes a setting', () => {
  const compared: readonly DepartureId[] = [
    'certificate-compared-with-policy',
    'mx-name-not-compared',
  ];
  it('stops mail where it cannot be one', () => {
    const { how, passed } = delivered('mta-sts', compared, {}, { listed: ['mx example.nl'] });
    expect(how).toBe('deferred: configuration');
    expect(passed).toContain('policy-read-loosely');
    expect(delivered('mta-sts', [], {}, { listed: ['mx example.nl'] }).how).toBe(
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
