/** The rule tables of matching a chain against TLSA, on certificates that are only names. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { usableOf } from '../../../src/core/dane/usable.ts';
import { matchDane, type DaneMatch } from '../../../src/core/dane/match.ts';
import { daneMatchRules } from '../../../src/core/dane/rules.ts';
import type { Tlsa } from '../../../src/core/dane/tlsa.ts';
import { equalOctets } from '../../../src/core/dns/octets.ts';
import type { Certificate } from '../../../src/core/pkix/certificate.ts';
import type { ChainFacts } from '../../../src/core/pkix/path.ts';

interface Table {
  readonly rule: string;
  readonly cases: readonly {
    readonly why: string;
    readonly given: { readonly tlsa: readonly string[]; readonly chain: readonly string[] };
  }[];
}

const tables = globSync('tests/vectors/dane/*.yaml')
  .sort()
  .map((file) => parse(readFileSync(file, 'utf8')) as Table)
  .filter(({ rule }) => rule in daneMatchRules);

const octets = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const element = (tag: number, ...parts: readonly Uint8Array[]): Uint8Array => {
  const content = parts.flatMap((part) => [...part]);
  return Uint8Array.of(tag, content.length, ...content);
};
const sequence = (...parts: readonly Uint8Array[]) => element(0x30, ...parts);

/** Octets with the outer shape of a key and of a certificate, holding a name and nothing else. */
const keyShape = (name: string) => sequence(sequence(), element(0x03, octets(name)));
const certificateShape = (name: string) =>
  sequence(
    sequence(
      element(0x02, Uint8Array.of(1)),
      ...Array.from({ length: 4 }, () => sequence()),
      keyShape(name),
    ),
    sequence(),
    element(0x03, octets(name)),
  );

const now = 50;
const certificate = (
  subject: string,
  issuer: string,
  rest: Partial<Certificate> = {},
): Certificate => ({
  der: certificateShape(subject),
  spki: keyShape(subject),
  subject,
  issuer,
  dnsNames: ['mx.example.nl'],
  isCa: issuer === 'root',
  mayServeTls: true,
  notBeforeSeconds: 0,
  notAfterSeconds: 100,
  ...rest,
});
const certificates = [
  certificate('root', 'root'),
  certificate('authority', 'root'),
  certificate('forger', 'root'),
  certificate('leaf', 'authority'),
  certificate('stranger', 'authority', { dnsNames: ['other.example'] }),
  certificate('wild-above', 'authority', { dnsNames: ['*.nl'] }),
  certificate('common-name-only-beside', 'authority', {
    dnsNames: ['other.example'],
    commonName: 'mx.example.nl',
  }),
  certificate('expired', 'authority', { notAfterSeconds: now - 1 }),
  certificate('early', 'authority', { notBeforeSeconds: now + 1 }),
  certificate('common-name-only', 'authority', { dnsNames: [], commonName: 'mx.example.nl' }),
  certificate('self', 'self'),
  // Issuers of their own, of which two have expired: one right below the root, one a step lower.
  certificate('old-authority', 'root', { notAfterSeconds: now - 1 }),
  certificate('under-old', 'old-authority'),
  certificate('below', 'authority', { isCa: true }),
  certificate('deep', 'below'),
  certificate('old-below', 'authority', { isCa: true, notAfterSeconds: now - 1 }),
  certificate('old-deep', 'old-below'),
  certificate('old-root', 'old-root', { isCa: true, notAfterSeconds: now - 1 }),
  certificate('below-old-root', 'old-root', { isCa: true }),
  certificate('deep-below-old-root', 'below-old-root'),
];
/** Issuers that are not what they say: the name of one without its key, the key without the name. */
const issuersApart = [
  certificate('authority', 'root', {
    der: certificateShape('namesake'),
    spki: keyShape('namesake'),
  }),
  certificate('renamed', 'root', { spki: keyShape('authority') }),
];
const known = new Map([
  ...certificates.map((each) => [each.subject, each] as const),
  ...['namesake', 'renamed'].map((name, index) => [name, issuersApart[index]!] as const),
]);
/** Each time it is sent a certificate is read anew: equal octets, another object. */
const sent = (name: string): Certificate => ({ ...known.get(name)! });

/** As good as a digest where nobody attacks it: different octets, different result. */
function digest(matchingType: 1 | 2, data: Uint8Array): Uint8Array {
  const mixed = new Uint8Array(matchingType === 1 ? 32 : 64);
  for (const [index, octet] of data.entries()) {
    const at = index % mixed.length;
    mixed[at] = ((mixed[at] ?? 0) * 31 + octet + index) % 256;
  }
  return mixed;
}

/** `3 1 1 leaf`: of the certificate `leaf`; `3 0 1 leaf-key`: of its key where a certificate belongs. */
function recordOf(text: string): Tlsa {
  const [usage = '', selector = '', matchingType = '', name = ''] = text.split(' ');
  const isKey = selector === '1' || name.endsWith('-key');
  const subject = name.replace(/-key$/, '');
  const { der, spki } = known.get(subject)!;
  const data = isKey ? spki : der;
  const type = Number(matchingType);
  const association = type === 1 || type === 2 ? digest(type, data) : data;
  return { usage: Number(usage), selector: Number(selector), matchingType: type, association };
}

/** The issuer that a certificate names did sign it; nobody else signed anything. */
const facts: ChainFacts = {
  digest,
  isSignedBy: ({ issuer }, spki) => equalOctets(spki, keyShape(issuer)),
  readCertificate: (der) => certificates.find((each) => equalOctets(each.der, der)),
};

function ruleOf(match: DaneMatch | undefined): string {
  if (match === undefined) return 'no-usable-records';
  if (match.kind === 'authenticated')
    return match.name === undefined ? 'dane.leaf-matches' : 'dane.anchor-matches';
  if (match.fault === 'no-match') return 'dane.nothing-matches';
  if (match.fault === 'name') return 'dane.name-not-in-certificate';
  const isDate = match.fault === 'expired' || match.fault === 'not-yet-valid';
  return isDate ? 'dane.certificate-expired' : match.fault;
}

/** `place`: of the record named, among those given, usable or not. */
function matched(tlsa: readonly string[], chain: readonly string[]) {
  const records = tlsa.map(recordOf);
  const usable = usableOf(records);
  if (usable === undefined) return undefined;
  const referenceNames = ['mx.example.nl'];
  const presented = { tlsa: usable, chain: chain.map(sent), referenceNames, nowSeconds: now };
  const match = matchDane(presented, facts);
  return { ...match, place: match.record && records.indexOf(match.record) };
}

describe('rules of matching TLSA', () => {
  it('have a table each', () => {
    expect(tables.map(({ rule }) => rule).sort()).toEqual(Object.keys(daneMatchRules).sort());
  });
  for (const { rule, cases } of tables)
    for (const { why, given } of cases)
      it(`${rule} › ${why}`, () => {
        expect(ruleOf(matched(given.tlsa, given.chain))).toBe(rule);
      });
});

/** records · chain · what is told beside the verdict */
type Told = Readonly<Record<string, unknown>>;
const told: readonly (readonly [string, readonly string[], string, Told])[] = [
  [
    'the record of the key before that of the certificate',
    ['3 1 1 leaf', '3 0 1 leaf'],
    'leaf',
    { place: 0, depth: 0, notes: [] },
  ],
  [
    'the record of the key, in whatever order they stand',
    ['3 0 1 leaf', '3 1 1 leaf'],
    'leaf',
    { place: 1 },
  ],
  [
    'the digest before the whole key',
    ['3 1 1 leaf', '3 1 0 leaf', '3 1 0 stranger'],
    'leaf',
    { place: 0 },
  ],
  ['of two equal records the last', ['3 1 1 leaf', '3 1 1 leaf'], 'leaf', { place: 1 }],
  [
    'the place of a record among those that are not usable too',
    ['1 1 1 leaf', '3 1 1 leaf'],
    'leaf',
    { place: 1 },
  ],
  [
    'that a weaker digest was ignored',
    ['3 1 1 leaf', '3 1 2 leaf'],
    'leaf',
    { place: 1, notes: ['weaker-digest-ignored'] },
  ],
  [
    'that it was ignored although it would have matched',
    ['3 1 1 leaf', '3 1 2 stranger'],
    'leaf',
    { kind: 'not-authenticated', fault: 'no-match', notes: ['weaker-digest-ignored'] },
  ],
  [
    'a whole key beside a digest, and it counts',
    ['3 1 0 leaf', '3 1 2 stranger'],
    'leaf',
    { place: 0, notes: ['kind-without-match'] },
  ],
  [
    'a digest of the other selector, and both count',
    ['2 0 1 authority', '2 1 2 stranger'],
    'leaf authority',
    { place: 0, depth: 1, name: 'mx.example.nl', notes: ['kind-without-match'] },
  ],
  [
    'a digest of the other usage, and both count',
    ['3 1 1 leaf', '2 1 2 stranger'],
    'leaf authority',
    { place: 0, depth: 0, notes: ['kind-without-match'] },
  ],
  [
    'a kind of record that fits nothing sent, beside one that fits',
    ['3 1 1 leaf', '3 0 2 stranger'],
    'leaf authority',
    { place: 0, notes: ['kind-without-match'] },
  ],
  [
    'a whole key of an issuer that signed nothing sent, beside one that fits',
    ['3 1 1 leaf', '2 1 0 stranger'],
    'leaf authority',
    { place: 0, notes: ['kind-without-match'] },
  ],
  [
    'a whole key of the other usage, although it is of an issuer that signed',
    ['3 1 1 leaf', '3 1 0 authority'],
    'leaf authority',
    { place: 0, notes: ['kind-without-match'] },
  ],
  [
    'nothing of a whole key whose issuer was not sent: it signed what was',
    ['3 1 1 leaf', '2 1 0 authority'],
    'leaf',
    { place: 0, notes: [] },
  ],
  [
    'nothing of a next key, which is of the same kind',
    ['3 1 1 leaf', '3 1 1 stranger', '2 0 1 authority'],
    'leaf authority',
    { place: 0, notes: [] },
  ],
  [
    'an issuer that is named and was not sent',
    ['2 1 1 root', '2 0 1 root'],
    'leaf authority',
    { fault: 'no-match', notes: ['anchor-not-sent'] },
  ],
  [
    'nothing of the kind where the issuer was sent and the chain does not lead there',
    ['2 0 1 forger'],
    'leaf authority forger',
    { fault: 'no-match', notes: [] },
  ],
  [
    'an issuer whose bare key fits and whose certificate was not sent',
    ['2 1 0 root'],
    'leaf authority',
    { kind: 'authenticated', notes: ['key-without-certificate'] },
  ],
  [
    'nothing of the kind where the certificate was sent',
    ['2 1 0 root'],
    'leaf authority root',
    { kind: 'authenticated', notes: [] },
  ],
  [
    'a chain in another order, doubled, with a stranger between',
    ['2 0 1 root'],
    'leaf root stranger authority root leaf',
    { kind: 'authenticated', depth: 2, notes: [] },
  ],
  ['how far up the anchor is', ['2 0 1 root'], 'leaf authority root', { place: 0, depth: 2 }],
  ['how far up its key in DNS begins', ['2 1 0 root'], 'deep below authority', { depth: 2 }],
  [
    'a name that stands in no DNS name but is the common name',
    ['2 0 1 authority'],
    'common-name-only authority',
    { kind: 'authenticated', name: 'mx.example.nl' },
  ],
  [
    'which record would have matched but for the name',
    ['3 1 1 leaf', '2 0 1 authority'],
    'stranger authority',
    { fault: 'name', place: 1 },
  ],
  [
    'no record where none would have matched',
    ['3 1 1 stranger'],
    'leaf',
    { fault: 'no-match', place: undefined },
  ],
  ['that nothing was sent', ['3 1 1 leaf'], '', { fault: 'no-match' }],
  [
    'a leaf that is named as an issuer',
    ['2 0 1 authority', '2 0 1 leaf'],
    'leaf authority',
    { kind: 'authenticated', notes: ['leaf-as-own-anchor'] },
  ],
  [
    'a leaf that signed itself, sent twice',
    ['2 0 1 self'],
    'self self',
    { fault: 'no-match', notes: ['leaf-as-own-anchor'] },
  ],
  [
    'a leaf that signed itself, whole in DNS',
    ['2 0 0 self'],
    'self',
    { fault: 'no-match', notes: ['leaf-as-own-anchor'] },
  ],
  [
    'a key in DNS that signed nothing here',
    ['2 1 0 forger'],
    'leaf authority',
    { fault: 'no-match' },
  ],
  [
    'an issuer by name that did not sign',
    ['2 0 1 namesake'],
    'leaf namesake',
    { fault: 'signature', place: 0 },
  ],
  [
    'a key that did sign, under another name',
    ['2 0 1 renamed'],
    'leaf renamed',
    { fault: 'no-match' },
  ],
  [
    'an anchor out of date, whose own dates do not count',
    ['2 0 1 old-authority'],
    'under-old old-authority',
    { kind: 'authenticated', depth: 1, notes: ['anchor-out-of-date'] },
  ],
  [
    'an anchor out of date that signed itself, whose dates do count, however far up',
    ['2 0 1 old-root'],
    'deep-below-old-root below-old-root old-root',
    { fault: 'expired', place: 0 },
  ],
  [
    'an issuer out of date below a key in DNS, where they do',
    ['2 1 0 root'],
    'under-old old-authority',
    { fault: 'expired' },
  ],
  [
    'an issuer out of date below the anchor, where they do',
    ['2 0 1 authority'],
    'old-deep old-below authority',
    { fault: 'expired', notes: [] },
  ],
];

describe('a match of TLSA tells', () => {
  for (const [why, tlsa, chain, expected] of told)
    it(why, () => {
      const names = chain === '' ? [] : chain.split(' ');
      const match = matched(tlsa, names);
      const found = Object.keys(expected).map((key) => [key, match?.[key as keyof typeof match]]);
      expect(Object.fromEntries(found)).toEqual(expected);
    });
});
