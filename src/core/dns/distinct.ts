/**
 * Removes duplicate records wherever an answer enters. An attacker who relays an answer can repeat a record
 * in it without breaking a signature, since a signature covers each record once. A repeated TXT record would
 * otherwise switch MTA-STS off, and a repeated CNAME lead nowhere.
 */
import { canonicalRdata } from './rdata.ts';
import type { WireRecord } from './record.ts';

/** Where a record stands: its RRset, or for a signature the RRset that it covers. */
const placeOf = (record: WireRecord): string =>
  `${record.name}/${record.type}/${record.type === 'RRSIG' ? record.typeCovered : ''}`;

const distinctIn = (rrset: readonly WireRecord[]): readonly WireRecord[] => {
  const ttlSeconds = Math.min(...rrset.map((record) => record.ttlSeconds));
  const seen = new Set<string>();
  const distinct = rrset.filter(({ type, rdata }) => {
    const data = canonicalRdata(type, rdata).join();
    const isNew = !seen.has(data);
    seen.add(data);
    return isNew;
  });
  return distinct.map((record) =>
    record.ttlSeconds === ttlSeconds ? record : { ...record, ttlSeconds },
  );
};

/**
 * Records with equal owner, type and canonical data are one record: the first that came (RFC 2181 §5,
 * RFC 4034 §6.3). All of a set live as long as the shortest-lived of it (RFC 2181 §5.2).
 */
export function distinctRecords(records: readonly WireRecord[]): readonly WireRecord[] {
  const rrsets = new Map<string, WireRecord[]>();
  for (const record of records) {
    const place = placeOf(record);
    const rrset = rrsets.get(place);
    if (rrset === undefined) rrsets.set(place, [record]);
    else rrset.push(record);
  }
  return [...rrsets.values()].flatMap((rrset) => (rrset.length === 1 ? rrset : distinctIn(rrset)));
}
