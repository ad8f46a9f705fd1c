/**
 * Whether a certificate is for one of the names we look for (RFC 6125 §6.4, as used by RFC 7672 §3.2.3
 * and RFC 8461 §4.2). One reading of names for all that send: for DANE, for MTA-STS, and for the draft.
 */
import { nameKey } from '../grammar/idn.ts';
import type { Certificate } from './certificate.ts';

/** A wildcard only as the whole first label, standing for exactly one label. */
export function nameFits(presented: string, wanted: string): boolean {
  const pattern = nameKey(presented);
  const name = nameKey(wanted);
  if (!pattern.startsWith('*.'))
    return pattern !== '' && !pattern.includes('*') && pattern === name;
  const dot = name.indexOf('.');
  const base = pattern.slice(2);
  return dot > 0 && base !== '' && !base.includes('*') && name.slice(dot + 1) === base;
}

/** The names that count where a common name may: one that stands beside DNS names says nothing. */
export const countingNames = ({ dnsNames, commonName }: Certificate): readonly string[] => {
  if (dnsNames.length > 0) return dnsNames;
  return commonName === undefined ? [] : [commonName];
};

/** Is one of these names the wanted one, or a wildcard over it? */
export const anyNameFits = (presented: readonly string[], wanted: string): boolean =>
  presented.some((name) => nameFits(name, wanted));

/** The first of the wanted names that the certificate carries. */
export const nameInCertificate = (
  certificate: Certificate,
  wanted: readonly string[],
): string | undefined => wanted.find((name) => anyNameFits(countingNames(certificate), name));
