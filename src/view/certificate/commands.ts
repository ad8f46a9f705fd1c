/** The commands that an administrator copies; a browser may not open port 25 itself. */
import type { TlsaKind } from '../publish/view.ts';

/** The commands that fetch what the two fields want, for this host. */
export const fetchCommands = (host: string): { readonly chain: string; readonly tlsa: string } => ({
  chain: `openssl s_client -starttls smtp -connect ${host}:25 -servername ${host} -showcerts </dev/null`,
  tlsa: `dig _25._tcp.${host} TLSA`,
});

/** The same computed by hand, so that nobody has to take our word for it. */
export function digestCommand(kind: TlsaKind): string {
  const [usage, selector, matchingType] = kind.split(' ');
  const file = usage === '2' ? 'ca.pem' : 'cert.pem';
  const digest = matchingType === '1' ? 'sha256' : 'sha512';
  return selector === '0'
    ? `openssl x509 -in ${file} -outform DER | openssl dgst -${digest}`
    : `openssl x509 -in ${file} -noout -pubkey | openssl pkey -pubin -outform DER | openssl dgst -${digest}`;
}
