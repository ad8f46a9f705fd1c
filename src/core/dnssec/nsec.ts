/** NSEC: spans of names in canonical order (RFC 4034 §4, RFC 4035 §5.4). */
import {
  commonAncestor,
  compareNames,
  isSubdomainOf,
  labelsOf,
  type DomainName,
} from '../dns/name.ts';
import { isDelegation, type NsecRecord, type Spans } from './spans.ts';

const isCovered = (record: NsecRecord, name: DomainName): boolean => {
  if (compareNames(record.name, name) >= 0) return false;
  // Names below a delegation or a DNAME are not this zone's to deny (RFC 6840 §4.1, RFC 6672 §5.3.4).
  if (isSubdomainOf(name, record.name) && (isDelegation(record) || record.types.includes('DNAME')))
    return false;
  // The last span of a zone leads back to its apex.
  return compareNames(name, record.next) < 0 || compareNames(record.next, record.name) <= 0;
};

export const nsecSpans = (records: readonly NsecRecord[]): Spans => {
  const covers = (name: DomainName) => records.find((record) => isCovered(record, name));
  return {
    matches: (name) => records.find((record) => record.name === name),
    covers,
    encloserOf: (name) => {
      const cover = covers(name);
      if (cover === undefined) return undefined;
      const before = commonAncestor(name, cover.name);
      const after = commonAncestor(name, cover.next);
      const closest = labelsOf(after).length > labelsOf(before).length ? after : before;
      return { name: closest };
    },
  };
};
