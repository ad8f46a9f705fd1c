import { describe, expect, test } from 'vitest';
import { createHash } from 'node:crypto';
import { builtPages } from './site.ts';

const pages = builtPages();
const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const policyOf = (html: string) =>
  /http-equiv="content-security-policy" content="([^"]*)"/i
    .exec(html)?.[1]
    ?.replaceAll('&#39;', "'") ?? '';

describe.each(pages)('the content security policy of $path', ({ path, html }) => {
  const policy = policyOf(html);
  test('allows nothing by default and nothing inline without a hash', () => {
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe-(inline|eval|hashes)/);
  });
  test('has the hash of everything that is inline', () => {
    const inline = [
      ...html.matchAll(
        /<script(?![^>]*\bsrc=)(?![^>]*type="application\/(?:ld\+)?json")[^>]*>([\s\S]*?)<\/script>/g,
      ),
      ...html.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g),
    ].map(([, text = '']) => hashOf(text));
    expect(inline.filter((hash) => !policy.includes(hash))).toEqual([]);
  });
  test('lets only the check page, its embed and the lists connect elsewhere; a pinned check is recorded', () => {
    const wide = /connect-src[^;]*https?:/.test(policy);
    const asks = /\/(controle|check|gereedschap|tools)\/$/.test(path) && !path.startsWith('/v/');
    expect(wide).toBe(asks);
  });
});
