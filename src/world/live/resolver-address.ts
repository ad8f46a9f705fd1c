/** What a reader is told of an address that is not asked: the end of a message's key. */
export type ResolverFault = 'bad-address' | 'credentials';

/** The address of a DNS service, and how it is called: its host, and its port where that is not the usual one. */
export type ResolverAddress =
  | { readonly ok: true; readonly address: string; readonly name: string }
  | { readonly ok: false; readonly fault: ResolverFault };

/**
 * The address of a DNS service as somebody typed it: `https`, or plain `http` on their own machine only,
 * where nobody is on the way. A user name or password in it is refused: a browser sends no such request,
 * so nobody would be asked; and it would stand in every report that says who was.
 */
export function resolverAddress(typed: string): ResolverAddress {
  let url: URL;
  try {
    // `URL.parse` says the same without an exception, but browsers of before 2024 do not have it.
    url = new URL(typed.trim());
  } catch {
    return { ok: false, fault: 'bad-address' };
  }
  const isLoopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback))
    return { ok: false, fault: 'bad-address' };
  if (url.username !== '' || url.password !== '') return { ok: false, fault: 'credentials' };
  return { ok: true, address: url.href, name: url.host };
}
