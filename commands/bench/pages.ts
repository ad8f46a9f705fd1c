/**
 * `npm run bench:pages`: what a first visit to each kind of page costs, on one profile, and the table of
 * docs/performance.md. Pages take turns, so that a busy moment of the machine hits all of them.
 */
import { median } from 'd3-array';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { embedHref, hrefOf, type PageId } from '../../src/site/routes.ts';
import type { Bench } from '../bench.ts';
import { onBuiltSite } from '../browsers.ts';
import { profile, visit, type Visit } from './page-visit.ts';

const root = join(import.meta.dirname, '../..');
const rounds = 5;

interface Goal {
  readonly kilobytes?: number;
  readonly paintSeconds: number;
  readonly blockingMilliseconds: number;
}
const article: Goal = { kilobytes: 120, paintSeconds: 1.0, blockingMilliseconds: 20 };
const tool: Goal = { paintSeconds: 1.2, blockingMilliseconds: 20 };

const kinds: readonly { readonly page: PageId; readonly goal: Goal }[] = [
  { page: 'home', goal: article },
  { page: 'memo', goal: article },
  { page: 'privacy', goal: article },
  { page: 'glossary', goal: article },
  { page: 'sources', goal: article },
  { page: 'claims', goal: article },
  { page: 'since-2016', goal: article },
  { page: 'comparison', goal: article },
  { page: 'criteria', goal: article },
  { page: 'first-contact', goal: article },
  { page: 'burden', goal: article },
  { page: 'how-it-works', goal: tool },
  { page: 'check', goal: tool },
  { page: 'tools', goal: tool },
  { page: 'search', goal: article },
  { page: 'corpus', goal: article },
  { page: 'embedding', goal: article },
];

interface Measured {
  readonly name: string;
  readonly goal: Goal;
  readonly visits: Visit[];
}

const middle = (visits: readonly Visit[], key: keyof Visit): number =>
  median(visits.map((each) => each[key]))!;

const kB = (bytes: number): string => (bytes / 1000).toFixed(1);

function row({ name, goal, visits }: Measured): readonly string[] {
  const paint = middle(visits, 'largestPaintMilliseconds') / 1000;
  const blocking = middle(visits, 'blockingMilliseconds');
  const bytes = middle(visits, 'bytes');
  const shift = Math.max(...visits.map(({ layoutShift }) => layoutShift));
  const met =
    paint <= goal.paintSeconds &&
    blocking <= goal.blockingMilliseconds &&
    bytes <= (goal.kilobytes ?? Infinity) * 1000 &&
    shift < 0.0005
      ? 'yes'
      : 'no';
  return [
    name,
    kB(bytes),
    kB(middle(visits, 'scriptBytes')),
    String(middle(visits, 'requests')),
    String(middle(visits, 'nodes')),
    paint.toFixed(2),
    blocking.toFixed(0),
    shift.toFixed(3),
    met,
  ];
}

const heads = ['page', 'kB', 'script kB', 'requests', 'nodes', 'LCP s', 'TBT ms', 'CLS', 'goal'];

/** Puts the table into docs/performance.md, between its two marks. */
async function writeTable(lines: readonly string[]): Promise<void> {
  const file = join(root, 'docs/performance.md');
  const [before, , after] = readFileSync(file, 'utf8').split(
    /(?<=<!-- bench:pages -->)|(?=<!-- \/bench:pages -->)/,
  );
  if (before === undefined || after === undefined)
    throw new Error(`${file} has no place for the table`);
  const options = { ...(await resolveConfig(file)), parser: 'markdown' };
  writeFileSync(file, await format([before, '', ...lines, '', after].join('\n'), options));
}

export const bench: Bench = {
  title: 'a first visit to each kind of page, on a slow phone',
  onlyWhenNamed: true,
  run: async () => {
    if (!existsSync(join(root, 'dist/index.html')))
      return ['not measured: there is no dist/ (npm run build)'];
    return onBuiltSite(24_421, async (browser, ours) => {
      const measured: (Measured & { address: string })[] = [
        ...kinds.map(({ page, goal }) => ({
          name: hrefOf(page, 'nl'),
          address: new URL(hrefOf(page, 'nl'), ours).href,
          goal,
          visits: [],
        })),
        ...(['simulator', 'check'] as const).map((id) => ({
          name: embedHref(id, 'nl'),
          address: new URL(embedHref(id, 'nl'), ours).href,
          goal: tool,
          visits: [],
        })),
      ];
      const busy: number[] = [];
      // A browser that has just started is slower than any page.
      await visit(browser, new URL('en/', ours).href);
      for (let round = 0; round < rounds; round += 1)
        for (const { address, visits } of measured) {
          busy.push(loadavg()[0] ?? NaN);
          visits.push(await visit(browser, address));
        }
      const rows = measured.map(row);
      const table = [heads, heads.map(() => '---'), ...rows].map(
        (cells) => `| ${cells.join(' | ')} |`,
      );
      const load = `${median(busy)!.toFixed(1)} (from ${Math.min(...busy).toFixed(1)} to ${Math.max(...busy).toFixed(1)})`;
      await writeTable([
        `Measured on ${new Date().toISOString().slice(0, 10)}. Chromium ${browser.version()}; load of the machine (2 cores) while measuring: ${load}. Gzip, ${profile.latencyMilliseconds} ms, ${profile.bitsPerSecond / 1e6} Mbps, ${profile.slowdown} × slower processor, ${profile.widthPixels} px wide. Bytes with their headers. LCP and TBT are the median of ${rounds}, CLS the highest of ${rounds}.`,
        '',
        ...table,
      ]);
      return [
        `load of the machine: ${load}`,
        heads.join('\t'),
        ...rows.map((cells) => cells.join('\t')),
      ];
    });
  },
};
