/**
 * Trust anchors from text: DS or DNSKEY records in presentation form (RFC 1035 §5.1), as `STS_DANE_ANCHORS`,
 * `--anchor` and `content/anchors.json` hold them. Class and time to live may be missing; `;` begins a comment.
 */
import { hexToOctets } from '../../core/grammar/octets.ts';
import { base64Octets } from '../files/base64.ts';
import { concatOctets } from '../../core/dns/octets.ts';
import type { TrustAnchor } from '../../core/dnssec/policy.ts';
import { isZoneKey } from '../../core/dnssec/signature.ts';
import { parseName } from '../../core/dns/name.ts';
import { decodeRdata } from '../../core/dns/rdata.ts';
import { recordHead, zoneEntries } from '../../core/grammar/zone-lines.ts';
import type { Parsed, ParseProblem } from '../../core/parsed.ts';

export type AnchorProblem =
  | 'no-anchor'
  | 'not-a-record'
  | 'no-name'
  | 'bad-name'
  /** A class other than IN, or a word that is none of TTL, class and type. */
  | 'bad-head'
  | 'bad-data'
  | 'bad-digest'
  | 'revoked'
  | 'not-a-zone-key'
  | 'too-long';

/** Of one record: the key of RSA with 4096 bits takes 700. */
export const anchorCharactersMost = 4000;

const hexOctets = (hex: string): Uint8Array | undefined =>
  /^(?:[0-9a-f]{2})+$/i.test(hex) ? hexToOctets(hex) : undefined;

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

const head = recordHead('(DS|DNSKEY)');

/** Octets of the digests that are known, by type (RFC 4034 §5.1.4, RFC 4509 §2.1, RFC 6605 §2). */
const digestOctets: Readonly<Record<number, number>> = { 1: 20, 2: 32, 4: 48 };

const revokeFlag = 0x0080;

function readAnchor(record: string): TrustAnchor | AnchorProblem {
  const [all = '', owner, typed] = head.exec(record) ?? [];
  if (typed === undefined)
    return /(?:^|\s)(?:DS|DNSKEY)(?!\S)/i.test(record) ? 'bad-head' : 'not-a-record';
  if (owner === undefined) return 'no-name';
  const name = parseName(owner);
  if (!name.ok) return 'bad-name';
  const type = typed.toUpperCase() === 'DS' ? 'DS' : 'DNSKEY';
  const rdata = rdataOf(type, record.slice(all.length).split(/\s+/));
  const fields = rdata && decodeRdata(type, rdata);
  if (rdata === undefined || (fields?.type !== 'DS' && fields?.type !== 'DNSKEY'))
    return 'bad-data';
  if (fields.type === 'DNSKEY') {
    // It would be passed over in every key set, and so lead nowhere (RFC 5011 §2.1).
    if ((fields.flags & revokeFlag) !== 0) return 'revoked';
    if (!isZoneKey(fields)) return 'not-a-zone-key';
  } else if (fields.digest.length !== (digestOctets[fields.digestType] ?? fields.digest.length))
    return 'bad-digest';
  return { name: name.value, rdata, ...fields };
}

/** Errors: `no-anchor` (nothing in it); the others with the record they are in. */
export function parseAnchors(text: string): Parsed<readonly TrustAnchor[], AnchorProblem> {
  const anchors: TrustAnchor[] = [];
  const problems: ParseProblem<AnchorProblem>[] = [];
  for (const { text: entry, start } of zoneEntries(text)) {
    const record = entry
      .slice(0, anchorCharactersMost)
      .replace(/[()\s]+/g, ' ')
      .trim();
    const read = entry.length > anchorCharactersMost ? 'too-long' : readAnchor(record);
    if (typeof read !== 'string') anchors.push(read);
    else problems.push({ code: read, at: { start, end: start + entry.length }, found: record });
  }
  if (problems.length > 0) return { ok: false, problems };
  if (anchors.length === 0)
    return {
      ok: false,
      problems: [{ code: 'no-anchor', at: { start: 0, end: text.length } }],
    };
  return { ok: true, value: anchors, warnings: [] };
}
