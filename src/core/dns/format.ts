/** Records in presentation form (RFC 1035 §5.1), for readers: what an administrator knows from a zone file. */
import { octetsToText } from '../grammar/octets.ts';
import { formatHex } from './octets.ts';
import type { ResourceRecord } from './record.ts';

/** A character-string in quotes; of text one character stands for each octet. */
export const quoted = (text: string): string =>
  `"${text.replace(/["\\]|[^ -~]/g, (character) =>
    character === '"' || character === '\\'
      ? `\\${character}`
      : `\\${String(character.charCodeAt(0)).padStart(3, '0')}`,
  )}"`;

/** A name as zone files have it: with the final dot. */
export const formatName = (name: string): string => (name === '.' ? name : `${name}.`);

/** A TLSA record as RFC 6698 §2.2 shows it; `parseTlsa` reads it back unchanged. */
export const formatTlsa = (tlsa: {
  readonly usage: number;
  readonly selector: number;
  readonly matchingType: number;
  readonly association: Uint8Array;
}): string => `${tlsa.usage} ${tlsa.selector} ${tlsa.matchingType} ${formatHex(tlsa.association)}`;

/** The data of a record, without owner, class and type; types the core does not read as RFC 3597 §5 has them. */
export function formatData(record: ResourceRecord): string {
  switch (record.type) {
    case 'A':
    case 'AAAA':
      return record.address;
    case 'MX':
      return `${record.preference} ${formatName(record.exchange)}`;
    case 'CNAME':
    case 'DNAME':
    case 'NS':
      return formatName(record.target);
    case 'TXT':
      return record.strings.map((octets) => quoted(octetsToText(octets))).join(' ');
    case 'TLSA':
      return formatTlsa(record);
    case 'DS':
      return `${record.keyTag} ${record.algorithm} ${record.digestType} ${formatHex(record.digest)}`;
    default: {
      const rdata = record.rdata ?? new Uint8Array();
      return `\\# ${rdata.length} ${formatHex(rdata)}`.trimEnd();
    }
  }
}
