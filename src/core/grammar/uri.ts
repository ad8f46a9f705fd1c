/**
 * Whether a text is a URI by the grammar of RFC 3986 Appendix A: with a scheme, every character
 * allowed where it stands. Says nothing about whether anything answers there.
 */
const unreservedOrSubDelim = "[A-Za-z0-9\\-._~!$&'()*+,;=]";
const percentEncoded = '%[0-9A-Fa-f]{2}';
const pchar = `(?:${unreservedOrSubDelim}|[:@]|${percentEncoded})`;

const schemePattern = /^([A-Za-z][A-Za-z0-9+.-]*):/;
const afterPathPattern = new RegExp(
  `^([^?#]*)(?:\\?((?:${pchar}|[/?])*))?(?:#((?:${pchar}|[/?])*))?$`,
);
const authorityPattern = new RegExp(
  `^(?:((?:${unreservedOrSubDelim}|:|${percentEncoded})*)@)?` +
    `(\\[[^\\]]*\\]|(?:${unreservedOrSubDelim}|${percentEncoded})*)(?::([0-9]*))?$`,
);
const pathAbEmptyPattern = new RegExp(`^(?:/${pchar}*)*$`);
const pathRootlessPattern = new RegExp(`^(?:${pchar}+(?:/${pchar}*)*)?$`);
const pathAbsolutePattern = new RegExp(`^/(?:${pchar}+(?:/${pchar}*)*)?$`);
const futureAddressPattern = new RegExp(`^v[0-9A-Fa-f]+\\.(?:${unreservedOrSubDelim}|:)+$`, 'i');
const hextetPattern = /^[0-9A-Fa-f]{1,4}$/;
const ipv4Pattern = /^(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\.|$)){4}(?<!\.)$/;

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

/** Reads a URI; `undefined` where the text is none. The scheme comes out in lower case (RFC 3986 §3.1). */
export function parseUri(text: string): Uri | undefined {
  const scheme = schemePattern.exec(text)?.[1];
  if (scheme === undefined) return undefined;
  const rest = afterPathPattern.exec(text.slice(scheme.length + 1));
  const hierarchy = rest?.[1];
  if (hierarchy === undefined) return undefined;
  if (!hierarchy.startsWith('//')) {
    const isPath = hierarchy.startsWith('/') ? pathAbsolutePattern : pathRootlessPattern;
    if (!isPath.test(hierarchy)) return undefined;
    return { scheme: scheme.toLowerCase(), path: hierarchy };
  }
  const slash = hierarchy.indexOf('/', 2);
  const authority = slash < 0 ? hierarchy.slice(2) : hierarchy.slice(2, slash);
  const path = slash < 0 ? '' : hierarchy.slice(slash);
  const host = authorityPattern.exec(authority)?.[2];
  if (host === undefined || !pathAbEmptyPattern.test(path)) return undefined;
  if (host.startsWith('[')) {
    const literal = host.slice(1, -1);
    if (!isIpv6(literal) && !futureAddressPattern.test(literal)) return undefined;
  }
  return { scheme: scheme.toLowerCase(), host, path };
}
