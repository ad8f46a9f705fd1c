/**
 * Pages of the built site as one book: what only works on the site is left out, links between its pages become
 * anchors, and what is written is both HTML and well-formed XML. `epub.ts` puts the same chapters in an EPUB.
 */
import type { Lang } from '../messages/lang.ts';
import { xmlText } from '../../core/grammar/xml.ts';

/** An element of a page that was read; texts and values have no entities any more. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Node[];
}
export type Node = Element | string;

export interface Chapter {
  readonly id: string;
  /** What the table of contents calls it. */
  readonly title: string;
  /** Its address on the site: `/notitie/`. */
  readonly path: string;
  /** Its `<main>`. */
  readonly main: Element;
}

export interface Book {
  readonly lang: Lang;
  readonly title: string;
  readonly release: string;
  /** When it last changed, ISO 8601 with seconds and without a fraction. */
  readonly modified: string;
  /** Address of the licence of its texts. */
  readonly licence: string;
  /** What the title page says under the title. */
  readonly front: readonly string[];
  /** What the table of contents is called. */
  readonly contents: string;
  /** Where terms are explained: the id of that chapter. */
  readonly glossary: string;
  readonly chapters: readonly Chapter[];
}

const element = (
  name: string,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly Node[]
): Element => ({ name, attributes, children });

/** What asks something of a reader or of a server, and has no place in a document. */
const leftOut = new Set(
  'script style template noscript iframe form fieldset label input select textarea output'.split(
    ' ',
  ),
);
/** Elements of Astro, which mean something to its script only. */
const unwrapped = new Set(['astro-island', 'astro-slot']);
const keptAttribute =
  /^(id|class|lang|dir|href|title|role|open|scope|colspan|rowspan|headers|start|reversed|datetime|cite|aria-(?!live|controls|expanded|pressed|current).+|data-(?!pagefind).+)$/;
const drawingAttribute = /^(?!focusable|tabindex|target|rel|style|on)/;
const voidElements = new Set(['br', 'hr', 'img', 'wbr', 'col', 'meta', 'link']);

const classesOf = ({ attributes }: Element): readonly string[] =>
  (attributes['class'] ?? '').split(/\s+/);

/**
 * What remains of a node in a document. What a press opened beside the text is there to read: a term leads to the
 * glossary, which says the same, and a note to where it stands after the text.
 */
function remaining(node: Node, glossaryPath: string, isDrawn = false): readonly Node[] {
  if (typeof node === 'string') return [node];
  const { name, attributes } = node;
  const opened = name === 'button' ? attributes['popovertarget'] : undefined;
  if (
    leftOut.has(name) ||
    (name === 'button' && opened === undefined) ||
    ('popover' in attributes && attributes['id']?.startsWith('term-')) ||
    'hidden' in attributes ||
    classesOf(node).includes('fs-no-print')
  )
    return [];
  if (name === 'img') throw new Error(`A picture that is not in the page: ${attributes['src']}`);
  const isInside = isDrawn || name === 'svg';
  const children = node.children.flatMap((child) => remaining(child, glossaryPath, isInside));
  if (unwrapped.has(name)) return children;
  const { role, ...others } = Object.fromEntries(
    Object.entries(attributes).filter(([key]) =>
      (isInside ? drawingAttribute : keptAttribute).test(key),
    ),
  );
  return [
    {
      name: opened === undefined ? name : 'a',
      attributes: {
        ...others,
        ...(role !== undefined && (name !== 'svg' || role === 'img') && { role }),
        ...(opened !== undefined && {
          href: opened.startsWith('term-')
            ? `${glossaryPath}#${opened.slice('term-'.length)}`
            : `#${opened}`,
        }),
        // What a reader of the site can unfold is there to read on paper.
        ...(name === 'details' && { open: '' }),
        ...(name === 'svg' && {
          xmlns: 'http://www.w3.org/2000/svg',
          'xmlns:xlink': 'http://www.w3.org/1999/xlink',
        }),
      },
      children,
    },
  ];
}

function* idsOf({ attributes, children }: Element): Generator<string> {
  if (attributes['id'] !== undefined) yield attributes['id'];
  for (const child of children) if (typeof child !== 'string') yield* idsOf(child);
}

const references = new Set(['aria-labelledby', 'aria-describedby', 'headers']);

/** Its words. */
export const textOf = (node: Node): string =>
  typeof node === 'string' ? node : node.children.map(textOf).join('');

/** The same id may be on two pages: in the book each says of which. */
const idIn = (chapter: string, id: string) => `${chapter}--${id.replace(/[^\w.-]/g, '_')}`;

/**
 * The chapters, ready to be written. `fileOf` says in which file a chapter is: none where all are in one.
 */
export function chaptersOf(
  { chapters, glossary }: Book,
  fileOf: (chapter: string) => string,
): readonly Element[] {
  const glossaryPath = chapters.find(({ id }) => id === glossary)?.path ?? '';
  const read = chapters.map((chapter) => {
    const children = chapter.main.children.flatMap((child) => remaining(child, glossaryPath));
    const main = element('section', {}, ...children);
    return { ...chapter, children, ids: new Set(idsOf(main)) };
  });
  return read.map((chapter) => {
    /** Where a link leads in the book; nothing where it leads to a part of the site that is not in it. */
    const address = (href: string): string | undefined => {
      if (/^(https?|mailto):/i.test(href)) return href;
      const [path = '', fragment = ''] = href.split('#');
      const place = path.split('?')[0];
      const to = place === '' ? chapter : read.find((other) => other.path === place);
      if (!to) return undefined;
      return to.ids.has(fragment)
        ? `${fileOf(to.id)}#${idIn(to.id, fragment)}`
        : `${fileOf(to.id)}#${to.id}`;
    };
    const valueOf = (key: string, value: string): string => {
      if (key === 'id') return idIn(chapter.id, value);
      if (references.has(key))
        return value
          .split(/\s+/)
          .filter((id) => chapter.ids.has(id))
          .map((id) => idIn(chapter.id, id))
          .join(' ');
      const paint = /^url\(#(.+)\)$/.exec(value);
      return paint ? `url(#${idIn(chapter.id, paint[1] ?? '')})` : value;
    };
    const linked = (node: Node, isDrawn = false): Node => {
      if (typeof node === 'string') return node;
      const isInside = isDrawn || node.name === 'svg';
      const { href, ...others } = node.attributes;
      // A link without words, in a drawing, is for who points at it; the drawing has no other use for it.
      const words = (others['aria-label'] ?? textOf(node)).trim();
      const isLink = node.name === 'a';
      const leads =
        href === undefined || (isInside && isLink && words === '') ? undefined : address(href);
      const attributes = Object.entries(others)
        .map(([key, value]) => [key, valueOf(key, value)] as const)
        .filter(([key, value]) => value !== '' || !references.has(key));
      return {
        name: href !== undefined && leads === undefined ? (isInside ? 'g' : 'span') : node.name,
        attributes: {
          ...Object.fromEntries(attributes),
          ...(leads !== undefined && !isInside && { href: leads }),
          ...(leads !== undefined && isInside && { 'xlink:href': leads }),
          ...(leads !== undefined && isInside && isLink && { 'xlink:title': words }),
        },
        children: node.children.map((child) => linked(child, isInside)),
      };
    };
    return element(
      'section',
      { id: chapter.id, class: 'fs-main chapter' },
      ...chapter.children.map((child) => linked(child)),
    );
  });
}

/** A node as text that is HTML and XML alike. */
export function markupOf(node: Node): string {
  if (typeof node === 'string') return xmlText(node);
  const { name, attributes, children } = node;
  const values = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${xmlText(value)}"`)
    .join('');
  if (voidElements.has(name)) return `<${name}${values}/>`;
  return `<${name}${values}>${children.map(markupOf).join('')}</${name}>`;
}

/** How a browser shows an element: attributes of a drawing's part, or nothing where it does not show it. */
export type Look = Readonly<Record<string, string>> | null;

/** Gives each element its number, for a browser that is asked how it looks. */
export function numbered(roots: readonly Element[]): readonly Element[] {
  let count = 0;
  const one = (node: Element): Element => ({
    ...node,
    attributes: { ...node.attributes, 'data-order': String((count += 1)) },
    children: node.children.map((child) => (typeof child === 'string' ? child : one(child))),
  });
  return roots.map(one);
}

/** Numbered elements without what is not shown, and drawings in the colours that they have there: no style is needed. */
export function asShown(
  roots: readonly Element[],
  looks: ReadonlyMap<string, Look>,
): readonly Element[] {
  const shown = (node: Element): readonly Element[] => {
    const { 'data-order': order = '', ...attributes } = node.attributes;
    const look = looks.get(order);
    if (look === null) return [];
    const children = node.children.flatMap((child): readonly Node[] =>
      typeof child === 'string' ? [child] : shown(child),
    );
    return [{ ...node, attributes: { ...attributes, ...look }, children }];
  };
  return roots.flatMap(shown);
}

/** The table of contents. */
export const contentsOf = (
  { chapters, contents }: Book,
  fileOf: (chapter: string) => string,
  attributes: Readonly<Record<string, string>> = {},
): Element =>
  element(
    'nav',
    { class: 'fs-width chapter', ...attributes },
    element('h2', {}, contents),
    element(
      'ol',
      {},
      ...chapters.map(({ id, title }) =>
        element('li', {}, element('a', { class: 'fs-link', href: `${fileOf(id)}#${id}` }, title)),
      ),
    ),
  );

/** The title page. */
export const frontOf = ({ title, front }: Book): Element =>
  element(
    'header',
    { class: 'fs-width front' },
    element('h1', {}, title),
    ...front.map((text) => element('p', {}, text)),
  );

/**
 * What a document needs beside the style of the site. Of figures between which a reader of the site chooses, it has
 * the first; and what a table that scrolls hides makes no page wider.
 */
const bookStyle = `.front{padding-block:20vh 3rem}
.front h1{font-size:2.5rem;line-height:1.15}
.endnotes__heading{display:block}
.reading__number{display:inline}
figure[data-receiver]:not([data-receiver=all]){display:none}
@media screen{.chapter{position:relative;overflow-x:clip}}
@media print{.chapter{break-before:page}}
`;

/** The whole book as one page: its chapters, in the style of the site. It forbids itself every request and script. */
export const bookHtml = (book: Book, style: string, chapters: readonly Element[]): string =>
  [
    '<!doctype html>',
    `<html lang="${book.lang}" class="fs-theme fs-page utrecht-document"><head><meta charset="utf-8"/>`,
    `<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:"/>`,
    '<meta name="viewport" content="width=device-width, initial-scale=1"/><meta name="color-scheme" content="light dark"/>',
    `<title>${xmlText(book.title)}</title><meta name="dcterms.modified" content="${xmlText(book.modified)}"/><meta name="dcterms.license" content="${xmlText(book.licence)}"/>`,
    `<style>${style}${bookStyle}</style></head>`,
    '<body class="utrecht-document__body"><main>',
    markupOf(frontOf(book)),
    markupOf(contentsOf(book, () => '')),
    ...chapters.map(markupOf),
    '</main></body></html>',
    '',
  ].join('\n');
