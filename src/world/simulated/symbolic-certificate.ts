/**
 * Certificates of a simulated world: values with names and dates, and octets that only identify
 * them. The octets have the outer shape of DER, so that the core can tell a certificate from a key,
 * and nothing more: digests and signatures here are symbols, not cryptography.
 */
import { textToOctets } from '../../core/grammar/octets.ts';
import { formatHex } from '../../core/dns/octets.ts';
import { daySeconds } from '../../core/ask.ts';
import { keptIn, oncePer } from '../../core/once-per.ts';
import type { Certificate } from '../../core/pkix/certificate.ts';
import type { ChainFacts } from '../../core/pkix/path.ts';
import type { SymbolicCertificate } from './scenario.ts';

/** A leaf with what was sent above it, and who stands behind it. */
export interface SymbolicChain {
  readonly leaf: Certificate;
  readonly anchor: Certificate;
  /** As sent, leaf first. */
  readonly sent: readonly Certificate[];
  readonly leadsToTrustedRoot: boolean;
}

const octetsOf = (text: string): number[] => [...textToOctets(text)];

const element = (tag: number, content: readonly number[]): number[] => {
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return [tag, ...size, ...content];
};

const sequence = (...content: readonly number[][]): number[] => element(0x30, content.flat());
const label = (text: string): number[] => element(0x0c, octetsOf(text));

/** `SubjectPublicKeyInfo` in shape: an algorithm and a bit string that names the key. */
const keyOctets = (key: string): number[] =>
  sequence(sequence(label('symbolic key')), element(0x03, [0, ...octetsOf(key)]));

const certificateOctets = (subject: string, issuer: string, key: string): number[] =>
  sequence(
    sequence(
      element(0x02, [1]),
      sequence(label('symbolic')),
      sequence(label(issuer)),
      sequence(label('dates')),
      sequence(label(subject)),
      keyOctets(key),
    ),
    sequence(label('symbolic')),
    element(0x03, [0, ...octetsOf(`signed by ${issuer}`)]),
  );

/** By the octets of certificates: which key signed them, and their values, for chains in DNS only. */
const signers = new WeakMap<Certificate, string>();
const byOctets = new Map<string, Certificate>();

interface Issued {
  readonly subject: string;
  readonly issuer: string;
  readonly key: string;
  readonly signer: string;
  readonly isCa: boolean;
  readonly names: readonly string[];
  readonly commonName?: string;
  readonly expired: boolean;
  readonly clockSeconds: number;
}

function issue(issued: Issued): Certificate {
  const { subject, issuer, key, isCa, expired, clockSeconds } = issued;
  let der: Uint8Array | undefined;
  let spki: Uint8Array | undefined;
  // Octets are made when somebody looks at them: only DANE does.
  const certificate: Certificate = {
    get der() {
      return (der ??= Uint8Array.from(certificateOctets(subject, issuer, key)));
    },
    get spki() {
      return (spki ??= Uint8Array.from(keyOctets(key)));
    },
    subject,
    issuer,
    dnsNames: issued.names,
    ...(issued.commonName === undefined ? {} : { commonName: issued.commonName }),
    isCa,
    mayServeTls: true,
    notBeforeSeconds: clockSeconds - (expired ? 400 : 30) * daySeconds,
    notAfterSeconds: clockSeconds + (expired ? -30 : 365) * daySeconds,
  };
  signers.set(certificate, issued.signer);
  return certificate;
}

const anchors = new Map<string, Certificate>();

/** The authority behind an issuer's name; the same value each time for the same clock. */
const anchorOf = (name: string, clockSeconds: number): Certificate =>
  keptIn(anchors, `${name}/${clockSeconds}`, () => {
    const own = { subject: name, issuer: name, key: name, signer: name, commonName: name };
    const anchor = issue({ ...own, isCa: true, names: [], expired: false, clockSeconds });
    byOctets.set(formatHex(anchor.der), anchor);
    return anchor;
  });

/** The chain of one certificate of a scenario. Unless told otherwise `id` names its key too. */
export function symbolicChain(
  id: string,
  certificate: SymbolicCertificate,
  clockSeconds: number,
  key = id,
): SymbolicChain {
  const { issuer, names, commonNameOnly = false, expired = false } = certificate;
  const subject = `${id}: ${names.join(', ')}`;
  const issuerName = issuer === 'self' ? subject : issuer;
  const leaf = issue({
    subject,
    issuer: issuerName,
    key,
    signer: issuer === 'self' ? key : issuer,
    isCa: false,
    names: commonNameOnly ? [] : names,
    ...(names[0] === undefined ? {} : { commonName: names[0] }),
    expired,
    clockSeconds,
  });
  const anchor = issuer === 'self' ? leaf : anchorOf(issuer, clockSeconds);
  const anchorSent = issuer !== 'self' && (certificate.anchorSent ?? issuer === 'own-anchor');
  return {
    leaf,
    anchor,
    sent: anchorSent ? [leaf, anchor] : [leaf],
    leadsToTrustedRoot: issuer === 'public-ca',
  };
}

const digests = {
  1: oncePer((octets: Uint8Array) => symbolFor(octets, 32)),
  2: oncePer((octets: Uint8Array) => symbolFor(octets, 64)),
};

/** A symbol for a digest: the same octets give the same symbol, others another. Not SHA-2. */
export const symbolicDigest = (matchingType: 1 | 2, octets: Uint8Array): Uint8Array =>
  digests[matchingType](octets);

/** FNV-1a over the octets, drawn out to the wanted length. */
export function symbolFor(octets: Uint8Array, length: number): Uint8Array {
  const out = new Uint8Array(length);
  for (let block = 0; block < length; block += 4) {
    let hash = 0x811c9dc5 ^ block ^ length;
    for (const octet of octets) hash = Math.imul(hash ^ octet, 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    for (let at = 0; at < 4; at += 1) out[block + at] = (hash >>> (8 * at)) & 0xff;
  }
  return out;
}

const isSigned = (certificate: Certificate, spki: Uint8Array): boolean => {
  const signer = signers.get(certificate);
  return signer !== undefined && formatHex(spki) === formatHex(Uint8Array.from(keyOctets(signer)));
};

/** The one answer to all questions about digests and signatures of symbolic certificates. */
export const symbolicFacts: ChainFacts = {
  isSignedBy: isSigned,
  digest: symbolicDigest,
  readCertificate: (der) => byOctets.get(formatHex(der)),
};
