/**
 * Trust anchors from text: DS or DNSKEY records in presentation form, one a line, as `STS_DANE_ANCHORS`,
 * `--anchor` and `content/anchors.yaml` hold them. Class and time to live may be missing; `;` begins a comment.
 */
import type { TrustAnchor } from '../../core/dnssec/policy.ts';
import { parseName } from '../../core/dns/name.ts';
import { concatOctets } from '../../core/dns/octets.ts';
import { decodeRdata } from '../../core/dns/rdata.ts';
import type { Parsed, ParseProblem } from '../../core/parsed.ts';

export type AnchorProblem = 'no-anchor' | 'not-a-record' | 'bad-name' | 'bad-data' | 'too-long';

/** Of one line: the key of RSA with 4096 bits takes 700. */
export const anchorCharactersMost = 4000;

const hexOctets = (hex: string): Uint8Array | undefined =>
  /^(?:[0-9a-f]{2})+$/i.test(hex)
    ? Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
    : undefined;

const base64Octets = (text: string): Uint8Array | undefined => {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
};

const isWithin = (value: number, most: number): boolean =>
  Number.isInteger(value) && value >= 0 && value <= most;

/** The RDATA of a DS or DNSKEY record from its fields, or undefined where they are none. */
function rdataOf(type: 'DS' | 'DNSKEY', fields: readonly string[]): Uint8Array | undefined {
  const [first, second, third] = fields.map(Number) as [number, number, number];
  const rest = fields.slice(3).join('');
  const tail = type === 'DS' ? hexOctets(rest) : base64Octets(rest);
  if (!isWithin(first, 65_535) || !isWithin(second, 255) || !isWithin(third, 255)) return undefined;
  if (tail === undefined || tail.length === 0) return undefined;
  return concatOctets([Uint8Array.of(first >> 8, first & 255, second, third), tail]);
}

/** Errors: `no-anchor` (nothing in it); the others with the line they are in. */
export function parseAnchors(text: string): Parsed<readonly TrustAnchor[], AnchorProblem> {
  const anchors: TrustAnchor[] = [];
  const problems: ParseProblem<AnchorProblem>[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    const at = { start, end: start + line.length };
    start = at.end + 1;
    if (line.length > anchorCharactersMost) {
      problems.push({ code: 'too-long', at, found: line.slice(0, anchorCharactersMost) });
      continue;
    }
    const [record = ''] = line.split(';', 1);
    const words = record.replace(/[()]/g, ' ').trim().split(/\s+/);
    if (words[0] === '') continue;
    const typeAt = words.findIndex((word) => /^(?:DS|DNSKEY)$/i.test(word));
    const found = line.trim();
    if (typeAt < 1) {
      problems.push({ code: 'not-a-record', at, found });
      continue;
    }
    const name = parseName(words[0] ?? '');
    const type = words[typeAt]?.toUpperCase() === 'DS' ? 'DS' : 'DNSKEY';
    const rdata = rdataOf(type, words.slice(typeAt + 1));
    const fields = rdata && decodeRdata(type, rdata);
    if (!name.ok) problems.push({ code: 'bad-name', at, found });
    else if (!rdata || (fields?.type !== 'DS' && fields?.type !== 'DNSKEY'))
      problems.push({ code: 'bad-data', at, found });
    else anchors.push({ name: name.value, rdata, ...fields });
  }
  if (problems.length > 0) return { ok: false, problems };
  if (anchors.length === 0)
    return {
      ok: false,
      problems: [{ code: 'no-anchor', at: { start: 0, end: text.length } }],
    };
  return { ok: true, value: anchors, warnings: [] };
}
