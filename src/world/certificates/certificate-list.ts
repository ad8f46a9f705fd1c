/**
 * The certificates of a file or a text as values, the server's own first in whatever order they stand:
 * one reading for the command line and both tools of the site.
 */
import type { ParseProblem } from '../../core/parsed.ts';
import type { Certificate } from '../../core/pkix/certificate.ts';
import { certificatesMost, leafFirst } from '../../core/pkix/path.ts';
import type { PemCode, PemResult, PemWarning } from './pem.ts';
import { readCertificate } from './x509.ts';

export interface PlacedCertificate {
  readonly certificate: Certificate;
  /** Place in the file, from 1. */
  readonly place: number;
}

export type CertificateList =
  | {
      readonly ok: true;
      /** Each once. Of a dialogue with a server the first sent stays first; else it is found by issuance. */
      readonly certificates: readonly PlacedCertificate[];
      /** Places of blocks that hold no certificate, or a damaged one. */
      readonly unreadable: readonly number[];
      /** SubjectPublicKeyInfo, DER. */
      readonly publicKeys: readonly Uint8Array[];
      /** How many there are beyond those that are looked at. */
      readonly leftOut: number;
      readonly warnings: readonly ParseProblem<PemWarning>[];
    }
  | { readonly ok: false; readonly code: PemCode };

export function listCertificates(blocks: PemResult): CertificateList {
  if (!blocks.ok) return { ok: false, code: blocks.problems[0]?.code ?? 'no-certificate' };
  const { certificates: ders, publicKeys, isDialogue } = blocks.value;
  const looked = ders.slice(0, certificatesMost);
  const placed: PlacedCertificate[] = [];
  const unreadable: number[] = [];
  for (const [index, der] of looked.entries()) {
    const read = readCertificate(der);
    if (read.ok) placed.push({ certificate: read.value, place: index + 1 });
    else unreadable.push(index + 1);
  }
  const [first] = placed;
  const ordered = leafFirst(placed.map(({ certificate }) => certificate));
  const sorted = ordered.map((certificate) =>
    placed.find((each) => each.certificate === certificate)!,
  );
  return {
    ok: true,
    certificates:
      isDialogue && first !== undefined
        ? [first, ...sorted.filter((each) => each !== first)]
        : sorted,
    unreadable,
    publicKeys,
    leftOut: ders.length - looked.length,
    warnings: blocks.warnings,
  };
}
