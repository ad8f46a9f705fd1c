/**
 * Gathers beforehand what `core/dane/match.ts` may want to know of a presented chain, because
 * cryptography takes time and the core does not wait: digests of every certificate and key, who
 * signed whom, and the certificates that stand in DNS only.
 */
import type { Tlsa } from '../../core/dane/tlsa.ts';
import { formatHex } from '../../core/dns/octets.ts';
import type { Certificate } from '../../core/pkix/certificate.ts';
import { looksLikeSpki } from '../../core/pkix/der.ts';
import { isNamedIssuer, type ChainFacts } from '../../core/pkix/path.ts';
import { isSignedWith } from './signature.ts';
import {
  readSignedCertificate,
  type SignedCertificate,
  readCertificate,
  type CertificateCode,
} from './x509.ts';
import { matchDane, type DaneMatch } from '../../core/dane/match.ts';
import { usableOf } from '../../core/dane/usable.ts';
import type { Parsed } from '../../core/parsed.ts';

const digestNames = { 1: 'SHA-256', 2: 'SHA-512' } as const;

export interface ReadChain {
  readonly certificates: readonly Certificate[];
  readonly facts: ChainFacts;
}

/**
 * Reads a chain (DER, leaf first) and gathers the facts about it and these records.
 * Throws only where a certificate cannot be read: read it first with `readCertificate`.
 */
export async function gatherChainFacts(
  chain: readonly Uint8Array[],
  tlsa: readonly Tlsa[],
): Promise<ReadChain> {
  const sent = chain.map(mustRead);
  const inDns = tlsa
    .filter(({ usage, selector, matchingType }) => usage === 2 && selector + matchingType === 0)
    .flatMap(({ association }) => {
      const read = readSignedCertificate(association);
      return read.ok ? [read.value] : [];
    });
  const keysInDns = tlsa
    .filter(
      ({ usage, selector, matchingType }) => usage === 2 && selector === 1 && matchingType === 0,
    )
    .map(({ association }) => association)
    .filter(looksLikeSpki);
  const all = [...sent, ...inDns];
  const digests = new Map<string, Uint8Array>();
  const signatures = new Set<string>();
  await Promise.all([
    ...all.flatMap(({ certificate }) => [
      keepDigests(certificate.der, digests),
      keepDigests(certificate.spki, digests),
    ]),
    ...all.flatMap((signed) =>
      issuersOf(signed, all, keysInDns).map(async (spki) => {
        if (await isSignedWith(signed, spki))
          signatures.add(signatureKey(signed.certificate, spki));
      }),
    ),
  ]);
  const known = new Map(inDns.map(({ certificate }) => [formatHex(certificate.der), certificate]));
  const facts: ChainFacts = {
    digest: (matchingType, octets) =>
      digests.get(`${matchingType} ${formatHex(octets)}`) ?? new Uint8Array(0),
    isSignedBy: (certificate, spki) => signatures.has(signatureKey(certificate, spki)),
    readCertificate: (der) => known.get(formatHex(der)),
  };
  return { certificates: sent.map(({ certificate }) => certificate), facts };
}

/** Only keys that could have signed: of issuers by name, and the bare keys in DNS. */
const issuersOf = (
  signed: SignedCertificate,
  all: readonly SignedCertificate[],
  keysInDns: readonly Uint8Array[],
): readonly Uint8Array[] => [
  ...all
    .filter(({ certificate }) => isNamedIssuer(signed.certificate, certificate))
    .map(({ certificate }) => certificate.spki),
  ...keysInDns,
];

const signatureKey = (certificate: Certificate, spki: Uint8Array): string =>
  `${formatHex(certificate.der)} ${formatHex(spki)}`;

async function keepDigests(octets: Uint8Array, digests: Map<string, Uint8Array>): Promise<void> {
  for (const matchingType of [1, 2] as const) {
    const digest = await globalThis.crypto.subtle.digest(
      digestNames[matchingType],
      new Uint8Array(octets),
    );
    digests.set(`${matchingType} ${formatHex(octets)}`, new Uint8Array(digest));
  }
}

function mustRead(der: Uint8Array): SignedCertificate {
  const read = readSignedCertificate(der);
  if (!read.ok) throw new Error('A chain with octets that are no certificate was not read first.');
  return read.value;
}

export interface ChainToJudge {
  /** DER, leaf first, as the server sent them. */
  readonly chain: readonly Uint8Array[];
  readonly tlsa: readonly Tlsa[];
  /** Names that usage 2 accepts (RFC 7672 §3.2.2). */
  readonly referenceNames: readonly string[];
  /** Seconds since 1970. */
  readonly nowSeconds: number;
}

/**
 * Does one of the records match the chain (RFC 7671 §5)?
 * Errors: `not-a-certificate`, with its place in the chain as `found`.
 */
export async function judgeChain({
  chain,
  tlsa,
  ...presented
}: ChainToJudge): Promise<
  Parsed<DaneMatch | { readonly kind: 'no-usable-records' }, CertificateCode>
> {
  for (const [place, der] of chain.entries()) {
    const read = readCertificate(der);
    if (!read.ok)
      return {
        ok: false,
        problems: read.problems.map((each) => ({ ...each, found: String(place) })),
      };
  }
  const usable = usableOf(tlsa);
  if (usable === undefined) return { ok: true, value: { kind: 'no-usable-records' }, warnings: [] };
  const { certificates, facts } = await gatherChainFacts(chain, tlsa);
  const match = matchDane({ ...presented, tlsa: usable, chain: certificates }, facts);
  return { ok: true, value: match, warnings: [] };
}
