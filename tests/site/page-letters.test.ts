import { expect, test } from 'vitest';
import { dataOf } from '../../src/site/article-data.ts';
import { inAscii } from '../../src/site/page-letters.ts';

test('letters beyond ASCII are numbers, in text and in attributes, also those of two code units', () => {
  expect(inAscii('<p title="“één”">→ 𝛿&nbsp;§ 3</p>')).toBe(
    '<p title="&#8220;&#233;&#233;n&#8221;">&#8594; &#120575;&nbsp;&#167; 3</p>',
  );
});

test('what a style or script says stays as it is: a number would be read as text there', () => {
  const page =
    '<style>q::before{content:"“"}</style><i>é</i><script type="application/ld+json">{"a":"é"}</script>';
  expect(inAscii(page)).toBe(page.replace('<i>é', '<i>&#233;'));
});

test('a control character of U+0080 to U+009F stays, since HTML reads its number as another letter', () => {
  expect(inAscii('<p>\u{80}\u{9f}\u{a0}</p>')).toBe('<p>\u{80}\u{9f}&#160;</p>');
});

test('what a page is for machines is in ASCII too, whatever its publisher is called', () => {
  const publisher = 'Gemeente “Súdwest” 𝛿';
  const [, json = ''] = />(.*)</.exec(dataOf({ publisher })) ?? [];
  expect(json).toMatch(/^\p{ASCII}+$/u);
  expect(JSON.parse(json)).toMatchObject({ publisher });
});
