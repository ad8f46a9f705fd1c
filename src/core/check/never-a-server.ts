/**
 * Names that no DNS can make a mail server, in MX records or at the end of an alias. They are judged by
 * their form: an answer would not change what a sender does, and the standards that set such names aside
 * ask programs or resolvers not to put such questions, so that many a resolver answers them without a
 * proof. An attacker gains nothing by them: a sender that keeps to the text delivers nowhere. Where the
 * alias is not proved, he can of course put another in its place.
 */
import type { ValidatedLookup } from '../dnssec/validate.ts';
import { isSubdomainOf, rootName, type DomainName } from '../dns/name.ts';

export type NeverAServer =
  /** "." beside other MX records; alone it says that the domain takes no mail (RFC 7505 §3). */
  | 'null-mx-beside'
  /** Always the sender's own machine (RFC 6761 §6.3). */
  | 'localhost'
  /** Below `invalid.`, which never exists (RFC 6761 §6.4). */
  | 'invalid-name'
  /** Below another top-level name that was set aside, and that the root of the DNS does not have. */
  | 'special-name'
  /** A number or an address where a name belongs (RFC 5321 §5.1; no top-level domain is a number). */
  | 'number';

/**
 * Of IANA's registry of special-use domain names those that the root does not have, with the section that
 * set them aside. Not `home.arpa`: it is delegated, unsigned, so that an address below it can be made up.
 */
const specialNames: ReadonlyMap<string, string> = new Map([
  ['alt', 'RFC 9476 §2'],
  ['example', 'RFC 6761 §6.5'],
  ['local', 'RFC 6762 §3'],
  ['onion', 'RFC 7686 §2'],
  ['test', 'RFC 6761 §6.2'],
]);

const lastLabelOf = (name: DomainName): string => name.slice(name.lastIndexOf('.') + 1);

/** The top-level name that was set aside, and where; undefined for any other. */
export function specialName(
  host: DomainName,
): { readonly suffix: string; readonly section: string } | undefined {
  const suffix = lastLabelOf(host);
  const section = specialNames.get(suffix);
  return section === undefined ? undefined : { suffix, section };
}

/** An address literal, or an IPv6 address, as one finds them typed into MX records. */
const looksLikeAddress = (unescaped: string): boolean => /^\[.*\]$|:/.test(unescaped);

/**
 * Which of these a mail host of this domain is, if any. In a test environment, where the domain itself is
 * below a name that was set aside, such a name is one like any other (RFC 6761 §6.2, §6.5).
 * Source: RFC 6761 §6.3, §6.4, RFC 7505 §3, RFC 1123 §2.1.
 */
export function neverAServer(host: DomainName, domain: DomainName): NeverAServer | undefined {
  if (host === rootName) return 'null-mx-beside';
  const last = lastLabelOf(host);
  if (last === 'localhost') return 'localhost';
  if (last === 'invalid') return 'invalid-name';
  if (specialNames.has(last) && !isSubdomainOf(domain, last as DomainName)) return 'special-name';
  const unescaped = host.replace(/\\(\d{3})/g, (_, code: string) =>
    String.fromCharCode(Number(code)),
  );
  return /^\d+$/.test(last) || looksLikeAddress(unescaped) ? 'number' : undefined;
}

/** Such a name, and how sure it is that this is where the MX record leads. */
export interface DeadName {
  readonly name: DomainName;
  readonly kind: NeverAServer;
  readonly security: 'secure' | 'insecure';
}

/** Where the aliases of a mail host end, if every look-up of its addresses ends at such a name. */
export function deadEndOf(
  lookups: readonly ValidatedLookup[],
  domain: DomainName,
): DeadName | undefined {
  const ends = lookups.map(({ answer }): DeadName | undefined => {
    const { aliases = [] } = answer;
    const name = aliases.at(-1)?.to;
    // The root is a name of the DNS, and no host: that it has no address can be looked up.
    const kind = name === undefined || name === rootName ? undefined : neverAServer(name, domain);
    const isProved = aliases.every(({ security }) => security === 'secure');
    return name && kind && { name, kind, security: isProved ? 'secure' : 'insecure' };
  });
  const open = ends.find((each) => each?.security !== 'secure') ?? ends[0];
  return ends.includes(undefined) ? undefined : open;
}
