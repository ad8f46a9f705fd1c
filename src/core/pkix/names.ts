/**
 * Whether a certificate is for one of the names we look for (RFC 7672 §3.2.3, RFC 6125 §6.4):
 * DNS names of the subject alternative name if there are any, else the common name.
 */
import { foldDomain } from '../grammar/idn.ts';
import type { Certificate } from './certificate.ts';

const fold = (name: string): string => foldDomain(name.endsWith('.') ? name.slice(0, -1) : name);

/** A wildcard only as the whole first label, standing for exactly one label. */
export function nameFits(presented: string, wanted: string): boolean {
  const pattern = fold(presented);
  const name = fold(wanted);
  if (!pattern.startsWith('*.'))
    return pattern !== '' && !pattern.includes('*') && pattern === name;
  const dot = name.indexOf('.');
  const base = pattern.slice(2);
  return dot > 0 && base !== '' && !base.includes('*') && name.slice(dot + 1) === base;
}

/** The names that count. A common name beside DNS names says nothing. */
export const countingNames = ({ dnsNames, commonName }: Certificate): readonly string[] => {
  if (dnsNames.length > 0) return dnsNames;
  return commonName === undefined ? [] : [commonName];
};

/** The first of the wanted names that the certificate carries. */
export const nameInCertificate = (
  certificate: Certificate,
  wanted: readonly string[],
): string | undefined =>
  wanted.find((name) => countingNames(certificate).some((presented) => nameFits(presented, name)));
