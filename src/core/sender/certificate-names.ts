/**
 * Which names a certificate carries and whether one of them is a wanted name (RFC 6125 §6.4, as
 * used by RFC 7672 §3.2.3 and RFC 8461 §4.2). A wildcard is a whole first label and stands for one.
 */
import type { Certificate } from '../pkix/certificate.ts';

/** The common name counts only where the caller says so, and only if there are no DNS names. */
export function namesOf(
  certificate: Certificate,
  commonName: 'counts-alone' | 'never',
): readonly string[] {
  if (certificate.dnsNames.length > 0) return certificate.dnsNames;
  if (commonName === 'never' || certificate.commonName === undefined) return [];
  return [certificate.commonName];
}

export function nameCovers(presented: string, wanted: string): boolean {
  const name = presented.toLowerCase();
  if (name === wanted) return true;
  if (!name.startsWith('*.')) return false;
  const dot = wanted.indexOf('.');
  return dot > 0 && wanted.slice(dot) === name.slice(1);
}

export const anyNameCovers = (presented: readonly string[], wanted: string): boolean =>
  presented.some((name) => nameCovers(name, wanted));

export const isWithinValidity = (certificate: Certificate, nowSeconds: number): boolean =>
  certificate.notBeforeSeconds <= nowSeconds && nowSeconds <= certificate.notAfterSeconds;
