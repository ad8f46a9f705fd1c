/** A book as an EPUB (EPUB 3): one file for each chapter, in the order of the book. */
import { contentsOf, frontOf, markupOf, type Book, type Element } from './book.ts';
import { xmlText } from '../../core/grammar/xml.ts';
import { zipOf } from './zip.ts';

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
export const fileOf = (chapter: string): string => `${chapter}.xhtml`;

/** Little, and plain: a reading device has its own letters and knows no custom properties. */
const style = `body{line-height:1.4}
h1,h2,h3,h4{line-height:1.2;page-break-after:avoid}
a{color:#0c4a86}
svg{max-width:100%;height:auto}
mark{background:none;border-bottom:1px solid #8a96a3}
.note{display:block}
.part__address{color:inherit;text-decoration:none}
[data-verdict=delivered-to-attacker] svg{background:#ad1f1a}
table{border-collapse:collapse;font-size:.85em}
th,td{border-bottom:1px solid #8a96a3;padding:.3em .6em .3em 0;text-align:left;vertical-align:top}
th small,td .word{display:block}
caption,figcaption{font-weight:bold;text-align:left;margin:.5em 0}
dt{font-weight:bold}
pre{white-space:pre-wrap}
.fs-hidden{position:absolute;width:1px;height:1px;overflow:hidden}
.fs-small,.quote__place,.told__label,.ours__label{font-size:.85em}
.told__text{border-left:3px solid #0c4a86;padding-left:.8em}
.ours{border:1px solid #8a96a3;padding:.6em .8em;margin:1em 0}
`;

/** The archive of these chapters, as `asShown` leaves them; `deflate` as `zipOf` takes it. */
export function epubOf(
  book: Book,
  bodies: readonly Element[],
  deflate?: (octets: Uint8Array) => Uint8Array,
): Uint8Array<ArrayBuffer> {
  const { lang, title, release, modified, licence, chapters } = book;
  const page = (name: string, body: Element): string =>
    `${declaration}<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="${lang}" xml:lang="${lang}"><head><title>${xmlText(name)}</title><link rel="stylesheet" href="style.css"/></head><body>${markupOf(body)}</body></html>\n`;
  const pages = [
    { id: 'title', text: page(title, frontOf(book)), properties: '' },
    {
      id: 'nav',
      text: page(book.contents, contentsOf(book, fileOf, { 'epub:type': 'toc' })),
      properties: ' properties="nav"',
    },
    ...bodies.map((body, index) => {
      const text = page(chapters[index]?.title ?? title, body);
      const properties = text.includes('<svg ') ? ' properties="svg"' : '';
      return { id: chapters[index]?.id ?? '', text, properties };
    }),
  ];
  const item = (id: string, href: string, type: string, properties = '') =>
    `<item id="${id}" href="${href}" media-type="${type}"${properties}/>`;
  const opf = `${declaration}<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="${lang}"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:sts-dane:${xmlText(release)}:${lang}</dc:identifier><dc:title>${xmlText(title)}</dc:title><dc:language>${lang}</dc:language><dc:rights>${xmlText(licence)}</dc:rights><meta property="dcterms:modified">${xmlText(modified)}</meta></metadata><manifest>${[
    ...pages.map(({ id, properties }) => item(id, fileOf(id), 'application/xhtml+xml', properties)),
    item('style', 'style.css', 'text/css'),
  ].join(
    '',
  )}</manifest><spine>${pages.map(({ id }) => `<itemref idref="${id}"/>`).join('')}</spine></package>\n`;
  const utf8 = new TextEncoder();
  // The type comes first and stored, so that a program knows the file by its first octets.
  const files = Object.entries({
    mimetype: 'application/epub+zip',
    'META-INF/container.xml': `${declaration}<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles><rootfile full-path="book/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>\n`,
    'book/book.opf': opf,
    'book/style.css': style,
    ...Object.fromEntries(pages.map(({ id, text }) => [`book/${fileOf(id)}`, text])),
  }).map(([name, text]) => ({ name, octets: utf8.encode(text) }));
  return zipOf(files, deflate);
}
