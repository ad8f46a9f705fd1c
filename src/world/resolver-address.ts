/**
 * The address of a DNS service as a visitor typed it: `https`, or plain `http` on their own machine only,
 * where nobody is on the way. Undefined where it is neither.
 */
export function resolverAddress(
  typed: string,
): { readonly address: string; readonly name: string } | undefined {
  let url: URL;
  try {
    // `URL.parse` says the same without an exception, but browsers of before 2024 do not have it.
    url = new URL(typed.trim());
  } catch {
    return undefined;
  }
  const isLoopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback)) return undefined;
  return { address: url.href, name: url.host };
}
