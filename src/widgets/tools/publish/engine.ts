/** What the TLSA part loads when it is about to be used: certificates, keys and their digests. */
import { proposeTlsa, type AssociationSource } from '../../../core/dane/association.ts';
import type { Tlsa } from '../../../core/dane/tlsa.ts';
import { formatHex } from '../../../core/dns/octets.ts';
import { looksLikeSpki } from '../../../core/pkix/der.ts';
import { readPem } from '../../../world/pem.ts';
import { readCertificate } from '../../../world/x509.ts';
import type { Line } from '../parts/line.ts';
import type { TlsaKind } from './view.ts';

export type TlsaOfText =
  | { readonly ok: true; readonly tlsa: Tlsa; readonly notAfterSeconds?: number }
  | { readonly ok: false; readonly fault: Line };

/** The record of one kind for the certificate or public key in a text; usage 2 takes the issuer in it. */
export async function tlsaOf(text: string, kind: TlsaKind): Promise<TlsaOfText> {
  const fail = (key: string): TlsaOfText => ({ ok: false, fault: { key } });
  const blocks = readPem(text);
  if (!blocks.ok) return fail(`situation.pem.${blocks.problems[0]?.code ?? 'no-certificate'}`);
  const [usage, selector, matchingType] = kind.split(' ').map(Number);
  const read = blocks.value.certificates.map((der) => readCertificate(der));
  const certificates = read.flatMap((each) => (each.ok ? [each.value] : []));
  if (certificates.length < read.length) return fail('situation.pem.not-a-certificate');
  // The server's own certificate is never its own anchor; a CA certificate pasted alone is one.
  const issuers = certificates.length > 1 ? certificates.slice(1) : certificates;
  const certificate = usage === 3 ? certificates[0] : issuers.find(({ isCa }) => isCa);
  const [spki] = blocks.value.publicKeys;
  let source: AssociationSource;
  if (certificate !== undefined) source = { kind: 'certificate', certificate };
  else if (certificates.length > 0) return fail('tools.fault.no-issuer');
  else if (spki === undefined || !looksLikeSpki(spki)) return fail('tools.fault.not-a-key');
  else if (selector === 0) return fail('tools.fault.key-needs-selector-1');
  else source = { kind: 'key', spki };
  const octets =
    source.kind === 'key' ? [source.spki] : [source.certificate.der, source.certificate.spki];
  const digests = new Map<string, Uint8Array>();
  for (const each of octets)
    for (const [type, name] of [
      [1, 'SHA-256'],
      [2, 'SHA-512'],
    ] as const)
      digests.set(
        `${type} ${formatHex(each)}`,
        new Uint8Array(await globalThis.crypto.subtle.digest(name, new Uint8Array(each))),
      );
  const proposal = proposeTlsa(
    source,
    (type, each) => digests.get(`${type} ${formatHex(each)}`) ?? new Uint8Array(0),
  ).find(
    ({ tlsa }) =>
      tlsa.usage === usage && tlsa.selector === selector && tlsa.matchingType === matchingType,
  );
  if (proposal === undefined) return fail('tools.fault.key-needs-selector-1');
  return {
    ok: true,
    tlsa: proposal.tlsa,
    ...(certificates[0] !== undefined && { notAfterSeconds: certificates[0].notAfterSeconds }),
  };
}
