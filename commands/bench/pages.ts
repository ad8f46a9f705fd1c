/**
 * `npm run bench:pages`: what a first visit to each kind of page costs, on one profile, and the table of
 * docs/performance.md. Pages take turns, so that a busy moment of the machine hits all of them.
 */
import { median } from 'd3-array';
import { readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { embedHref, hrefOf, type PageId } from '../../src/site/routes.ts';
import { onBuiltSite } from '../browsers.ts';
import type { Browser } from '@playwright/test';

/** The same for every page: a slow phone on a slow line. */
const profile = {
  latencyMilliseconds: 150,
  bitsPerSecond: 1_600_000,
  slowdown: 4,
  widthPixels: 412,
  heightPixels: 823,
} as const;

interface Visit {
  readonly bytes: number;
  readonly scriptBytes: number;
  readonly requests: number;
  readonly nodes: number;
  readonly largestPaintMilliseconds: number;
  /** What long tasks took above 50 ms each, after the first paint. */
  readonly blockingMilliseconds: number;
  readonly layoutShift: number;
}

/** Runs in the page before anything of its own. */
function observe(): void {
  const seen = { paint: 0, first: Infinity, shift: 0, tasks: [] as [number, number][] };
  Object.assign(window, { seenByBench: seen });
  new PerformanceObserver((list) => {
    for (const { startTime } of list.getEntries()) seen.paint = startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => {
    for (const { name, startTime } of list.getEntries())
      if (name === 'first-contentful-paint') seen.first = startTime;
  }).observe({ type: 'paint', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const shift = entry as unknown as { value: number; hadRecentInput: boolean };
      if (!shift.hadRecentInput) seen.shift += shift.value;
    }
  }).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) seen.tasks.push([startTime, duration]);
  }).observe({ type: 'longtask', buffered: true });
}

interface Seen {
  readonly paint: number;
  readonly first: number;
  readonly shift: number;
  readonly tasks: readonly (readonly [startTime: number, duration: number])[];
}

async function visit(browser: Browser, address: string): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: profile.widthPixels, height: profile.heightPixels },
    deviceScaleFactor: 2,
    isMobile: true,
  });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: profile.latencyMilliseconds,
      downloadThroughput: profile.bitsPerSecond / 8,
      uploadThroughput: profile.bitsPerSecond / 8,
    });
    await session.send('Emulation.setCPUThrottlingRate', { rate: profile.slowdown });
    const scripts = new Set<string>();
    let [bytes, scriptBytes, requests] = [0, 0, 0];
    session.on('Network.responseReceived', ({ requestId, type }) => {
      if (type === 'Script') scripts.add(requestId);
    });
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (encodedDataLength === 0) return;
      requests += 1;
      bytes += encodedDataLength;
      if (scripts.has(requestId)) scriptBytes += encodedDataLength;
    });
    await page.addInitScript(observe);
    await page.goto(address, { waitUntil: 'networkidle', timeout: 120_000 });
    // Work that was put off until the page rests still belongs to the visit.
    await page.waitForTimeout(1_500);
    const seen = await page.evaluate<Seen>('window.seenByBench');
    const nodes = await page.evaluate(() => document.querySelectorAll('*').length);
    return {
      bytes,
      scriptBytes,
      requests,
      nodes,
      largestPaintMilliseconds: seen.paint,
      blockingMilliseconds: seen.tasks
        .filter(([startTime]) => startTime >= seen.first)
        .reduce((sum, [, duration]) => sum + Math.max(0, duration - 50), 0),
      layoutShift: seen.shift,
    };
  } finally {
    await context.close();
  }
}

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

await onBuiltSite(24_421, async (browser, ours) => {
  const measured: (Measured & { address: string })[] = [
    ...kinds.map(({ page, goal }) => ({ name: hrefOf(page, 'nl'), goal })),
    ...(['simulator', 'check'] as const).map((id) => ({ name: embedHref(id, 'nl'), goal: tool })),
  ].map((each) => ({ ...each, address: new URL(each.name, ours).href, visits: [] }));
  const busy: number[] = [];
  // A browser that has just started is slower than any page.
  await visit(browser, new URL('en/', ours).href);
  for (let round = 0; round < rounds; round += 1)
    for (const { address, visits } of measured) {
      busy.push(loadavg()[0] ?? NaN);
      visits.push(await visit(browser, address));
    }
  const rows = measured.map(row);
  const table = [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  const load = `${median(busy)!.toFixed(1)} (from ${Math.min(...busy).toFixed(1)} to ${Math.max(...busy).toFixed(1)})`;
  await writeTable([
    `Measured on ${new Date().toISOString().slice(0, 10)}. Chromium ${browser.version()}; load of the machine (2 cores) while measuring: ${load}. Gzip, ${profile.latencyMilliseconds} ms, ${profile.bitsPerSecond / 1e6} Mbps, ${profile.slowdown} × slower processor, ${profile.widthPixels} px wide. Bytes with their headers. LCP and TBT are the median of ${rounds}, CLS the highest of ${rounds}.`,
    '',
    ...table,
  ]);
  for (const cells of [heads, ...rows]) console.log(cells.join('\t'));
});
