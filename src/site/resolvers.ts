/**
 * The DNS services and trust anchors of this build: those of `content/`, unless the builder names
 * others (`STS_DANE_RESOLVERS`, `STS_DANE_ANCHORS`).
 */
import { readFileSync } from 'node:fs';
import { z } from 'astro/zod';
import type { Country, ResolverChoice } from '../view/check/resolver-choice.ts';
import { contentOfBuild } from './content.ts';
import { resolverAddresses } from './inputs.ts';

const resolver = z.strictObject({
  id: z.string(),
  name: z.string(),
  address: z.url({ protocol: /^https$/ }),
  operator: z.string().exactOptional(),
  country: z.enum(['DE', 'US'] satisfies Country[]).exactOptional(),
  privacyPage: z.url().exactOptional(),
  /** Who says that pages of other sites may read its answers, and when that was known. */
  cors: z.strictObject({ source: z.url(), known: z.string() }),
});
const anchor = z.looseObject({ record: z.string() });

/** What the check offers, in the order it offers it: first where the evidence that a page may use it is freshest. */
export function resolversOfBuild(): readonly ResolverChoice[] {
  const own = resolverAddresses();
  if (own.length > 0)
    return own.map((address, index) => ({
      id: `build-${index + 1}`,
      name: new URL(address).host,
      address,
    }));
  return contentOfBuild('resolvers.yaml', z.array(resolver).min(1))
    .map(({ cors: { known, source }, ...offered }) => ({ ...offered, known, source }))
    .sort((one, other) => other.known.localeCompare(one.known));
}

/** Trust anchors as DS or DNSKEY records, one a line. */
export function anchorsOfBuild(): string {
  const file = process.env['STS_DANE_ANCHORS'];
  if (file) return readFileSync(file, 'utf8');
  return contentOfBuild('anchors.json', z.array(anchor).min(1))
    .map(({ record }) => record)
    .join('\n');
}
