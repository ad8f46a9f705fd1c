/**
 * Names in MX records that no DNS can make a mail server. They are judged by their form and never
 * looked up: an answer would not change what a sender does, and RFC 6761 asks programs not to put
 * such questions. An attacker gains nothing by them: a sender that keeps to the text delivers nowhere.
 */
import { rootName, type DomainName } from '../dns/name.ts';

export type NeverAServer =
  /** "." beside other MX records; alone it says that the domain takes no mail (RFC 7505 §3). */
  | 'null-mx-beside'
  /** Always the sender's own machine (RFC 6761 §6.3). */
  | 'localhost'
  /** Below `invalid.`, which never exists (RFC 6761 §6.4). */
  | 'invalid-name'
  /** A number or an address where a name belongs (RFC 5321 §5.1; no top-level domain is a number). */
  | 'number';

/** An address literal, or an IPv6 address, as one finds them typed into MX records. */
const looksLikeAddress = (unescaped: string): boolean => /^\[.*\]$|:/.test(unescaped);

/** Which of these the name is, if any. Source: RFC 6761 §6.3, §6.4, RFC 7505 §3, RFC 1123 §2.1. */
export function neverAServer(host: DomainName): NeverAServer | undefined {
  if (host === rootName) return 'null-mx-beside';
  const last = host.slice(host.lastIndexOf('.') + 1);
  if (last === 'localhost') return 'localhost';
  if (last === 'invalid') return 'invalid-name';
  const unescaped = host.replace(/\\(\d{3})/g, (_, code: string) =>
    String.fromCharCode(Number(code)),
  );
  return /^\d+$/.test(last) || looksLikeAddress(unescaped) ? 'number' : undefined;
}
