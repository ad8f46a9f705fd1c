/**
 * What whoever builds the site decides from outside, and nothing that we could invent:
 * `SITE_URL`, `STS_DANE_RESOLVERS`, and `content/operator.yaml`.
 */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** The origin the site will be served from, or undefined when the builder did not say. */
export function siteUrl(): string | undefined {
  const given = process.env['SITE_URL']?.trim();
  if (!given) return undefined;
  const url = URL.parse(given);
  if (!url || !/^https?:$/.test(url.protocol))
    throw new Error(`SITE_URL is not an http(s) address: ${given}`);
  return url.href;
}

/** Addresses of DoH resolvers set for this build, in the order given; empty: use the site's own list. */
export function resolverAddresses(): readonly string[] {
  const given = (process.env['STS_DANE_RESOLVERS'] ?? '').split(/[\s,]+/).filter(Boolean);
  for (const address of given) {
    const url = URL.parse(address);
    if (!url || !/^https?:$/.test(url.protocol))
      throw new Error(`STS_DANE_RESOLVERS: not an http(s) address: ${address}`);
    // A browser sends no request to such an address, and the page would show it to everybody.
    if (url.username || url.password)
      throw new Error('STS_DANE_RESOLVERS: an address holds a user name or a password');
  }
  return given;
}

/**
 * The addresses that the check page may connect to: any `https:` resolver, since a visitor may name
 * one of their own; one on the visitor's own machine, which needs no TLS; and those of this build.
 */
export function checkConnectSrc(): `connect-src${string}` {
  const own = resolverAddresses().map((address) => new URL(address).origin);
  const sources = ['https:', 'http://127.0.0.1:*', 'http://localhost:*', ...new Set(own)];
  return `connect-src ${sources.join(' ')}`;
}

/** Who runs this copy of the site. Each may be empty; empty is shown as "not filled in", or left out. */
export interface Operator {
  readonly name: string;
  /** An e-mail address or web page for questions. */
  readonly contact: string;
  /** The law a visitor's data fall under where this copy is hosted. */
  readonly law: string;
  /** Web address of the source code. */
  readonly repository: string;
  /** Where to report an error in a claim: an e-mail address or web page. */
  readonly errors: string;
  /** Where to report a hole in the site's security; without it there is no `security.txt`. */
  readonly security: string;
}

const fields = ['name', 'contact', 'law', 'repository', 'errors', 'security'] as const;
const operatorFile = 'content/operator.yaml';

export function operator(): Operator {
  const given = (parse(readFileSync(operatorFile, 'utf8')) ?? {}) as Record<string, unknown>;
  for (const key of Object.keys(given)) {
    if (!(fields as readonly string[]).includes(key))
      throw new Error(`${operatorFile}: unknown field "${key}"`);
  }
  return Object.fromEntries(
    fields.map((field) => {
      const value = given[field] ?? '';
      if (typeof value !== 'string') throw new Error(`${operatorFile}: "${field}" is not a text`);
      return [field, value.trim()];
    }),
  ) as unknown as Operator;
}

/** The inputs that nobody filled in: the build lists them. */
export function missingInputs(): readonly string[] {
  const filled = operator();
  return [
    ...(siteUrl() === undefined ? ['SITE_URL'] : []),
    ...fields.filter((field) => filled[field] === '').map((field) => `${operatorFile}: ${field}`),
  ];
}
