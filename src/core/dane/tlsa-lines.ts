/**
 * TLSA records as administrators paste them: zone lines, what `dig` prints with or without `+short`,
 * or the bare data, one or several, in brackets over several lines or not (RFC 1035 §5.1).
 * Each is read by `parseTlsa`; here only the text around the data is taken off.
 */
import { typeNumbers } from '../dns/type.ts';
import { recordHead, zoneEntries } from '../grammar/zone-lines.ts';
import { parseTlsa, type TlsaResult } from './tlsa.ts';

export interface TlsaLine {
  /** The data of the record as pasted, without owner, TTL, class and type. */
  readonly text: string;
  /** Where it begins: the number of the line, from 1. */
  readonly line: number;
  /** Owner name as written, where the line has one. */
  readonly owner?: string;
  readonly result: TlsaResult;
}

/** More than any mail server publishes; a pasted zone must not keep the page busy. */
export const tlsaLinesMost = 64;

/** What stands before the data is a name and three words; a longer text is not searched for it. */
const headCharactersMost = 1200;
const headOf = (text: string): string => text.slice(0, headCharactersMost);

const head = recordHead('TLSA|TYPE52');
/** Lines of other types, known or behind a class as `dig` prints them, and directives (RFC 1035 §5.1). */
const otherType = recordHead(
  `TYPE\\d+|SRV|PTR|CAA|SPF|HTTPS|SVCB|CDS|CDNSKEY|SSHFP|NAPTR|HINFO|LOC|SMIMEA|OPENPGPKEY|${Object.keys(typeNumbers).join('|')}`,
);
const otherLine = /^\$[A-Z]|\sIN\s+(?:\d[\dsmhdw]*\s+)?(?!TLSA\b|TYPE52\b)[A-Z]/i;
/** `dig +short` prints signatures as data without a type, and aliases as a bare name. */
const shortSignature = /^TLSA[ \t]+\d+[ \t]+\d+[ \t]+\d+[ \t]+\d{14}\b/i;
const bareName = /^[^\s();]+\.$/;

/** A signature, another type, a directive or an alias: no TLSA record, and none that went wrong. */
function isOther(entry: string): boolean {
  const start = headOf(entry);
  if (shortSignature.test(start)) return true;
  if (head.test(start)) return false;
  const isBareName = entry.length <= headCharactersMost && bareName.test(entry);
  return isBareName || otherLine.test(start) || otherType.test(start);
}

/** Reads the records in order; comments, blank lines and other types are passed over. */
export function readTlsaLines(text: string): readonly TlsaLine[] {
  return zoneEntries(text)
    .filter(({ text: each }) => !isOther(each))
    .slice(0, tlsaLinesMost)
    .map(({ text: each, line }) => {
      const [found = '', owner] = head.exec(headOf(each)) ?? [];
      const data = each.slice(found.length);
      return {
        text: data,
        line,
        ...(owner !== undefined && { owner }),
        result: parseTlsa(data),
      };
    });
}

/** The MX host of an owner name like `_25._tcp.mx.example.nl.`; undefined where it is none. */
export const hostOfOwner = (owner: string): string | undefined =>
  /^_\d{1,5}\._tcp\.([^\s]+?)\.?$/i.exec(owner)?.[1]?.toLowerCase();
