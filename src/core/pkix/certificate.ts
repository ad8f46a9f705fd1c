/**
 * Certificates, and whether one is for a name that we look for (RFC 6125 §6.4, as used by RFC 7672 §3.2.3 and RFC 8461
 * §4.2): one reading of names for DANE, for MTA-STS, and for the draft.
 */
import { nameKey } from '../grammar/idn.ts';

/**
 * A certificate as the core sees it: what decisions need, and its bytes. Reading DER is the
 * world's work (`world/x509.ts`); a simulated world makes these values without any DER at all.
 */
export interface Certificate {
  /** The whole certificate, DER. In a simulated world: octets that identify it. */
  readonly der: Uint8Array;
  /** SubjectPublicKeyInfo, DER. In a simulated world: octets that identify the key. */
  readonly spki: Uint8Array;
  /** Subject and issuer names in a form in which equal names are equal strings (hex of the DER name). */
  readonly subject: string;
  readonly issuer: string;
  /** Hex of the subject and authority key identifiers (RFC 5280 §4.2.1.1, §4.2.1.2), where present. */
  readonly subjectKeyId?: string;
  readonly authorityKeyId?: string;
  /** DNS names of the subject alternative name, as written. */
  readonly dnsNames: readonly string[];
  /** The last common name of the subject, where present. */
  readonly commonName?: string;
  /** Basic constraints `cA`, and key usage (where present) allows signing certificates. */
  readonly isCa: boolean;
  /** True where it has no basic constraints, so that only key usage says `isCa`: enough for an anchor, not below one. */
  readonly isCaByUsageOnly?: boolean;
  /** Basic constraints `pathLenConstraint`, where present. */
  readonly pathLength?: number;
  /** False where extended key usage is present and does not name server authentication. */
  readonly mayServeTls: boolean;
  /** True where key usage is present and allows neither to sign, nor to encrypt or agree on keys (RFC 5280 §4.2.1.3). */
  readonly hasNoKeyUsageForTls?: boolean;
  /** True where an extension marked critical is one that we do not know (RFC 5280 §4.2: refuse). */
  readonly hasUnknownCritical?: boolean;
  /** DNS names that an issuer may stand above, where it is limited (RFC 5280 §4.2.1.10). */
  readonly nameConstraints?: NameConstraints;
  /** Seconds since 1970-01-01T00:00:00Z. */
  readonly notBeforeSeconds: number;
  readonly notAfterSeconds: number;
}

/** Base names of DNS subtrees. */
export interface NameConstraints {
  /** Empty where nothing about DNS names is permitted in particular: then all are. */
  readonly permitted: readonly string[];
  readonly excluded: readonly string[];
}

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

/** The names that count where a common name is allowed: it is ignored beside DNS names. */
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
