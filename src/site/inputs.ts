/**
 * What whoever builds the site decides from outside, and nothing that we could invent:
 * `SITE_URL`, `STS_DANE_RESOLVERS`, and `content/operator.yaml`.
 */
import { z } from 'astro/zod';
import { contentOfBuild } from './content.ts';

/** The origin the site will be served from, or undefined when the builder did not say. */
export function siteUrl(): string | undefined {
  const given = process.env['SITE_URL']?.trim();
  if (!given) return undefined;
  const url = URL.parse(given);
  if (!url || !/^https?:$/.test(url.protocol))
    throw new Error(`SITE_URL is not an http(s) address: ${given}`);
  return url.href;
}

/** The whole address of a path on this site; undefined when the builder did not say where it will be. */
export function wholeAddress(path: string): string | undefined {
  const site = siteUrl();
  return site && new URL(path, site).href;
}

/** As whole as it is known. */
export const addressOf = (path: string): string => wholeAddress(path) ?? path;

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

const filledIn = z
  .string()
  .trim()
  .nullish()
  .transform((text) => text ?? '');

/** Who runs this copy of the site. Each may be empty; empty is shown as "not filled in", or left out. */
const operatorSchema = z.strictObject({
  name: filledIn,
  /** An e-mail address or web page for questions. */
  contact: filledIn,
  /** The law a visitor's data fall under where this copy is hosted. */
  law: filledIn,
  /** Web address of the source code. */
  repository: filledIn,
  /** Where to report an error in a claim: an e-mail address or web page. */
  errors: filledIn,
  /** The name under which this operator published the library, in a registry where he owns it. */
  package: filledIn.refine(
    (name) => name === '' || /^(@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*$/.test(name),
    'is no name of a package',
  ),
  /** Where to report a hole in the site's security; without it there is no `security.txt`. */
  security: filledIn,
});

export type Operator = z.infer<typeof operatorSchema>;

/** A file without any field is one that nobody filled in. */
export const operator = (): Operator =>
  contentOfBuild('operator.yaml', operatorSchema.or(z.null())) ?? operatorSchema.parse({});

/** The inputs that nobody filled in: the build lists them. */
export const missingInputs = (): readonly string[] => [
  ...(siteUrl() === undefined ? ['SITE_URL: no feed, no site map, no absolute addresses'] : []),
  ...Object.entries(operator()).flatMap(([field, text]) =>
    text === '' ? [`content/operator.yaml: ${field}`] : [],
  ),
];
