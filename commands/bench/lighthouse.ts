/**
 * `npm run bench:lighthouse`: what Lighthouse gives each page and embed, in Dutch, and the table of
 * docs/performance.md. Its phone and line are computed, so a busy machine weighs less than with
 * `bench:pages`. Below a goal it names the audits that took the points.
 */
import { chromium } from '@playwright/test';
import { existsSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import lighthouse from 'lighthouse';
import { embedHref, embeds, routes } from '../../src/site/routes.ts';
import type { Bench } from '../bench.ts';
import { chromiumPath } from '../chromium.ts';
import { listen, siteServer } from '../serve.mjs';
import { writeSection } from './performance-text.ts';

const root = join(import.meta.dirname, '../..');
const debugPort = 24_491;
const goals = { performance: 98, accessibility: 100, 'best-practices': 100, seo: 100 } as const;
type Category = keyof typeof goals;
const categories = Object.keys(goals) as Category[];

interface Scores {
  readonly path: string;
  readonly scores: Readonly<Record<Category, number>>;
  /** Audits that took points where a goal is missed. */
  readonly lost: readonly string[];
}

async function measure(address: string, path: string, isEmbed: boolean): Promise<Scores> {
  const run = await lighthouse(new URL(path, address).href, {
    port: debugPort,
    output: 'json',
    logLevel: 'silent',
    onlyCategories: categories,
  });
  if (run === undefined) throw new Error(`Lighthouse says nothing of ${path}`);
  const { lhr } = run;
  const scoreOf = (category: Category) =>
    Math.round((lhr.categories[category]?.score ?? Number.NaN) * 100);
  const below = categories.filter(
    (category) => scoreOf(category) < goals[category] && !(isEmbed && category === 'seo'),
  );
  return {
    path,
    scores: Object.fromEntries(
      categories.map((category) => [category, scoreOf(category)]),
    ) as Record<Category, number>,
    lost: below.flatMap((category) =>
      (lhr.categories[category]?.auditRefs ?? [])
        .filter(({ id, weight }) => weight > 0 && (lhr.audits[id]?.score ?? 1) < 0.9)
        .map(({ id }) => `${id} (${lhr.audits[id]?.displayValue ?? category})`),
    ),
  };
}

export const bench: Bench = {
  title: 'Lighthouse, a page at a time',
  onlyWhenNamed: true,
  run: async () => {
    if (!existsSync(join(root, 'dist/index.html')))
      return ['not measured: there is no dist/ (npm run build)'];
    const server = siteServer(join(root, 'dist'));
    const address = await listen(server, 24_431);
    const browser = await chromium.launch({
      executablePath: chromiumPath,
      args: ['--no-sandbox', `--remote-debugging-port=${debugPort}`],
    });
    const measured: Scores[] = [];
    try {
      for (const { nl } of routes) measured.push(await measure(address, nl, false));
      for (const { id } of embeds) measured.push(await measure(address, embedHref(id, 'nl'), true));
    } finally {
      await browser.close();
      server.close();
    }
    const rows = measured.map(({ path, scores, lost }) => [
      path,
      ...categories.map((category) => String(scores[category])),
      lost.join(', '),
    ]);
    const heads = ['page', ...categories, 'what took points'];
    await writeSection('bench:lighthouse', [
      `One run a page; load of the machine (2 cores) at the end: ${(loadavg()[0] ?? NaN).toFixed(1)}. Embeds say "noindex" and so have no full marks for SEO.`,
      '',
      ...[heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`),
    ]);
    return [heads.join('\t'), ...rows.map((cells) => cells.join('\t'))];
  },
};
