import { describe, expect, test } from 'vitest';
import { createHash } from 'node:crypto';
import { builtPages } from './site.ts';

const pages = builtPages();
const policyOf = (html: string) =>
  /http-equiv="content-security-policy" content="([^"]*)"/i
    .exec(html)?.[1]
    ?.replaceAll('&#39;', "'") ?? '';

/** What the page runs or styles by itself: its inline scripts, except data blocks, and its style elements. */
const inlineTexts = (html: string): readonly string[] =>
  [
    /<script(?![^>]*(?:\bsrc=|type="application\/(?:ld\+)?json"))[^>]*>([\s\S]*?)<\/script>/g,
    /<style[^>]*>([\s\S]*?)<\/style>/g,
  ].flatMap((pattern) => [...html.matchAll(pattern)].map(([, text = '']) => text));

describe.each(pages)('the content security policy of $path', ({ path, html }) => {
  const policy = policyOf(html);
  test('allows nothing by default and nothing inline without a hash', () => {
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe-(inline|eval|hashes)/);
  });
  test('has the hash of everything that is inline', () => {
    const allowed = policy.match(/(?<=')sha256-[^']+/g) ?? [];
    for (const text of inlineTexts(html))
      expect(allowed).toContain(`sha256-${createHash('sha256').update(text).digest('base64')}`);
  });
  test('lets only the check page, its embed and the lists connect elsewhere; a pinned check is recorded', () => {
    const wide = /connect-src[^;]*https?:/.test(policy);
    const asks = /\/(controle|check|gereedschap|tools)\/$/.test(path) && !path.startsWith('/v/');
    expect(wide).toBe(asks);
  });
});

test('all pages allow the same scripts and styles, and few of them', () => {
  const hashes = pages
    .filter(({ path }) => !path.startsWith('/v/'))
    .map(({ html }) => policyOf(html).match(/'sha256-[^']+'/g) ?? []);
  expect(new Set(hashes.map((each) => [...each].sort().join())).size).toBe(1);
  expect(hashes[0]?.length).toBeLessThanOrEqual(20);
});
