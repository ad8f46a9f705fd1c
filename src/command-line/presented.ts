/** A connection and TLS with a stranger: the handshake, everything it showed, and whether that leads to a known root. */
import { createPublicKey, X509Certificate } from 'node:crypto';
import net from 'node:net';
import tls from 'node:tls';
import type { Certificate } from '../core/pkix/certificate.ts';
import { certificatesMost, trustIn } from '../core/pkix/path.ts';
import type { HandshakeTrouble, Presented } from '../core/smtp/ask.ts';
import { summarizeCertificate } from '../world/certificates/certificate-summary.ts';
import { readCertificate } from '../world/certificates/x509.ts';
import { HandshakeTap, listenForCertificates, troubleIn } from './handshake-tap.ts';

/** Opens a connection; every later wait needs a clock of its own. Never rejects. */
export const openSocket = (
  address: string,
  port: number,
  seconds: number,
  signal: AbortSignal,
): Promise<net.Socket | 'refused' | 'timeout'> =>
  new Promise((resolve) => {
    const socket = net.connect({ host: address, port, signal });
    const fail = (why: 'refused' | 'timeout') => {
      socket.destroy();
      resolve(why);
    };
    // Stays: whatever goes wrong later must not end the process.
    socket.on('error', () => fail('refused'));
    socket.setTimeout(seconds * 1000, () => fail('timeout'));
    socket.once('connect', () => {
      socket.removeAllListeners('timeout').setTimeout(0);
      resolve(socket);
    });
  });

type Shaken =
  | {
      readonly kind: 'secure';
      readonly secure: tls.TLSSocket;
      /** DER, leaf first, as sent: doubles and strangers too; without what is no certificate. */
      readonly sent: readonly Uint8Array[];
      /** More were sent than are looked at, or some that cannot be read. */
      readonly leftOut: number;
    }
  | { readonly kind: 'failed'; readonly trouble: HandshakeTrouble };

/**
 * Shakes hands over an open connection, whatever certificate is shown: what it is worth is the core's to
 * judge. Never rejects; where it fails the connection is closed.
 */
export async function shakeHands(
  socket: net.Socket,
  serverName: string | undefined,
  seconds: number,
  signatureAlgorithms?: string,
): Promise<Shaken> {
  const tap = new HandshakeTap(socket);
  const secure = tls.connect({
    socket: tap,
    ca: [],
    rejectUnauthorized: false,
    ...(serverName !== undefined && { servername: serverName }),
    ...(signatureAlgorithms !== undefined && { sigalgs: signatureAlgorithms }),
  });
  const certificates = listenForCertificates(secure, tap);
  let code: string | undefined;
  const outcome = await new Promise<'open' | 'silent' | 'failed'>((resolve) => {
    const timer = setTimeout(() => resolve('silent'), seconds * 1000);
    const end = (how: 'open' | 'failed') => {
      clearTimeout(timer);
      resolve(how);
    };
    secure.once('secureConnect', () => end('open'));
    secure.once('close', () => end('failed'));
    // Stays: whatever goes wrong later must not end the process.
    secure.on('error', (error: NodeJS.ErrnoException) => {
      code ??= error.code;
      end('failed');
    });
  });
  const fail = (trouble: HandshakeTrouble): Shaken => {
    secure.destroy();
    tap.destroy();
    return { kind: 'failed', trouble };
  };
  if (outcome === 'silent') return fail({ kind: 'silent', seconds });
  if (outcome === 'failed') return fail(troubleIn(tap.takeHeard(), code));
  const all = certificates() ?? [];
  const sent = all.slice(0, certificatesMost).filter((der) => readCertificate(der).ok);
  const [leaf] = all;
  if (leaf === undefined || sent[0] !== leaf)
    return fail({ kind: 'refused-here', code: 'certificate-unreadable' });
  return { kind: 'secure', secure, sent, leftOut: all.length - sent.length };
}

/** The roots that Node trusts, those of `NODE_EXTRA_CA_CERTS` among them; each read once. */
const rootsRead = new Map<string, Certificate | undefined>();
const trustedRoots = (): readonly Certificate[] =>
  tls.getCACertificates('default').flatMap((pem) => {
    if (!rootsRead.has(pem)) {
      const read = readCertificate(new Uint8Array(new X509Certificate(pem).raw));
      rootsRead.set(pem, read.ok ? read.value : undefined);
    }
    return rootsRead.get(pem) ?? [];
  });

/** By Node's own cryptography, which knows every algorithm that its TLS takes. */
function isSignedBy({ der }: Certificate, spki: Uint8Array): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
    return new X509Certificate(der).verify(key);
  } catch {
    // A key of another kind, or one that Node does not know.
    return false;
  }
}

/** Whether what was sent leads to a trusted root, and if not, why and where it stops. */
export function trustOf(
  sent: readonly Certificate[],
  nowSeconds: number,
): Pick<Presented, 'leadsToTrustedRoot' | 'isPathHidden' | 'untrusted'> {
  const [leaf, ...others] = sent;
  if (leaf === undefined) return { leadsToTrustedRoot: false };
  const trust = trustIn(leaf, others, trustedRoots(), { isSignedBy }, nowSeconds);
  if (trust.trusted)
    return { leadsToTrustedRoot: true, ...(trust.isHidden && { isPathHidden: true as const }) };
  const { subject, issuer } = summarizeCertificate(trust.at.der);
  const name = trust.fault === 'issuer-missing' ? issuer : subject;
  return { leadsToTrustedRoot: false, untrusted: { fault: trust.fault, name } };
}
