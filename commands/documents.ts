/**
 * `npm run documents`: tries the document of the criteria page and our printed pages in programs of others. Needs the
 * built site, Chromium, LibreOffice Writer and poppler (Debian: `libreoffice-writer-nogui poppler-utils`). The
 * document must open, become a PDF with headings, lists, a table, a title and its language, and say what the page
 * says; our pages as PDF must be told their structure, title and language. Ends with 1 where one does not.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { hrefOf, type PageId } from '../src/site/routes.ts';
import { onBuiltSite } from './browsers.ts';

const weighed =
  '?weights=paper-proposal:2,large-providers:-1,first-contact:1,no-dnssec:-2,dane-ready:1,small-providers:0';
const folder = mkdtempSync(join(tmpdir(), 'documents-'));
const run = (program: string, ...args: readonly string[]): string =>
  execFileSync(program, args, {
    encoding: 'utf8',
    cwd: folder,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
const problems: string[] = [];

/** Holds a PDF to a title, a language, and a tree with each of some elements. */
function hold(file: string, title: RegExp, lang: string, elements: readonly string[]): void {
  const info = run('pdfinfo', file);
  const tree = run('pdfinfo', '-struct', file);
  const missing = [
    ...(title.test(/^Title: +(.*)$/m.exec(info)?.[1] ?? '') ? [] : ['its title']),
    ...(/^Tagged: +yes/m.test(info) ? [] : ['tags']),
    ...(new RegExp(`/Lang\\s*\\(${lang}`).test(readFileSync(join(folder, file), 'latin1'))
      ? []
      : [`its language, ${lang}`]),
    ...elements.filter((element) => !new RegExp(`^\\s*${element}\\b`, 'm').test(tree)),
  ];
  const pages = /^Pages: +(\d+)/m.exec(info)?.[1];
  console.log(
    `${file}: ${pages} pages, ${tree.split('\n').length} elements${missing.length === 0 ? '' : `; lacks ${missing.join(', ')}`}`,
  );
  problems.push(...missing.map((each) => `${file} lacks ${each}`));
}

/** The words alone: programs break lines, and set bullets and hyphens, each in their own way. */
const wordsOf = (text: string): readonly string[] =>
  text
    .normalize('NFKC')
    .replace(/[\u00ad•]/g, ' ')
    .split(/\s+/)
    .filter(Boolean);

async function download(page: Page, kind: 'odt' | 'html', name: string): Promise<void> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.locator(`[data-paper="${kind}"]`).click(),
  ]);
  await file.saveAs(join(folder, name));
}

await onBuiltSite(24_471, async (browser, base) => {
  const page = await browser.newPage();
  const printed = async (name: string) =>
    page.pdf({
      path: join(folder, name),
      format: 'A4',
      tagged: true,
      outline: true,
      preferCSSPageSize: true,
    });
  for (const lang of ['nl', 'en'] as const) {
    await page.goto(new URL(`${hrefOf('criteria', lang)}${weighed}`, base).href, {
      waitUntil: 'networkidle',
    });
    await page.locator('.criteria[data-ready="true"]').waitFor();
    for (const kind of ['odt', 'html'] as const) await download(page, kind, `${lang}.${kind}`);
    const said = [
      ...(await page
        .locator('.criteria > .asked, .yours .leaning, .yours .turning')
        .allInnerTexts()),
      ...(await page
        .locator('.findings')
        .first()
        .locator('.text')
        .evaluateAll((all) => all.map((each) => each.lastChild?.textContent ?? ''))),
    ];

    run(
      'soffice',
      '--headless',
      '--convert-to',
      'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"},"ExportBookmarks":{"type":"boolean","value":"true"}}',
      `${lang}.odt`,
    );
    run('soffice', '--headless', '--convert-to', 'txt:Text (encoded):UTF8', `${lang}.odt`);
    const title = lang === 'nl' ? /^Wachten of doorgaan/ : /^Wait or go on/;
    hold(`${lang}.pdf`, title, lang, ['H1', 'H2', 'LI', 'Table', 'TH', 'Figure']);

    await page.goto(`file://${join(folder, `${lang}.html`)}`);
    await printed(`${lang}-html.pdf`);
    hold(`${lang}-html.pdf`, title, lang, ['H1', 'H2', 'LI', 'Table', 'TH', 'Figure']);

    const ofWriter = wordsOf(
      readFileSync(join(folder, `${lang}.txt`), 'utf8').replace(/^\uFEFF/, ''),
    );
    const ofPage = wordsOf(
      await page.locator('main').evaluate((main) => {
        main.querySelector('svg')?.remove();
        return (main as HTMLElement).innerText;
      }),
    );
    if (ofWriter.join(' ') !== ofPage.join(' ')) {
      const at = ofPage.findIndex((word, index) => word !== ofWriter[index]);
      problems.push(
        `${lang}: ODT and HTML differ from word ${at}: "${ofWriter.slice(at, at + 6).join(' ')}" and "${ofPage.slice(at, at + 6).join(' ')}"`,
      );
    }
    const whole = ofWriter.join(' ');
    for (const sentence of said)
      if (!whole.includes(wordsOf(sentence).join(' ')))
        problems.push(`${lang}.odt does not say: ${sentence}`);
    console.log(
      `${lang}: ${ofWriter.length} words, ${said.length} sentences of the page looked for`,
    );

    for (const id of [
      'home',
      'criteria',
      'memo',
      'since-2016',
    ] as const satisfies readonly PageId[]) {
      await page.goto(new URL(hrefOf(id, lang), base).href, { waitUntil: 'networkidle' });
      await printed(`${lang}-${id}.pdf`);
      hold(`${lang}-${id}.pdf`, /./, lang, ['H1', 'P']);
    }
  }
});
if (problems.length === 0) rmSync(folder, { recursive: true });
for (const problem of problems) console.error(problem);
if (problems.length > 0) {
  console.error(`The files are in ${folder}`);
  process.exitCode = 1;
}
