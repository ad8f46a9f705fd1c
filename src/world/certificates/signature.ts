/**
 * Checks the signature on a certificate with WebCrypto, in browser and Node alike.
 * A signature whose algorithm this platform does not know is not a good one: it proves nothing.
 */
import { AsnConvert } from '@peculiar/asn1-schema';
import { SubjectPublicKeyInfo } from '@peculiar/asn1-x509';
import { formatHex } from '../../core/dns/octets.ts';
import type { SignedCertificate } from './x509.ts';

const rsaDigests: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.1.5': 'SHA-1',
  '1.2.840.113549.1.1.11': 'SHA-256',
  '1.2.840.113549.1.1.12': 'SHA-384',
  '1.2.840.113549.1.1.13': 'SHA-512',
};
const ecdsaDigests: Readonly<Record<string, string>> = {
  '1.2.840.10045.4.1': 'SHA-1',
  '1.2.840.10045.4.3.2': 'SHA-256',
  '1.2.840.10045.4.3.3': 'SHA-384',
  '1.2.840.10045.4.3.4': 'SHA-512',
};
const edwardsNames: Readonly<Record<string, string>> = {
  '1.3.101.112': 'Ed25519',
  '1.3.101.113': 'Ed448',
};
/** Curves by the DER of their object identifier (RFC 5480 §2.1.1.1), with octets of a coordinate. */
export const curves: Readonly<Record<string, { readonly name: string; readonly octets: number }>> =
  {
    '06082a8648ce3d030107': { name: 'P-256', octets: 32 },
    '06052b81040022': { name: 'P-384', octets: 48 },
    '06052b81040023': { name: 'P-521', octets: 66 },
  };
const pssId = '1.2.840.113549.1.1.10';

interface Check {
  readonly key: RsaHashedImportParams | EcKeyImportParams | AlgorithmIdentifier;
  readonly verify: RsaPssParams | EcdsaParams | AlgorithmIdentifier;
  readonly signature: Uint8Array;
}

const hex = (octets: ArrayBuffer | undefined): string =>
  formatHex(new Uint8Array(octets ?? new ArrayBuffer(0)));

/** ECDSA signatures are two integers in DER; WebCrypto wants them at fixed width, one behind the other. */
export function fixedWidth(signature: Uint8Array, octets: number): Uint8Array | undefined {
  const numbers: Uint8Array[] = [];
  let at = signature[1] !== undefined && signature[1] > 0x80 ? 3 : 2;
  while (at + 1 < signature.length && signature[at] === 0x02) {
    const length = signature[at + 1] ?? 0;
    numbers.push(signature.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  if (numbers.length !== 2) return undefined;
  const joined = new Uint8Array(2 * octets);
  for (const [index, number] of numbers.entries()) {
    const zeros = number.findIndex((octet) => octet !== 0);
    const significant = zeros < 0 ? new Uint8Array(0) : number.subarray(zeros);
    if (significant.length > octets) return undefined;
    joined.set(significant, (index + 1) * octets - significant.length);
  }
  return joined;
}

function checkFor(signed: SignedCertificate, spki: Uint8Array): Check | undefined {
  const { id, parameters } = signed.algorithm;
  const { signature } = signed;
  const rsaHash = rsaDigests[id];
  if (rsaHash !== undefined) {
    const name = 'RSASSA-PKCS1-v1_5';
    return { key: { name, hash: rsaHash }, verify: { name }, signature };
  }
  const ecdsaHash = ecdsaDigests[id];
  if (ecdsaHash !== undefined) {
    const { algorithm } = AsnConvert.parse(spki, SubjectPublicKeyInfo);
    const curve = curves[hex(algorithm.parameters ?? undefined)];
    const fixed = curve && fixedWidth(signature, curve.octets);
    if (curve === undefined || fixed === undefined) return undefined;
    const key = { name: 'ECDSA', namedCurve: curve.name };
    return { key, verify: { name: 'ECDSA', hash: ecdsaHash }, signature: fixed };
  }
  const edwards = edwardsNames[id];
  if (edwards !== undefined)
    return { key: { name: edwards }, verify: { name: edwards }, signature };
  if (id !== pssId) return undefined;
  // RSASSA-PSS names its digest in its parameters; the salt is as long as the digest in practice (RFC 8017 §9.1).
  const text = hex(parameters);
  const found = (
    [
      ['608648016503040201', 'SHA-256', 32],
      ['608648016503040202', 'SHA-384', 48],
      ['608648016503040203', 'SHA-512', 64],
    ] as const
  ).find(([oid]) => text.includes(oid));
  if (found === undefined) return undefined;
  const [, hash, saltLength] = found;
  const name = 'RSA-PSS';
  return { key: { name, hash }, verify: { name, saltLength }, signature };
}

/** Did the key sign this certificate? */
export async function isSignedWith(signed: SignedCertificate, spki: Uint8Array): Promise<boolean> {
  try {
    const check = checkFor(signed, spki);
    if (check === undefined) return false;
    const { subtle } = globalThis.crypto;
    const key = await subtle.importKey('spki', own(spki), check.key, false, ['verify']);
    return await subtle.verify(check.verify, key, own(check.signature), own(signed.signed));
  } catch {
    // A key of another kind than the signature, or one the platform does not know.
    return false;
  }
}

/** WebCrypto's types want octets with a buffer of their own. */
const own = (octets: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(octets);
