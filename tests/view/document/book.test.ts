/** Pages as one book: links inside it, nothing that needs the site, and an archive that a reading device knows. */
import { expect, test } from 'vitest';
import {
  asShown,
  bookHtml,
  chaptersOf,
  markupOf,
  numbered,
  type Book,
  type Element,
  type Node,
} from '../../../src/view/document/book.ts';
import { epubOf, fileOf } from '../../../src/view/document/epub.ts';

const made = (
  name: string,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly Node[]
): Element => ({ name, attributes, children });

const bookOf = (...memo: readonly Node[]): Book => ({
  lang: 'nl',
  title: 'STS & DANE',
  release: '1.2.3',
  modified: '2026-11-29T00:00:00Z',
  licence: 'https://licence.example/',
  front: ['Deze site spreekt niet namens het Forum.'],
  contents: 'Inhoud',
  glossary: 'glossary',
  chapters: [
    { id: 'memo', title: 'De notitie', path: '/notitie/', main: made('main', {}, ...memo) },
    {
      id: 'glossary',
      title: 'Begrippen',
      path: '/begrippen/',
      main: made('main', {}, made('dt', { id: 'dane' }, 'DANE')),
    },
  ],
});
const written = (...memo: readonly Node[]): string =>
  chaptersOf(bookOf(...memo), () => '')
    .map(markupOf)
    .join('');

test.each([
  ['a page in the book', { href: '/begrippen/' }, '<a href="#glossary">x</a>'],
  ['a place on it', { href: '/begrippen/#dane' }, '<a href="#glossary--dane">x</a>'],
  ['a place that it has not', { href: '/begrippen/?a=b#none' }, '<a href="#glossary">x</a>'],
  ['another site', { href: 'https://rfc.example/#s' }, '<a href="https://rfc.example/#s">x</a>'],
  ['a page that is not in the book', { href: '/controle/' }, '<span>x</span>'],
])('a link to %s', (_, attributes, link) => {
  expect(written(made('a', attributes, 'x'))).toContain(link);
});

test('the same id on two pages is two places', () => {
  const text = written(made('p', { id: 'dane' }), made('a', { href: '#dane' }, 'x'));
  expect(text).toContain('<p id="memo--dane"></p><a href="#memo--dane">x</a>');
  expect(text).toContain('id="glossary--dane"');
});

test('a term leads to the glossary, a note to its text, and other controls are left out', () => {
  const text = written(
    made('button', { popovertarget: 'term-dane', class: 'term__word' }, 'DANE'),
    made('span', { popover: '', id: 'term-dane' }, 'meaning'),
    made('button', { popovertarget: 'n' }, 'note'),
    made('div', { popover: '', id: 'n' }, 'said'),
    made('button', {}, 'press'),
    made('script', {}, 'run()'),
    made('p', { class: 'a fs-no-print' }, 'menu'),
    made('details', { name: 'one' }, made('summary', {}, 'more')),
  );
  expect(text).toContain(
    '<a class="term__word" href="#glossary--dane">DANE</a><a href="#memo--n">note</a><div id="memo--n">said</div><details open=""><summary>more</summary></details></section>',
  );
});

test('a drawing keeps what it draws twice, and of its links those that say something', () => {
  const text = written(
    made('svg', {}, made('symbol', { id: 's' }), made('use', { href: '#s' })),
    made('svg', {}, made('a', { href: '/begrippen/' }, made('circle', { fill: 'url(#s)' }))),
  );
  expect(text).toContain('<use xlink:href="#memo--s"></use>');
  expect(text).toContain('<g><circle fill="url(#memo--s)"></circle></g>');
});

test('a picture that would have to be fetched is refused', () => {
  expect(() => written(made('img', { src: '/a.webp' }))).toThrow('/a.webp');
});

test('the page forbids itself the network, and is in its language', () => {
  const book = bookOf('a < b\nc');
  const html = bookHtml(
    book,
    '',
    chaptersOf(book, () => ''),
  );
  expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; font-src data:"`);
  expect(html).toContain('<html lang="nl"');
  expect(html).toContain('<li><a class="fs-link" href="#memo">De notitie</a></li>');
  expect(html).toContain('a &#60; b\nc');
});

test('an EPUB begins with its type, and lists every chapter in its order', () => {
  const book = bookOf(
    made('p', {}, 'unseen'),
    made('svg', {}, made('a', { href: '/begrippen/', 'aria-label': 'DANE' }, made('path'))),
    made('br'),
  );
  const chapters = numbered(chaptersOf(book, fileOf));
  const looks = new Map([
    ['2', null],
    ['5', { fill: 'rgb(1, 2, 3)' }],
  ]);
  const text = new TextDecoder().decode(epubOf(book, asShown(chapters, looks)));
  expect(text.slice(30, 58)).toBe('mimetypeapplication/epub+zip');
  for (const part of [
    '<meta property="dcterms:modified">2026-11-29T00:00:00Z</meta>',
    '<dc:title>STS &#38; DANE</dc:title>',
    '<item id="memo" href="memo.xhtml" media-type="application/xhtml+xml" properties="svg"/>',
    '<item id="glossary" href="glossary.xhtml" media-type="application/xhtml+xml"/>',
    '<itemref idref="title"/><itemref idref="nav"/><itemref idref="memo"/><itemref idref="glossary"/>',
    'epub:type="toc"',
    '<a aria-label="DANE" xlink:href="glossary.xhtml#glossary" xlink:title="DANE"><path fill="rgb(1, 2, 3)"></path></a></svg><br/>',
  ])
    expect(text).toContain(part);
  expect(text).not.toContain('unseen');
  expect(text).not.toContain('data-order');
});
