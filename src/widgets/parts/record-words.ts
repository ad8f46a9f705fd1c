/** The data of records in presentation form. */
import type { ResourceRecord } from '../../core/dns/record.ts';

/** The octets of TXT strings as characters, one octet one character. */
export const textOf = (strings: readonly Uint8Array[]): string =>
  strings.map((octets) => String.fromCharCode(...octets)).join('');

export const hexOf = (octets: Uint8Array): string =>
  Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('');

/** The data of one record in presentation form. */
export function recordData(record: ResourceRecord): string {
  switch (record.type) {
    case 'A':
    case 'AAAA':
      return 'address' in record ? String(record.address) : '';
    case 'MX':
      return 'exchange' in record ? `${record.preference} ${record.exchange}` : '';
    case 'CNAME':
    case 'DNAME':
    case 'NS':
      return 'target' in record ? record.target : '';
    case 'TXT':
      return 'strings' in record ? `"${textOf(record.strings)}"` : '';
    case 'TLSA':
      return 'usage' in record
        ? `${record.usage} ${record.selector} ${record.matchingType} ${hexOf(record.association)}`
        : '';
    default:
      return record.type;
  }
}
