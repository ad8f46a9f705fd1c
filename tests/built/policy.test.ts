import { describe, expect, test } from 'vitest';
import { inlineHashes } from '../../src/site/page-policy.ts';
import { builtPages } from './site.ts';

const pages = builtPages();
const policyOf = (html: string) =>
  /http-equiv="content-security-policy" content="([^"]*)"/i
    .exec(html)?.[1]
    ?.replaceAll('&#39;', "'") ?? '';

/** What stands between the tag at this place and its end. */
const contentAt = (html: string, index: number): string => {
  const name = html.startsWith('<script', index) ? 'script' : 'style';
  const from = html.indexOf('>', index) + 1;
  return html.slice(from, html.indexOf(`</${name}>`, from));
};

describe.each(pages)('the content security policy of $path', ({ path, html }) => {
  const policy = policyOf(html);
  test('allows nothing by default and nothing inline without a hash', () => {
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe-(inline|eval|hashes)/);
  });
  test('has the hash of everything that is inline, and of nothing else', () => {
    const own = inlineHashes(html);
    const inline = [...html.matchAll(/<(?:script(?![^>]*(?:\bsrc=|json"))|style)[^>]*>/g)];
    expect(own.size).toBe(new Set(inline.map(({ index }) => contentAt(html, index))).size);
    expect(new Set(policy.match(/'sha256-[^']+'/g) ?? [])).toEqual(own);
  });
  test('lets only the check page, its embed and the lists connect elsewhere; a pinned check is recorded', () => {
    const wide = /connect-src[^;]*https?:/.test(policy);
    const asks = /\/(controle|check|gereedschap|tools)\/$/.test(path) && !path.startsWith('/v/');
    expect(wide).toBe(asks);
  });
});
