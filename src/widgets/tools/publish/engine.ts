/** What the TLSA part loads when it is about to be used: certificates, keys and their digests. */
import { proposeTlsa, roleOf, type AssociationSource } from '../../../core/dane/association.ts';
import type { Tlsa } from '../../../core/dane/tlsa.ts';
import { formatHex } from '../../../core/dns/octets.ts';
import { looksLikeSpki } from '../../../core/pkix/der.ts';
import { listCertificates } from '../../../world/certificates/certificate-list.ts';
import { readPem } from '../../../world/certificates/pem.ts';
import type { Line } from '../../../view/messages/line.ts';
import type { MessageKey } from '../../../view/messages/message-key.ts';
import type { TlsaKind } from '../../../view/publish/view.ts';

export type TlsaOfText =
  | {
      readonly ok: true;
      readonly tlsa: Tlsa;
      readonly notAfterSeconds?: number;
      /** What was said while reading. */
      readonly warnings: readonly Line[];
    }
  | { readonly ok: false; readonly fault: Line };

/** The record of one kind for the certificate or public key in a text; usage 2 takes the issuer in it. */
export async function tlsaOf(text: string, kind: TlsaKind): Promise<TlsaOfText> {
  const fail = (key: MessageKey): TlsaOfText => ({ ok: false, fault: { key } });
  const list = listCertificates(readPem(text));
  if (!list.ok) return fail(`situation.pem.${list.code}`);
  if (list.unreadable.length > 0) return fail('situation.pem.not-a-certificate');
  const [usage, selector, matchingType] = kind.split(' ').map(Number);
  const certificates = list.certificates.map(({ certificate }) => certificate);
  const [leaf, ...others] = certificates;
  // An issuer's certificate is no server's, a server's own is never its own anchor; alone, one that signed
  // itself may be either.
  const issuers = leaf !== undefined && others.length === 0 ? [leaf] : others;
  const certificate =
    usage === 3
      ? certificates.find((each) => roleOf(each) !== 'issuer')
      : issuers.find(({ isCa }) => isCa);
  const [spki] = list.publicKeys;
  let source: AssociationSource;
  if (certificate !== undefined) source = { kind: 'certificate', certificate };
  else if (certificates.length > 0)
    return fail(usage === 3 ? 'tools.fault.only-issuer' : 'tools.fault.no-issuer');
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
    warnings: list.warnings.map(({ code }) => ({ key: `situation.pem.${code}` })),
    ...(leaf !== undefined && { notAfterSeconds: leaf.notAfterSeconds }),
  };
}
