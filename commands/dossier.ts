/**
 * `npm run dossier`: the built site as documents that last, for each language one HTML file that needs nothing else,
 * an EPUB and a tagged PDF, with their checksums, in `dossier/` (`--out FOLDER`; `--site FOLDER` for another build than
 * `dist/`). Needs Chromium. `--check` also tries them: Debian's `epubcheck` and `poppler-utils`, and a browser without
 * a network; and prints once more, since the same build gives the same octets. Ends with 1 where one does not hold.
 */
import { execFileSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { deflateRawSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { readWords } from '../src/command-line/read-messages.ts';
import { release } from '../src/site/release.ts';
import { releases } from '../src/site/releases.ts';
import { hrefOf, type PageId } from '../src/site/routes.ts';
import {
  asShown,
  bookHtml,
  chaptersOf,
  numbered,
  textOf,
  type Book,
  type Chapter,
  type Element as BookElement,
  type Look,
  type Node as BookNode,
} from '../src/view/document/book.ts';
import { epubOf, fileOf } from '../src/view/document/epub.ts';
import { langs, localeOf, type Lang } from '../src/view/messages/lang.ts';
import { sayWith } from '../src/view/messages/say.ts';
import { launchChromium } from './browsers.ts';

const limitBytes = 5_000_000;
/** Debian's: a jar, which not every system starts by its name. */
const epubcheck = '/usr/share/java/epubcheck.jar';

/** In the order in which one reads them. */
const order = [
  'memo',
  'since-2016',
  'reassessment',
  'comparison',
  'memo-table',
  'defects',
  'designs',
  'criteria',
  'burden',
  'how-it-works',
  'first-contact',
  'laws',
  'claims',
  'method',
  'glossary',
  'sources',
  'about',
] as const satisfies readonly PageId[];

function* elementsIn(nodes: readonly BookNode[]): Generator<BookElement> {
  for (const node of nodes)
    if (typeof node !== 'string') {
      yield node;
      yield* elementsIn(node.children);
    }
}

const { values } = parseArgs({
  options: {
    site: { type: 'string', default: 'dist' },
    out: { type: 'string', default: 'dossier' },
    check: { type: 'boolean', default: false },
  },
});

/** The elements of a page of the build, as the browser reads them. */
async function readPage(page: Page, path: string): Promise<readonly BookElement[]> {
  const html = readFileSync(join(values.site, path, 'index.html'), 'utf8');
  const root = await page.evaluate((text) => {
    const read = (node: Node): BookNode[] => {
      if (node instanceof Text) return [node.data];
      if (!(node instanceof Element)) return [];
      const attributes = [...node.attributes].map((each) => [each.name, each.value]);
      return [
        {
          name: node.localName,
          attributes: Object.fromEntries(attributes) as Record<string, string>,
          children: [...node.childNodes].flatMap(read),
        },
      ];
    };
    return read(new DOMParser().parseFromString(text, 'text/html').documentElement);
  }, html);
  return [...elementsIn(root)];
}

const words = readWords();
const licence = 'https://creativecommons.org/licenses/by/4.0/';

interface Edition {
  readonly book: Book;
  /** All style sheets of its pages, one after another. */
  readonly style: string;
}

async function editionOf(page: Page, lang: Lang): Promise<Edition> {
  const say = sayWith(words[lang], lang);
  const sheets = new Set<string>();
  const dates: string[] = [];
  const chapters: Chapter[] = [];
  for (const id of order) {
    const path = hrefOf(id, lang);
    const elements = await readPage(page, path);
    for (const each of elements) {
      const { name, attributes } = each;
      if (name === 'link' && attributes['rel'] === 'stylesheet')
        sheets.add(readFileSync(join(values.site, attributes['href'] ?? ''), 'utf8'));
      if (name === 'style') sheets.add(textOf(each));
      if (attributes['type'] === 'application/ld+json') {
        const { dateModified } = JSON.parse(textOf(each)) as { dateModified?: string };
        if (dateModified !== undefined) dates.push(dateModified.slice(0, 'yyyy-mm-dd'.length));
      }
    }
    const main = elements.find(({ name }) => name === 'main');
    if (!main) throw new Error(`${path}: no <main>`);
    chapters.push({ id, title: say(`page.${id}`), path, main });
  }
  const released = releases().find(({ version }) => version === release);
  const date = released?.date ?? dates.sort().at(-1);
  if (!date) throw new Error('No page says when it changed');
  const written = new Intl.DateTimeFormat(localeOf[lang], { dateStyle: 'long' });
  return {
    style: [...sheets].join('\n'),
    book: {
      lang,
      title: say('site.title'),
      release,
      modified: `${date}T00:00:00Z`,
      licence,
      front: [
        `${say('site.release', { version: release })} ${written.format(new Date(date))}.`,
        say('site.independence'),
        say('site.licence'),
        say('site.document'),
      ],
      contents: say('prose.contents'),
      glossary: 'glossary',
      chapters,
    },
  };
}

/** How the browser shows each numbered element of its page. */
const looksOn = async (page: Page): Promise<ReadonlyMap<string, Look>> =>
  new Map(
    await page.locator('[data-order]').evaluateAll((all) =>
      all.map((each): [string, Look] => {
        const order = each.getAttribute('data-order') ?? '';
        if (each.closest('defs, symbol, pattern, desc, svg title')) return [order, {}];
        const style = getComputedStyle(each);
        // A summary may be hidden, but an EPUB wants one.
        if (style.display === 'none') return [order, each.localName === 'summary' ? {} : null];
        if (!(each instanceof SVGElement)) return [order, {}];
        if (each instanceof SVGSVGElement) {
          const { width, height } = each.getBoundingClientRect();
          return [order, { width: String(Math.round(width)), height: String(Math.round(height)) }];
        }
        const { fill, stroke, opacity } = style;
        return [
          order,
          {
            ...(!fill.startsWith('url') && { fill }),
            stroke,
            ...(opacity !== '1' && { opacity }),
            ...(stroke !== 'none' && { 'stroke-width': style.strokeWidth }),
            ...(stroke !== 'none' &&
              style.strokeDasharray !== 'none' && { 'stroke-dasharray': style.strokeDasharray }),
            ...(each instanceof SVGTextContentElement && {
              'font-size': style.fontSize,
              'font-weight': style.fontWeight,
              'font-family': 'sans-serif',
              'text-anchor': style.textAnchor,
            }),
          },
        ];
      }),
    ),
  );

const problems: string[] = [];
const run = (program: string, ...args: readonly string[]): string =>
  execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** Chromium writes the second in which it prints; a document has the day of its release, in as many octets. */
async function printed(page: Page, modified: string): Promise<Buffer> {
  const pdf = await page.pdf({ format: 'A4', tagged: true, outline: true });
  const day = modified.replace(/\D/g, '');
  let dates = 0;
  const text = pdf
    .toString('latin1')
    .replace(/(?<=\/(?:CreationDate|ModDate) \(D:)\d{14}(?=\+00'00'\))/g, (written) => {
      dates += 1;
      return day.padEnd(written.length, '0');
    });
  if (dates !== 2) problems.push(`${dates} dates in a PDF that should have two`);
  return Buffer.from(text, 'latin1');
}
const fontAddress = /url\((\/_astro\/[^)]+\.woff2)\)/g;

mkdirSync(values.out, { recursive: true });
const browser = await launchChromium();
const files: string[] = [];
try {
  for (const lang of langs) {
    const context = await browser.newContext({ offline: true, colorScheme: 'light' });
    const page = await context.newPage();
    const { book, style } = await editionOf(page, lang);
    const name = join(values.out, `sts-dane-${release}.${lang}`);
    const [html, epub, pdf] = [`${name}.html`, `${name}.epub`, `${name}.pdf`];
    files.push(html, epub, pdf);

    // On the site a page does not wait for its letters; here they have come with it.
    const inlined = style
      .replaceAll('font-display:optional', 'font-display:block')
      .replace(fontAddress, (_, path: string) => {
        const octets = readFileSync(join(values.site, path));
        return `url(data:font/woff2;base64,${octets.toString('base64')})`;
      });
    const address = pathToFileURL(resolve(html)).href;
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => problems.push(`${html}: ${message.text()}`));
    const ordered = numbered(chaptersOf(book, fileOf));
    writeFileSync(html, bookHtml(book, inlined, ordered));
    await page.goto(address, { waitUntil: 'load' });
    writeFileSync(epub, epubOf(book, asShown(ordered, await looksOn(page)), deflateRawSync));

    asked.length = 0;
    writeFileSync(
      html,
      bookHtml(
        book,
        inlined,
        chaptersOf(book, () => ''),
      ),
    );
    await page.goto(address, { waitUntil: 'load' });
    const sheets = await printed(page, book.modified);
    writeFileSync(pdf, sheets);

    if (values.check) {
      const { size } = statSync(html);
      if (size > limitBytes) problems.push(`${html} has ${size} bytes, more than ${limitBytes}`);
      if ((await page.locator('script').count()) > 0) problems.push(`${html} has a script`);
      const others = asked.filter((url) => url !== address && !url.startsWith('data:'));
      problems.push(...others.map((url) => `${html} asks for ${url}`));
      const ids = new Set(
        await page.locator('[id]').evaluateAll((all) => all.map((each) => each.id)),
      );
      const anchors = await page
        .locator('a[href^="#"]')
        .evaluateAll((all) => all.map((each) => each.getAttribute('href')?.slice(1) ?? ''));
      problems.push(
        ...anchors.filter((id) => !ids.has(id)).map((id) => `${html}: no place #${id}`),
      );
      try {
        run('java', '-jar', epubcheck, '--failonwarnings', epub);
      } catch (error) {
        problems.push(`${epub}: ${(error as { stderr?: string }).stderr ?? String(error)}`);
      }
      const tree = run('pdfinfo', '-struct', pdf);
      for (const kind of ['H1', 'H2', 'P', 'LI', 'Table', 'TH', 'Figure', 'Link'])
        if (!new RegExp(`^\\s*${kind}\\b`, 'm').test(tree)) problems.push(`${pdf} lacks ${kind}`);
      if (!sheets.equals(await printed(page, book.modified)))
        problems.push(`${pdf}: printed twice, it is not the same`);
      const octets = sheets.toString('latin1');
      if (!octets.includes('/Outlines')) problems.push(`${pdf} lacks an outline`);
      if (!new RegExp(`/Lang\\s*\\(${lang}`).test(octets)) problems.push(`${pdf} lacks ${lang}`);
      console.log(
        `${lang}: ${anchors.length} links inside, ${asked.length} request, ${tree.split('\n').length} elements in the PDF`,
      );
    }
    await context.close();
  }
} finally {
  await browser.close();
}
const sums = files.map((file) => `${hash('sha256', readFileSync(file))}  ${basename(file)}\n`);
writeFileSync(join(values.out, 'SHA256SUMS'), sums.join(''));
for (const file of files) console.log(`${file}: ${(statSync(file).size / 1e6).toFixed(2)} MB`);
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
