/** The rule tables of matching a chain against TLSA, on certificates that are only names. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
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
];
const known = new Map(certificates.map((each) => [each.subject, each]));

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
  const data = isKey ? keyShape(subject) : certificateShape(subject);
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

function ruleOf(match: DaneMatch): string {
  if (match.kind === 'no-usable-records') return match.kind;
  if (match.kind === 'authenticated')
    return match.name === undefined ? 'dane.leaf-matches' : 'dane.anchor-matches';
  if (match.fault === 'no-match') return 'dane.nothing-matches';
  if (match.fault === 'name') return 'dane.name-not-in-certificate';
  const isDate = match.fault === 'expired' || match.fault === 'not-yet-valid';
  return isDate ? 'dane.certificate-expired' : match.fault;
}

describe('rules of matching TLSA', () => {
  it('have a table each', () => {
    expect(tables.map(({ rule }) => rule).sort()).toEqual(Object.keys(daneMatchRules).sort());
  });
  for (const { rule, cases } of tables)
    for (const { why, given } of cases)
      it(`${rule} › ${why}`, () => {
        const chain = given.chain.map((name) => known.get(name)!);
        const tlsa = given.tlsa.map(recordOf);
        const referenceNames = ['mx.example.nl'];
        const match = matchDane({ tlsa, chain, referenceNames, nowSeconds: now }, facts);
        expect(ruleOf(match)).toBe(rule);
      });
});
