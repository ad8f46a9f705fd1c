/**
 * Astro puts the hash of every inline script and style of the whole site into every page's policy. Here
 * each page keeps those of its own: an attacker who can add markup to one page has no use for what
 * another page may run, and a hundred hashes do not compress.
 */
import { createHash } from 'node:crypto';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';

const inlineScript =
  /<script(?![^>]*\bsrc=)(?![^>]*type="application\/(?:ld\+)?json")[^>]*>([\s\S]*?)<\/script>/g;
const inlineStyle = /<style[^>]*>([\s\S]*?)<\/style>/g;
const policyTag = /(<meta http-equiv="content-security-policy" content=")([^"]*)(")/i;

/** The hashes, as a policy writes them, of everything that stands inline in a page. */
export const inlineHashes = (html: string): ReadonlySet<string> =>
  new Set(
    [inlineScript, inlineStyle]
      .flatMap((pattern) => [...html.matchAll(pattern)])
      .map(([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`),
  );

/** The page with only its own hashes in the policy of its meta tag. */
export function withOwnPolicy(html: string): string {
  const own = inlineHashes(html);
  return html.replace(
    policyTag,
    (_, before: string, policy: string, after: string) =>
      before +
      policy.replaceAll(/ '(?:sha256-[^']+)'/g, (hash) => (own.has(hash.slice(1)) ? hash : '')) +
      after,
  );
}

export const pagePolicy = (): AstroIntegration => ({
  name: 'page-policy',
  hooks: {
    'astro:build:done': ({ dir, logger }) => {
      const files = globSync('**/*.html', { cwd: fileURLToPath(dir) }).map((name) =>
        join(fileURLToPath(dir), name),
      );
      for (const file of files) writeFileSync(file, withOwnPolicy(readFileSync(file, 'utf8')));
      logger.info(`${files.length} pages allow what stands in them`);
    },
  },
});
