import { expect, test } from 'vitest';
import { operator } from '../../src/site/inputs.ts';
import { attributes, builtPages, fileFor } from './site.ts';

const pages = builtPages();
const idsOf = new Map(pages.map(({ path, html }) => [path, new Set(attributes(html, 'id'))]));

/** What is wrong with a link of a page, or undefined. */
function broken(from: string, href: string): string | undefined {
  if (/^(mailto:|https?:|data:)/.test(href)) return undefined;
  const url = new URL(href, `http://site${from}`);
  if (url.host !== 'site') return 'leaves the site without saying so';
  if (!fileFor(url.pathname)) return 'there is no such file';
  const ids = idsOf.get(url.pathname);
  if (url.hash && ids && !ids.has(decodeURIComponent(url.hash.slice(1)))) return 'no such place';
  return undefined;
}

test.each(pages)('every link of $path leads somewhere', ({ path, html }) => {
  const markup = html.replace(/(<script\b[^>]*>)[\s\S]*?<\/script>/g, '$1</script>');
  const wrong = [...attributes(markup, 'href'), ...attributes(markup, 'src')]
    .map((href) => [href, broken(path, href)])
    .filter(([, why]) => why);
  expect(wrong).toEqual([]);
});

test.each(pages)('$path has one main heading, a title and a language', ({ html }) => {
  expect(html.match(/<h1[\s>]/g)).toHaveLength(1);
  expect(html).toMatch(/<title>[^<]{5,}<\/title>/);
  expect(html).toMatch(/<html lang="(nl|en)"/);
});

test.each(pages)('ids on $path are there once', ({ html }) => {
  const ids = attributes(html, 'id');
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

test.each(pages)('$path has no style attribute and no inline handler', ({ html }) => {
  expect(html).not.toMatch(/<[^>]+\sstyle="/);
  expect(html).not.toMatch(/<[^>]+\son[a-z]+="/);
});

test.each(pages)(
  'no words on $path are glued together where a tag stands between them',
  ({ html }) => {
    const text = html.replace(/<(script|style|svg|pre)\b[\s\S]*?<\/\1>/g, '');
    const glued =
      /[\w.,:;)!?%]<(a|strong|em|q|code|span|button)\b[^>]*>[\w(“]|(?<!\s)<\/(a|strong|em|q|code|span|button)>[\w(“]/g;
    expect(
      [...text.matchAll(glued)].map(({ index }) => text.slice(Math.max(0, index - 40), index + 60)),
    ).toEqual([]);
  },
);

// Nobody holds the name on npm: whoever registers it would run code on the machines of our readers.
test('no page has its reader run a package by name, and names our program only beside the source code', () => {
  const saying = (words: RegExp) =>
    pages.filter(({ html }) => words.test(html)).map(({ path }) => path);
  // A file of one's own is no name; a name is one that the operator owns.
  const ownName = operator().package;
  const byName =
    ownName === '' ? /\b(?:npx|npm (?:exec|i|install) (?!\.\/)|pnpm|yarn|bunx)\b/ : /\bnpx\b/;
  expect(saying(byName)).toEqual([]);
  const { repository } = operator();
  const named = saying(/sts-dane\.mjs/);
  expect(named).toEqual(repository === '' ? [] : saying(/class="[^"]*without-script/));
});
