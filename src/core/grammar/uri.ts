/**
 * Whether a text is a URI by the grammar of RFC 3986 Appendix A: with a scheme, every character
 * allowed where it stands. Says nothing about whether anything answers there.
 */
import { isAlphanumeric, isHexDigit } from './characters.ts';

const schemePattern = /^([A-Za-z][A-Za-z0-9+.-]*):/;
const futureAddressPattern = /^v[0-9A-Fa-f]+\.[A-Za-z0-9\-._~!$&'()*+,;=:]+$/i;
const hextetPattern = /^[0-9A-Fa-f]{1,4}$/;
const ipv4Pattern = /^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\.|$)){4}(?<!\.)$/;

/** Besides letters, digits and percent-encoded octets. */
const unreservedOrSubDelim = "-._~!$&'()*+,;=";
const pchar = `${unreservedOrSubDelim}:@`;

/**
 * Does the text hold only letters, digits, percent-encoded octets and these signs? A loop and no
 * expression: Firefox gives up on an expression of alternatives in a text of some ten thousand characters.
 */
function holdsOnly(text: string, signs: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (isAlphanumeric(character) || signs.includes(character ?? '')) continue;
    if (character !== '%' || !isHexDigit(text[at + 1]) || !isHexDigit(text[at + 2])) return false;
    at += 2;
  }
  return true;
}

/** The text before the first of a sign, and what follows it; undefined where it has none. */
function cutAt(text: string, sign: string): readonly [string, string | undefined] {
  const at = text.indexOf(sign);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}

/** A URI taken apart; `host` only where it has an authority. */
export interface Uri {
  readonly scheme: string;
  readonly host?: string;
  readonly path: string;
}

function isIpv6(text: string): boolean {
  const halves = text.split('::');
  if (halves.length > 2) return false;
  const groupsOf = (half: string) => (half === '' ? [] : half.split(':'));
  const groups = halves.flatMap(groupsOf);
  const last = groups.at(-1);
  const endsInIpv4 = last?.includes('.') === true && text.endsWith(last);
  if (endsInIpv4 && !ipv4Pattern.test(last)) return false;
  const hextets = endsInIpv4 ? groups.slice(0, -1) : groups;
  const width = hextets.length + (endsInIpv4 ? 2 : 0);
  return (
    hextets.every((hextet) => hextetPattern.test(hextet)) &&
    (halves.length === 2 ? width <= 7 : width === 8)
  );
}

/** The host of `userinfo@host:port` where all three fit; that of an address keeps its brackets. */
function hostOf(authority: string): string | undefined {
  const [before, after] = cutAt(authority, '@');
  if (after !== undefined && !holdsOnly(before, `${unreservedOrSubDelim}:`)) return undefined;
  const place = after ?? before;
  // An address in brackets holds colons of its own.
  const closing = place.startsWith('[') ? place.indexOf(']') : -1;
  const [rest, port = ''] = cutAt(place.slice(closing + 1), ':');
  const fits = closing >= 0 ? rest === '' : holdsOnly(rest, unreservedOrSubDelim);
  return fits && /^[0-9]*$/.test(port) ? place.slice(0, closing + 1) + rest : undefined;
}

/** Reads a URI; `undefined` where the text is none. The scheme comes out in lower case (RFC 3986 §3.1). */
export function parseUri(text: string): Uri | undefined {
  const scheme = schemePattern.exec(text)?.[1];
  if (scheme === undefined) return undefined;
  const [beforeFragment, fragment = ''] = cutAt(text.slice(scheme.length + 1), '#');
  const [hierarchy, query = ''] = cutAt(beforeFragment, '?');
  if (![query, fragment].every((part) => holdsOnly(part, `${pchar}/?`))) return undefined;
  if (!hierarchy.startsWith('//')) {
    if (!holdsOnly(hierarchy, `${pchar}/`)) return undefined;
    return { scheme: scheme.toLowerCase(), path: hierarchy };
  }
  const slash = hierarchy.indexOf('/', 2);
  const authority = slash < 0 ? hierarchy.slice(2) : hierarchy.slice(2, slash);
  const path = slash < 0 ? '' : hierarchy.slice(slash);
  const host = hostOf(authority);
  if (host === undefined || !holdsOnly(path, `${pchar}/`)) return undefined;
  if (host.startsWith('[')) {
    const literal = host.slice(1, -1);
    if (!isIpv6(literal) && !futureAddressPattern.test(literal)) return undefined;
  }
  return { scheme: scheme.toLowerCase(), host, path };
}
