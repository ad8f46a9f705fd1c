/** Records as a domain that receives mail has them. Addresses from the documentation ranges only. */
import { createHash } from 'node:crypto';

/** 32 octets in hexadecimal that depend on the label alone: a digest of no certificate at all. */
export const digestOf = (label: string): string => createHash('sha256').update(label).digest('hex');

export const tlsa = (owner: string, fields = '3 1 1', label = owner): string =>
  `_25._tcp.${owner} IN TLSA ${fields} ${digestOf(label)}`;

/** Two MX hosts in the zone, TLSA for both, MTA-STS, TLS-RPT, and names for the harder proofs. */
export const usualMail = (zone: string): readonly string[] => [
  '@ IN A 192.0.2.10',
  '@ IN MX 10 mx1',
  '@ IN MX 20 mx2',
  '@ IN TXT "v=spf1 mx -all"',
  '@ IN CAA 0 issue "ca.example"',
  'mx1 IN A 192.0.2.25',
  'mx1 IN AAAA 2001:db8::25',
  'mx2 IN A 192.0.2.26',
  tlsa('mx1', '3 1 1', `${zone} now`),
  tlsa('mx1', '3 1 1', `${zone} next`),
  tlsa('mx2', '2 1 1', `${zone} anchor`),
  '_mta-sts IN TXT "v=STSv1; id=20261123T000000;"',
  '_smtp._tls IN TXT "v=TLSRPTv1; rua=mailto:tls-reports@example.test"',
  'mta-sts IN CNAME www',
  'www IN A 192.0.2.80',
  'a.b.ent IN TXT "below an empty non-terminal"',
];

/** The least a domain needs to receive mail. */
export const plainMail: readonly string[] = [
  '@ IN MX 10 mx',
  'mx IN A 192.0.2.25',
  'mx IN AAAA 2001:db8::25',
];
