/**
 * Reads certificates for the core: DER in, `Certificate` values out. Loaded only where a
 * certificate is at hand (a pasted chain, a connection of the command line), never with a page.
 * The ASN.1 is @peculiar/asn1-x509's work; what follows from it is decided in `core/pkix`.
 */
import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import {
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate as Asn1Certificate,
  ExtendedKeyUsage,
  KeyUsage,
  KeyUsageFlags,
  NameConstraints,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
  type Name,
} from '@peculiar/asn1-x509';
import { formatHex } from '../../core/dns/octets.ts';
import type { Parsed } from '../../core/parsed.ts';
import type { Certificate } from '../../core/pkix/certificate.ts';
import { looksLikeCertificate } from '../../core/pkix/der.ts';

const extensionIds = {
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  alternativeName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  authorityKeyId: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
} as const;
/** Critical ones that change nothing for us: policies are not asked for, the others are read. */
const harmlessIds: readonly string[] = ['2.5.29.32', '2.5.29.31'];
const knownIds: readonly string[] = [...Object.values(extensionIds), ...harmlessIds];
const commonNameId = '2.5.4.3';
const serverAuthentication = '1.3.6.1.5.5.7.3.1';

const usagesOfTls =
  KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment | KeyUsageFlags.keyAgreement;

const octetsOf = (buffer: ArrayBuffer | OctetString): Uint8Array =>
  new Uint8Array(buffer instanceof OctetString ? buffer.buffer : buffer);

/** Of one certificate: with a hundred names it has 5,000. */
export const certificateOctetsMost = 100_000;

/** What a signature is checked with; kept from one reading of the certificate. */
export interface SignedCertificate {
  readonly certificate: Certificate;
  readonly signed: Uint8Array;
  readonly signature: Uint8Array;
  readonly algorithm: { readonly id: string; readonly parameters?: ArrayBuffer };
}

export type CertificateCode = 'not-a-certificate';

/** Reads one certificate. Errors: `not-a-certificate`; nothing of the octets is kept in the error. */
export function readSignedCertificate(der: Uint8Array): Parsed<SignedCertificate, CertificateCode> {
  const at = { start: 0, end: der.length };
  const failed = { ok: false, problems: [{ code: 'not-a-certificate', at }] } as const;
  if (der.length > certificateOctetsMost || !looksLikeCertificate(der)) return failed;
  try {
    return { ok: true, value: read(der), warnings: [] };
  } catch {
    // The library throws on malformed ASN.1: for us an expected kind of input.
    return failed;
  }
}

/** The certificate alone, as the core wants it. */
export function readCertificate(der: Uint8Array): Parsed<Certificate, CertificateCode> {
  const read = readSignedCertificate(der);
  return read.ok ? { ok: true, value: read.value.certificate, warnings: [] } : read;
}

function read(der: Uint8Array): SignedCertificate {
  const whole = AsnConvert.parse(der, Asn1Certificate);
  const { tbsCertificate: tbs, signatureAlgorithm, signatureValue } = whole;
  const extension = <Value>(id: string, type: new () => Value): Value | undefined => {
    const found = tbs.extensions?.find(({ extnID }) => extnID === id);
    return found === undefined ? undefined : AsnConvert.parse(found.extnValue.buffer, type);
  };
  const subject = nameKey(tbs.subject);
  const issuer = nameKey(tbs.issuer);
  const basic = extension(extensionIds.basicConstraints, BasicConstraints);
  const usage = extension(extensionIds.keyUsage, KeyUsage)?.toNumber();
  const purposes = extension(extensionIds.extendedKeyUsage, ExtendedKeyUsage);
  const names = extension(extensionIds.alternativeName, SubjectAlternativeName);
  const subjectKey = extension(extensionIds.subjectKeyId, SubjectKeyIdentifier);
  const authority = extension(extensionIds.authorityKeyId, AuthorityKeyIdentifier)?.keyIdentifier;
  const constraints = extension(extensionIds.nameConstraints, NameConstraints);
  const hasUnknownCritical =
    tbs.extensions?.some(({ critical, extnID }) => critical && !knownIds.includes(extnID)) ?? false;
  const commonName = lastCommonName(tbs.subject);
  const maySign = usage === undefined || (usage & KeyUsageFlags.keyCertSign) !== 0;
  // Without basic constraints only a version 1 root, or a key usage that says so, makes an issuer.
  const isOldRoot = Number(tbs.version) === 0 && subject === issuer;
  const isIssuer = basic === undefined ? isOldRoot || (usage !== undefined && maySign) : basic.cA;
  const certificate: Certificate = {
    der,
    spki: octetsOf(AsnConvert.serialize(tbs.subjectPublicKeyInfo)),
    subject,
    issuer,
    dnsNames: (names ?? []).flatMap(({ dNSName }) => dNSName ?? []),
    isCa: isIssuer && maySign,
    ...(basic === undefined && isIssuer && { isCaByUsageOnly: true }),
    ...(usage !== undefined && (usage & usagesOfTls) === 0 && { hasNoKeyUsageForTls: true }),
    // "Any purpose" alone is not enough for OpenSSL, nor need it be (RFC 5280 §4.2.1.12).
    mayServeTls: purposes === undefined || purposes.includes(serverAuthentication),
    notBeforeSeconds: Math.floor(tbs.validity.notBefore.getTime().getTime() / 1000),
    notAfterSeconds: Math.floor(tbs.validity.notAfter.getTime().getTime() / 1000),
    ...(commonName !== undefined && { commonName }),
    ...(basic?.pathLenConstraint !== undefined && { pathLength: basic.pathLenConstraint }),
    ...(hasUnknownCritical && { hasUnknownCritical }),
    ...(constraints && {
      nameConstraints: {
        permitted: dnsBases(constraints.permittedSubtrees),
        excluded: dnsBases(constraints.excludedSubtrees),
      },
    }),
    ...(subjectKey && { subjectKeyId: formatHex(octetsOf(subjectKey)) }),
    ...(authority && { authorityKeyId: formatHex(octetsOf(authority)) }),
  };
  const { algorithm: id, parameters } = signatureAlgorithm;
  const signed =
    whole.tbsCertificateRaw === undefined
      ? octetsOf(AsnConvert.serialize(tbs))
      : octetsOf(whole.tbsCertificateRaw);
  return {
    certificate,
    signed,
    signature: octetsOf(signatureValue),
    algorithm: parameters ? { id, parameters } : { id },
  };
}

const dnsBases = (subtrees: NameConstraints['permittedSubtrees']): readonly string[] =>
  (subtrees ?? []).flatMap(({ base }) => base.dNSName ?? []);

const nameKey = (name: Name): string => formatHex(octetsOf(AsnConvert.serialize(name)));

function lastCommonName(name: Name): string | undefined {
  const values = name.flatMap((relative) => [...relative]);
  return values.findLast(({ type }) => type === commonNameId)?.value.toString();
}
