/**
 * What spans prove, and what they do not, one span away from each other (RFC 4035 §5.4, RFC 5155 §8,
 * RFC 6840 §4). The spans count as signed here; hashes are chosen and not computed, so that a name
 * can be put exactly on the edge of a span.
 */
import { describe, expect, it, test } from 'vitest';
import { nameOf, type DomainName } from '../../../src/core/dns/name.ts';
import { formatBase32Hex } from '../../../src/core/dns/octets.ts';
import type { RrType } from '../../../src/core/dns/record.ts';
import {
  proveAbsence,
  proveExpansion,
  proveNoDs,
  type Claim,
  type SignedDenials,
} from '../../../src/core/dnssec/denial.ts';
import { nsecSpans, type Nsec3Record, type NsecRecord } from '../../../src/core/dnssec/spans.ts';
import { validationPolicy } from '../../../src/core/dnssec/policy.ts';
import type { Lookup } from '../../../src/core/dnssec/session.ts';
import type { Procedure } from '../../../src/core/trace.ts';
import { run } from '../../../src/world/run.ts';

const zone = nameOf('nl');

/** `a.nl z.nl A MX`: owner, next name, types. */
const nsec = (text: string): NsecRecord => {
  const [owner = '', next = '', ...types] = text.split(' ');
  const common = { type: 'NSEC', ttlSeconds: 60, rdata: new Uint8Array() } as const;
  return { ...common, name: nameOf(owner), next: nameOf(next), types: types as RrType[] };
};

const octets = (hex: string) => new Uint8Array(20).fill(Number.parseInt(hex, 16));
/** `10 50 NS SOA`: the first octet of the owner's hash, of the next one, types. */
const nsec3 = (text: string, change: Partial<Nsec3Record> = {}): Nsec3Record => {
  const [owner = '', next = '', ...types] = text.split(' ');
  return {
    ...{ type: 'NSEC3', ttlSeconds: 60, rdata: new Uint8Array(), hash: 1, flags: 0, iterations: 0 },
    ...{ salt: new Uint8Array(), name: nameOf(`${formatBase32Hex(octets(owner))}.nl`) },
    ...{ nextHash: formatBase32Hex(octets(next)), types: types as RrType[], ...change },
  };
};

const denialsOf = (more: Partial<SignedDenials>): SignedDenials => ({
  ...{ zone, nsec: [], nsec3: [], signatures: [], failure: undefined, ...more },
});

/** Hashes by name; what is not named there is `ff`. */
type Hashes = Readonly<Record<string, string>>;
const textOf = (data: Uint8Array): string => {
  const labels: string[] = [];
  for (let at = 0; data[at] !== 0; at += 1 + data[at]!)
    labels.push(String.fromCharCode(...data.subarray(at + 1, at + 1 + data[at]!)));
  return labels.join('.');
};
function ran<Result>(
  prove: (lookup: Lookup) => Procedure<Result>,
  hashes: Hashes = {},
  used = 0,
): Result {
  const lookup = { policy: validationPolicy, work: { hashes: used } } as Partial<Lookup> as Lookup;
  return run(prove(lookup), {
    answer(question) {
      if (question.ask !== 'digest') throw new Error(`asked for ${question.ask}`);
      return { answer: octets(hashes[textOf(question.data)] ?? 'ff') };
    },
  }).result;
}

interface Told {
  readonly kind: string;
  readonly denial?: string;
  readonly reason?: string;
  readonly isOptOut?: boolean;
}
const told = ({ kind, denial, reason, isOptOut }: Told): string => {
  const what = denial ?? reason?.replace('dnssec.', '') ?? kind;
  return isOptOut === true ? `${what}, opted out` : what;
};
const absence = (
  denials: SignedDenials,
  name: string,
  type: string,
  claim: Claim,
  hashes?: Hashes,
) =>
  told(ran((lookup) => proveAbsence(lookup, denials, nameOf(name), type as RrType, claim), hashes));

const insufficient = 'denial-insufficient';
const apex = 'nl a.nl NS SOA MX';

describe('an absence by NSEC', () => {
  const table: readonly (readonly [string, readonly string[], string, string, Claim, string])[] = [
    ['name and wildcard lie in spans', [apex, 'a.nl z.nl A'], 'm.nl', 'A', 'nxdomain', 'nxdomain'],
    ['the wildcard lies in none', ['a.nl z.nl A'], 'm.nl', 'A', 'nxdomain', insufficient],
    ['the name lies in none', [apex], 'm.nl', 'A', 'nxdomain', insufficient],
    [
      'the name stands before the span',
      [apex, 'n.nl z.nl A'],
      'm.nl',
      'A',
      'nxdomain',
      insufficient,
    ],
    [
      'the name is the end of the span',
      [apex, 'a.nl m.nl A'],
      'm.nl',
      'A',
      'nxdomain',
      insufficient,
    ],
    ['the last span leads back', [apex, 'a.nl nl A'], 'm.nl', 'A', 'nxdomain', 'nxdomain'],
    ['the zone has one name', ['nl nl NS SOA'], 'm.nl', 'A', 'nxdomain', 'nxdomain'],
    [
      'a span stands at a delegation above',
      [apex, 'a.nl z.nl NS'],
      'x.a.nl',
      'A',
      'nxdomain',
      insufficient,
    ],
    [
      'a span stands at a DNAME above',
      [apex, 'a.nl z.nl DNAME'],
      'x.a.nl',
      'A',
      'nxdomain',
      insufficient,
    ],
    ['a span stands at data above', [apex, 'a.nl z.nl A'], 'x.a.nl', 'A', 'nxdomain', 'nxdomain'],
    ['the end of the span is nearer', ['a.nl c.b.nl A'], 'b.b.nl', 'A', 'nxdomain', 'nxdomain'],
    ['names stand below', [apex, 'a.nl x.m.nl A'], 'm.nl', 'A', 'nodata', 'nodata'],
    [
      'names stand below, and it was denied',
      [apex, 'a.nl x.m.nl A'],
      'm.nl',
      'A',
      'nxdomain',
      'nodata',
    ],
    [
      'names stand below the wildcard',
      ['nl a.*.nl NS SOA', 'a.*.nl z.nl A'],
      'm.nl',
      'A',
      'nodata',
      'nodata',
    ],
    ['the wildcard has it', ['*.nl a.nl A', 'a.nl z.nl A'], 'm.nl', 'A', 'nxdomain', insufficient],
    ['the wildcard has it not', ['*.nl a.nl A', 'a.nl z.nl A'], 'm.nl', 'MX', 'nodata', 'nodata'],
    [
      'the wildcard is an alias',
      ['*.nl a.nl CNAME', 'a.nl z.nl A'],
      'm.nl',
      'MX',
      'nodata',
      insufficient,
    ],
    ['the name has it', ['m.nl z.nl A'], 'm.nl', 'A', 'nodata', insufficient],
    ['the name has it not', ['m.nl z.nl A'], 'm.nl', 'MX', 'nodata', 'nodata'],
    ['the name is an alias', ['m.nl z.nl CNAME'], 'm.nl', 'MX', 'nodata', insufficient],
    ['the name is a delegation', ['m.nl z.nl NS'], 'm.nl', 'MX', 'nodata', insufficient],
    [
      'of everything, and there is something',
      ['m.nl z.nl A'],
      'm.nl',
      'TYPE255',
      'nodata',
      insufficient,
    ],
    ['of everything, and there is nothing', ['m.nl z.nl'], 'm.nl', 'TYPE255', 'nodata', 'nodata'],
    ['of DS at a delegation', ['m.nl z.nl NS'], 'm.nl', 'DS', 'nodata', 'nodata'],
    ['of DS that stands there', ['m.nl z.nl NS DS'], 'm.nl', 'DS', 'nodata', insufficient],
    ['of DS, told by the child', ['m.nl z.nl NS SOA'], 'm.nl', 'DS', 'nodata', insufficient],
    ['of DS at the root, which has no parent', ['. z NS SOA'], '.', 'DS', 'nodata', 'nodata'],
    ['more is proved than was claimed', [apex, 'a.nl z.nl A'], 'm.nl', 'A', 'nodata', insufficient],
    ['nothing in particular was claimed', [apex, 'a.nl z.nl A'], 'm.nl', 'A', 'either', 'nxdomain'],
    ['there is no span', [], 'm.nl', 'A', 'nxdomain', 'denial-missing'],
  ];
  for (const [why, spans, name, type, claim, expected] of table)
    it(`${why}: ${name} ${type}, claimed ${claim} → ${expected}`, () => {
      expect(absence(denialsOf({ nsec: spans.map(nsec) }), name, type, claim)).toBe(expected);
    });

  test('is none where one of the spans did not hold', () => {
    const spans = [apex, 'a.nl z.nl A'].map(nsec);
    const denials = denialsOf({ nsec: spans, failure: 'dnssec.signature-invalid' });
    expect(absence(denials, 'm.nl', 'A', 'nxdomain')).toBe('signature-invalid');
  });

  test('a span covers neither of its ends', () => {
    const spans = nsecSpans([nsec('a.nl m.nl A')]);
    expect(
      ['a.nl', 'b.nl', 'm.nl'].map((name) => spans.covers(nameOf(name)) !== undefined),
    ).toEqual([false, true, false]);
  });
});

describe('an absence by NSEC3', () => {
  const hashes: Hashes = { nl: '10', 'm.nl': '40', '*.nl': '80', 'x.m.nl': '60', '*.m.nl': '90' };
  const [one, two] = ['10 50 NS SOA', '50 10 A'];
  const table: readonly (readonly [
    string,
    readonly Nsec3Record[],
    string,
    string,
    Claim,
    string,
  ])[] = [
    [
      'name and wildcard lie in spans',
      [nsec3(one), nsec3(two)],
      'm.nl',
      'A',
      'nxdomain',
      'nxdomain',
    ],
    ['the wildcard lies in none', [nsec3(one)], 'm.nl', 'A', 'nxdomain', insufficient],
    [
      'the name lies in none',
      [nsec3('10 20 NS SOA'), nsec3(two)],
      'm.nl',
      'A',
      'nxdomain',
      insufficient,
    ],
    [
      'nothing above it is shown',
      [nsec3('30 50 A'), nsec3(two)],
      'm.nl',
      'A',
      'nxdomain',
      insufficient,
    ],
    [
      'what is above it is a delegation',
      [nsec3('10 50 NS'), nsec3(two)],
      'm.nl',
      'A',
      'nxdomain',
      insufficient,
    ],
    [
      'what is above it is a DNAME',
      [nsec3('10 50 NS SOA DNAME'), nsec3(two)],
      'm.nl',
      'A',
      'nxdomain',
      insufficient,
    ],
    [
      'the nearest above it counts',
      [nsec3('40 50 A'), nsec3('50 10 A')],
      'x.m.nl',
      'A',
      'nxdomain',
      'nxdomain',
    ],
    [
      'more is claimed than that it has it not',
      [nsec3('40 50 A')],
      'm.nl',
      'MX',
      'nxdomain',
      insufficient,
    ],
    ['the name has it not', [nsec3('40 50 A')], 'm.nl', 'MX', 'nodata', 'nodata'],
    [
      'an unknown hash',
      [nsec3(one, { hash: 2 }), nsec3(two, { hash: 2 })],
      'm.nl',
      'A',
      'nxdomain',
      insufficient,
    ],
    [
      'an unknown flag',
      [nsec3(one, { flags: 2 }), nsec3(two, { flags: 2 })],
      'm.nl',
      'A',
      'nxdomain',
      insufficient,
    ],
    [
      'an unknown hash in one',
      [nsec3(one), nsec3(two, { hash: 2 })],
      'm.nl',
      'A',
      'nxdomain',
      insufficient,
    ],
    [
      'an unknown flag in one',
      [nsec3(one), nsec3(two, { flags: 2 })],
      'm.nl',
      'A',
      'nxdomain',
      insufficient,
    ],
    [
      'one of another zone',
      [nsec3(one), nsec3(two, { name: nameOf(`${formatBase32Hex(octets('50'))}.sub.nl`) })],
      ...(['m.nl', 'A', 'nxdomain', insufficient] as const),
    ],
    [
      'another salt in one',
      [nsec3(one), nsec3(two, { salt: Uint8Array.of(1) })],
      'm.nl',
      'A',
      'nxdomain',
      insufficient,
    ],
    [
      'other rounds in one',
      [nsec3(one), nsec3(two, { iterations: 1 })],
      'm.nl',
      'A',
      'nxdomain',
      insufficient,
    ],
    [
      'too many rounds',
      [nsec3(one, { iterations: 5000 })],
      'm.nl',
      'A',
      'nxdomain',
      'iterations-too-high',
    ],
    [
      'too many rounds in one',
      [nsec3('40 50 A', { iterations: 5000 }), nsec3('40 50 A')],
      'm.nl',
      'MX',
      'nodata',
      'nodata',
    ],
    [
      'an opted-out span',
      [nsec3(one, { flags: 1 }), nsec3(two)],
      'm.nl',
      'A',
      'nxdomain',
      'nxdomain, opted out',
    ],
    [
      'an opted-out span, a type claimed',
      [nsec3(one, { flags: 1 }), nsec3(two)],
      'm.nl',
      'A',
      'nodata',
      'nodata, opted out',
    ],
    [
      'an opted-out span without the wildcard',
      [nsec3(one, { flags: 1 })],
      'm.nl',
      'A',
      'nxdomain',
      insufficient,
    ],
    [
      'the same, a type claimed',
      [nsec3(one, { flags: 1 })],
      'm.nl',
      'A',
      'nodata',
      'nodata, opted out',
    ],
    ['the same, where nothing is opted out', [nsec3(one)], 'm.nl', 'A', 'nodata', insufficient],
  ];
  for (const [why, spans, name, type, claim, expected] of table)
    it(`${why}: ${name} ${type}, claimed ${claim} → ${expected}`, () => {
      expect(absence(denialsOf({ nsec3: spans }), name, type, claim, hashes)).toBe(expected);
    });

  test('is not worked out for ever', () => {
    const denials = denialsOf({ nsec3: [nsec3(one), nsec3(two)] });
    const prove = (lookup: Lookup) =>
      proveAbsence(lookup, denials, nameOf('m.nl'), 'A', 'nxdomain');
    // Two names and one wildcard are hashed.
    const most = validationPolicy.limits.hashes;
    expect(told(ran(prove, hashes, most - 3))).toBe('nxdomain');
    expect(told(ran(prove, hashes, most - 2))).toBe('limit-reached');
  });
});

describe('a hash', () => {
  test.each([
    ['10 50', '40', true],
    ['10 50', '10', false],
    ['10 50', '50', false],
    ['10 50', '05', false],
    ['10 50', '60', false],
    ['50 10', '60', true],
    ['50 10', '05', true],
    ['50 10', '50', false],
    ['50 10', '10', false],
    ['50 10', '30', false],
    ['10 10', '30', true],
    ['10 10', '05', true],
    ['10 10', '10', false],
  ])('in the span %s: %s lies in it: %s', (span, hash, expected) => {
    const denials = denialsOf({ nsec3: [nsec3(`${span} A`)] });
    const prove = (lookup: Lookup) =>
      proveExpansion(lookup, denials, nameOf('m.nl'), nameOf('*.nl'));
    expect(told(ran(prove, { 'm.nl': hash, nl: 'ee' }))).toBe(
      expected ? 'nxdomain' : 'wildcard-unproved',
    );
  });
});

describe('a wildcard', () => {
  test.each([
    ['nothing stands nearer', ['a.nl z.nl A'], 'm.nl', 'nxdomain'],
    ['nothing stands nearer, two labels down', ['a.nl z.nl A'], 'x.m.nl', 'nxdomain'],
    ['only the name itself is denied', ['m.nl z.nl A'], 'x.m.nl', 'wildcard-unproved'],
    ['names stand below the one next to it', ['a.nl x.m.nl A'], 'm.nl', 'wildcard-unproved'],
    ['nothing is shown', ['n.nl z.nl A'], 'm.nl', 'wildcard-unproved'],
    ['there is no span', [], 'm.nl', 'denial-missing'],
  ])('may answer where %s', (_, spans, name, expected) => {
    const denials = denialsOf({ nsec: spans.map(nsec) });
    const prove = (lookup: Lookup) => proveExpansion(lookup, denials, nameOf(name), nameOf('*.nl'));
    expect(told(ran(prove))).toBe(expected);
  });
});

describe('a name without DS', () => {
  const noDs = (denials: SignedDenials, name: DomainName, hashes?: Hashes) =>
    told(ran((lookup) => proveNoDs(lookup, denials, name), hashes));
  test.each([
    ['an unsigned delegation', ['m.nl z.nl NS'], 'unsigned'],
    ['no delegation', ['m.nl z.nl A'], 'no-cut'],
    ['a delegation with DS, which was kept back', ['m.nl z.nl NS DS'], 'delegation-unproved'],
    ['the child that speaks for itself', ['m.nl z.nl NS SOA'], 'delegation-unproved'],
    ['no name', ['a.nl z.nl A'], 'no-cut'],
    ['not shown', ['n.nl z.nl A'], 'delegation-unproved'],
    ['without any span', [], 'denial-missing'],
  ])('is %s', (_, spans, expected) => {
    expect(noDs(denialsOf({ nsec: spans.map(nsec) }), nameOf('m.nl'))).toBe(expected);
  });
  test.each([
    ['opted out', 1, 'opted-out'],
    ['no name', 0, 'no-cut'],
  ])('in a span of hashes is %s', (_, flags, expected) => {
    const denials = denialsOf({ nsec3: [nsec3('10 50 NS SOA', { flags })] });
    expect(noDs(denials, nameOf('m.nl'), { nl: '10', 'm.nl': '40' })).toBe(expected);
  });
});
