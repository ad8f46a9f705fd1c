/** What the other side of a TLS connection showed, and whether its signatures lead to a known root. */
import { X509Certificate } from 'node:crypto';
import tls from 'node:tls';
import { readCertificate } from '../world/x509.ts';

const certificatesMost = 16;

/**
 * The chain as DER, leaf first, of a connection made without roots (else Node adds its own).
 * Undefined where there is none, or a certificate that cannot be read.
 */
export function sentChain(socket: tls.TLSSocket): readonly Uint8Array[] | undefined {
  const chain: Uint8Array[] = [];
  let certificate: tls.DetailedPeerCertificate | undefined = socket.getPeerCertificate(true);
  // A self-signed one names itself as its issuer.
  while (certificate?.raw !== undefined && chain.length < certificatesMost) {
    const der = new Uint8Array(certificate.raw);
    if (!readCertificate(der).ok) return undefined;
    chain.push(der);
    const issuer: tls.DetailedPeerCertificate | undefined = certificate.issuerCertificate;
    certificate = issuer === certificate ? undefined : issuer;
    if (certificate?.raw.equals(der)) break;
  }
  return chain.length === 0 ? undefined : chain;
}

/** The roots that Node trusts, those of `NODE_EXTRA_CA_CERTS` among them. */
const trustedRoots = (): readonly X509Certificate[] =>
  tls.getCACertificates('default').map((pem) => new X509Certificate(pem));

const isSignedBy = (certificate: X509Certificate, issuer: X509Certificate): boolean =>
  certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey);

/** By signatures and issuers only: names and dates are the core's to judge. */
export function leadsToTrustedRoot(chain: readonly Uint8Array[]): boolean {
  const [leaf, ...sent] = chain.map((der) => new X509Certificate(der));
  const reached = leaf === undefined ? [] : [leaf];
  const roots = trustedRoots();
  for (const certificate of reached) {
    if (roots.some((root) => root.raw.equals(certificate.raw))) return true;
    if (roots.some((root) => isSignedBy(certificate, root))) return true;
    for (const issuer of sent)
      if (issuer.ca && !reached.includes(issuer) && isSignedBy(certificate, issuer))
        reached.push(issuer);
  }
  return false;
}
