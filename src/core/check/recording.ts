/**
 * The answers a report rests on, as plain data that can be kept, sent and read again: names, types,
 * what came back and how it was judged. Not the proofs: who opens a recording takes the word of who
 * made it, and the page says so.
 *
 * Reading is strict and never throws: a recording may come from a link that anyone wrote.
 */
import type { AliasLink, LookupAnswer } from '../ask.ts';
import { distinctRecords } from '../dns/distinct.ts';
import { parseName, type DomainName } from '../dns/name.ts';
import { decodeRdata } from '../dns/rdata.ts';
import type { RrType, WireRecord } from '../dns/record.ts';
import { dnssecRules, type DnssecRule } from '../dnssec/rules.ts';
import type { ValidatedLookup } from '../dnssec/validate.ts';
import { formatBase64Url, parseBase64Url } from '../dns/octets.ts';
import { isMoment, isJsonObject, parseJson } from '../grammar/json.ts';
import { lookupsOf, type Report } from './report.ts';

export interface Recording {
  readonly domain: DomainName;
  /** Seconds since 1970. */
  readonly atSeconds: number;
  readonly lookups: readonly ValidatedLookup[];
  /** A policy that the visitor read or gave. */
  readonly policyText?: string;
}

/** The shape in JSON: arrays, short keys, RDATA as octets in base64. */
type JsonLookup = readonly [
  name: string,
  type: string,
  security: string,
  reason: string,
  answer:
    | readonly ['f', string, (readonly JsonAlias[])?]
    | readonly ['a', string, string, readonly JsonAlias[]]
    | readonly ['r', string, readonly JsonAlias[], readonly JsonRecord[]],
];
type JsonAlias = readonly [from: string, to: string, security: string, ttlSeconds?: number];
type JsonRecord = readonly [name: string, ttlSeconds: number, rdata: string];

const format = 1;
const lookupsMost = 400;
const recordsMost = 500;
const policyCharactersMost = 65_536;

/** The answers that a report rests on, and the policy text where one was read. */
export const recordingOf = (report: Report, policyText?: string): Recording => ({
  domain: report.domain,
  atSeconds: report.checkedAtSeconds,
  lookups: lookupsOf(report),
  ...(policyText === undefined ? {} : { policyText }),
});

const aliasesToJson = (aliases: readonly AliasLink[]): readonly JsonAlias[] =>
  aliases.map(({ from, to, security, ttlSeconds }) =>
    ttlSeconds === undefined ? [from, to, security] : [from, to, security, ttlSeconds],
  );

function answerToJson(answer: LookupAnswer): JsonLookup[4] {
  const aliases = aliasesToJson(answer.aliases ?? []);
  if (answer.kind === 'failed')
    return aliases.length > 0 ? ['f', answer.why, aliases] : ['f', answer.why];
  if (answer.kind === 'absent') return ['a', answer.security, answer.denial, aliases];
  const records = answer.records.flatMap(({ name, ttlSeconds, rdata }): JsonRecord[] =>
    rdata === undefined ? [] : [[name, ttlSeconds, formatBase64Url(rdata)]],
  );
  return ['r', answer.security, aliases, records];
}

/** One JSON text; `parseRecording` reads it back. */
export function formatRecording({ domain, atSeconds, lookups, policyText }: Recording): string {
  const seen = new Map(
    lookups.map((each): [string, JsonLookup] => [
      `${each.name}/${each.type}`,
      [each.name, each.type, each.security, each.reason, answerToJson(each.answer)],
    ]),
  );
  return JSON.stringify({ format, domain, at: atSeconds, l: [...seen.values()], p: policyText });
}

/** Reads what `formatRecording` wrote, strictly; undefined where it is anything else. Never throws. */
export function parseRecording(text: string): Recording | undefined {
  const json = parseJson(text);
  if (!isJsonObject(json) || json['format'] !== format) return undefined;
  const { domain, at, l, p } = json;
  const name = nameIn(domain);
  if (name === undefined || !isMoment(at)) return undefined;
  if (!Array.isArray(l) || l.length > lookupsMost) return undefined;
  const lookups = l.map(lookupIn);
  if (lookups.includes(undefined)) return undefined;
  const hasPolicy = typeof p === 'string' && p.length <= policyCharactersMost;
  return {
    domain: name,
    atSeconds: at,
    lookups: lookups.filter((each) => each !== undefined),
    ...(hasPolicy ? { policyText: p } : {}),
  };
}

const nameIn = (value: unknown): DomainName | undefined => {
  const parsed = typeof value === 'string' ? parseName(value) : undefined;
  return parsed?.ok ? parsed.value : undefined;
};

const oneOf =
  <Word extends string>(...words: readonly Word[]) =>
  (value: unknown): value is Word =>
    words.some((word) => word === value);
const isType = oneOf('MX', 'A', 'AAAA', 'TXT', 'TLSA');
const isProof = oneOf('secure', 'insecure');
const isSecurity = oneOf('secure', 'insecure', 'bogus', 'indeterminate');
const isReason = (value: unknown): value is DnssecRule =>
  typeof value === 'string' && Object.hasOwn(dnssecRules, value);
const isWhy = oneOf(
  ...(['bogus', 'indeterminate', 'servfail', 'timeout', 'malformed'] as const),
  ...(['refused', 'alias-loop'] as const),
);

function lookupIn(value: unknown): ValidatedLookup | undefined {
  if (!Array.isArray(value)) return undefined;
  const [nameText, type, security, reason, answerJson] = value as readonly unknown[];
  const name = nameIn(nameText);
  if (name === undefined || !isType(type) || !isSecurity(security) || !isReason(reason))
    return undefined;
  const answer = answerIn(answerJson, type);
  if (answer === undefined) return undefined;
  return withoutProof({ name, type, security, reason, answer });
}

/** A lookup of which only the answer is known, and how it was judged. */
export const withoutProof = (
  judged: Pick<ValidatedLookup, 'name' | 'type' | 'security' | 'reason' | 'answer'>,
): ValidatedLookup => ({
  ...judged,
  links: [],
  zones: [],
  claimedAuthentic: undefined,
  extendedErrors: [],
  work: { messages: 0, octets: 0, verifications: 0, hashes: 0 },
});

function answerIn(value: unknown, type: RrType): LookupAnswer | undefined {
  if (!Array.isArray(value)) return undefined;
  const [kind, first, second, third] = value as readonly unknown[];
  if (kind === 'f') {
    const aliases = aliasesIn(second ?? []);
    if (!isWhy(first) || aliases === undefined) return undefined;
    return { kind: 'failed', why: first, ...(aliases.length > 0 ? { aliases } : {}) };
  }
  if (!isProof(first)) return undefined;
  if (kind === 'a') {
    const aliases = aliasesIn(third);
    if (aliases === undefined || (second !== 'nxdomain' && second !== 'nodata')) return undefined;
    return { kind: 'absent', security: first, denial: second, aliases };
  }
  const aliases = aliasesIn(second);
  if (kind !== 'r' || aliases === undefined || !Array.isArray(third)) return undefined;
  if (third.length === 0 || third.length > recordsMost) return undefined;
  const records = third.map((each) => recordIn(each, type));
  if (records.includes(undefined)) return undefined;
  return {
    kind: 'found',
    security: first,
    aliases,
    records: distinctRecords(records.filter((each) => each !== undefined)),
  };
}

function aliasesIn(value: unknown): readonly AliasLink[] | undefined {
  if (!Array.isArray(value) || value.length > 16) return undefined;
  const aliases: AliasLink[] = [];
  for (const each of value as readonly unknown[]) {
    const [from, to, security, ttl] = Array.isArray(each) ? (each as readonly unknown[]) : [];
    const [one, other] = [nameIn(from), nameIn(to)];
    if (one === undefined || other === undefined || !isProof(security)) return undefined;
    const isTtl = typeof ttl === 'number' && Number.isInteger(ttl) && ttl >= 0 && ttl < 2 ** 31;
    aliases.push({ from: one, to: other, security, ...(isTtl ? { ttlSeconds: ttl } : {}) });
  }
  return aliases;
}

function recordIn(value: unknown, type: RrType): WireRecord | undefined {
  if (!Array.isArray(value)) return undefined;
  const [nameText, ttlSeconds, rdataText] = value as readonly unknown[];
  const name = nameIn(nameText);
  const rdata = typeof rdataText === 'string' ? parseBase64Url(rdataText) : undefined;
  const fields = rdata && decodeRdata(type, rdata);
  if (name === undefined || fields === undefined || rdata === undefined) return undefined;
  if (typeof ttlSeconds !== 'number' || !(ttlSeconds >= 0 && ttlSeconds <= 0x7fffffff))
    return undefined;
  return { name, ttlSeconds: Math.floor(ttlSeconds), ...fields, rdata };
}
