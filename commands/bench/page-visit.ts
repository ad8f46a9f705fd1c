/** One first visit to a page, measured as its reader has it. */
import type { Browser } from '@playwright/test';

/** The same for every page: a slow phone on a slow line. */
export const profile = {
  latencyMilliseconds: 150,
  bitsPerSecond: 1_600_000,
  slowdown: 4,
  widthPixels: 412,
  heightPixels: 823,
} as const;

export interface Visit {
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

export async function visit(browser: Browser, address: string): Promise<Visit> {
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
