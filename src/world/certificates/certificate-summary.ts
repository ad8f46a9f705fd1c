/** What a reader wants to see of a certificate beside what decisions need: names as text, kind of key. */
import { AsnConvert } from '@peculiar/asn1-schema';
import { Certificate as Asn1Certificate, type Name } from '@peculiar/asn1-x509';
import { formatHex } from '../../core/dns/octets.ts';
import { curves } from './signature.ts';

export interface CertificateSummary {
  readonly subject: string;
  readonly issuer: string;
  /** `RSA 2048`, `EC P-256`, `Ed25519`, or the object identifier of a kind not named here. */
  readonly key: string;
}

const attributeNames: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
};
const keyNames: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.1': 'RSA',
  '1.2.840.10045.2.1': 'EC',
  '1.3.101.112': 'Ed25519',
  '1.3.101.113': 'Ed448',
};
/** Throws where the octets are no certificate: read them first with `readCertificate`. */
export function summarizeCertificate(der: Uint8Array): CertificateSummary {
  const { tbsCertificate: tbs } = AsnConvert.parse(der, Asn1Certificate);
  const { algorithm, subjectPublicKey } = tbs.subjectPublicKeyInfo;
  const kind = keyNames[algorithm.algorithm];
  const parameters = algorithm.parameters ? formatHex(new Uint8Array(algorithm.parameters)) : '';
  const size =
    kind === 'RSA' ? rsaBits(new Uint8Array(subjectPublicKey)) : (curves[parameters]?.name ?? '');
  return {
    subject: nameText(tbs.subject),
    issuer: nameText(tbs.issuer),
    key: kind === undefined ? algorithm.algorithm : `${kind} ${size}`.trim(),
  };
}

const nameText = (name: Name): string =>
  name
    .flatMap((relative) => [...relative])
    .map(({ type, value }) => `${attributeNames[type] ?? type}=${value.toString()}`)
    .join(', ');

/** Bits of the modulus of `RSAPublicKey ::= SEQUENCE { modulus INTEGER, … }` (RFC 8017 A.1.1). */
function rsaBits(octets: Uint8Array): string {
  const lengthOctets = (at: number) => ((octets[at] ?? 0) > 0x80 ? (octets[at] ?? 0) & 0x7f : 0);
  const integer = 2 + lengthOctets(1);
  const more = lengthOctets(integer + 1);
  let length = octets[integer + 1] ?? 0;
  if (more > 0) {
    length = 0;
    for (let index = 0; index < more; index += 1)
      length = length * 256 + (octets[integer + 2 + index] ?? 0);
  }
  // The sign octet does not count.
  if (octets[integer + 2 + more] === 0) length -= 1;
  return String(length * 8);
}
