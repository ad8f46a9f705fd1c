/**
 * Where a list is read, measured, kept and compared: in a worker, or on the page where a frame may
 * start none. Then everything that takes long is done in slices, between which the page breathes.
 */
import { linesOf, listReader, type ListReading } from '../../core/check/list-input.ts';
import { compareRows, readRows, type ListRow } from '../../core/check/list-row.ts';
import type { DomainName } from '../../core/dns/name.ts';
import { parseAnchors } from '../../world/anchor.ts';
import { listMeasure, usualAtOnce } from '../../world/list-measure.ts';
import { probeResolver } from '../../world/probe.ts';
import { startSurvey, type Survey } from '../../world/survey.ts';
import { openKeep, type Keep } from './kept.ts';
import type { News, Order } from './orders.ts';

/** Rows are handed over and kept together: the page need not draw each by itself. */
const batchMilliseconds = 250;
const rowsPerMessage = 500;
const sliceMilliseconds = 10;

const breathe = () => new Promise<void>((resolve) => setTimeout(resolve));

export function openDesk(tell: (news: News) => void): (order: Order) => void {
  let reading: ListReading | undefined;
  let rows: ListRow[] = [];
  let survey: Survey | undefined;
  let abort = new AbortController();
  let keep: Promise<Keep | undefined> | undefined;
  const keeping = () => (keep ??= openKeep());

  async function read(text: string): Promise<void> {
    const reader = listReader();
    let start = performance.now();
    for (const line of linesOf(text)) {
      reader.take(line);
      if (performance.now() - start < sliceMilliseconds) continue;
      await breathe();
      start = performance.now();
    }
    reading = reader.reading();
    const { names, ...told } = reading;
    tell({ told: 'read', reading: { ...told, count: names.length } });
  }

  async function tellRows(all: readonly ListRow[]): Promise<void> {
    for (let at = 0; at < all.length; at += rowsPerMessage) {
      tell({ told: 'rows', rows: all.slice(at, at + rowsPerMessage) });
      await breathe();
    }
  }

  /** Measures what is not measured yet. */
  async function measure(
    names: readonly DomainName[],
    address: string,
    anchorText: string,
    begin: () => Promise<boolean>,
  ): Promise<void> {
    const anchors = parseAnchors(anchorText);
    if (!anchors.ok) throw new Error('the anchors of this build cannot be read');
    abort = new AbortController();
    const { signal } = abort;
    const probe = await probeResolver({ address, anchors: anchors.value, signal });
    if (signal.aborted) return tell({ told: 'ended', how: 'cancelled' });
    if (!probe.usable) return tell({ told: 'refused', faults: probe.faults });
    const isKept = await begin();
    const store = isKept ? await keeping() : undefined;
    tell({ told: 'started', total: names.length, isKept });
    await tellRows(rows);
    const done = new Set(rows.map(({ domain }) => domain));
    let fresh: ListRow[] = [];
    const flush = async (): Promise<void> => {
      const batch = fresh;
      fresh = [];
      if (batch.length === 0) return;
      tell({ told: 'rows', rows: batch });
      // A browser that is full loses what comes after a reload, not what is on screen.
      await store?.add(batch).catch(() => undefined);
    };
    const timer = setInterval(() => void flush(), batchMilliseconds);
    try {
      survey = startSurvey<DomainName, ListRow>({
        names: names.filter((name) => !done.has(name)),
        measure: listMeasure({ address, anchors: anchors.value, signal }),
        onRow: (row) => {
          rows.push(row);
          fresh.push(row);
        },
        onPace: (pace) => tell({ told: 'pace', pace }),
        atOnce: usualAtOnce,
        wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
        chance: Math.random,
        signal,
      });
      const how = await survey.done;
      await flush();
      tell({ told: 'ended', how });
    } finally {
      clearInterval(timer);
      survey = undefined;
    }
  }

  async function start(address: string, anchors: string): Promise<void> {
    const { names } = reading ?? { names: [] };
    await measure(names, address, anchors, async () => {
      rows = [];
      const store = await keeping();
      const startedSeconds = Math.floor(Date.now() / 1000);
      try {
        await store?.begin({ names, address, startedSeconds });
        return store !== undefined;
      } catch {
        return false;
      }
    });
  }

  const kept = async () => (await keeping())?.read().catch(() => undefined);

  async function open(): Promise<void> {
    const found = await kept();
    if (!found) return tell({ told: 'nothing-kept' });
    rows = [...found.rows];
    const { names, address } = found.run;
    tell({ told: 'kept', total: names.length, done: rows.length, address });
    if (rows.length === names.length) await tellRows(rows);
  }

  async function resume(anchors: string): Promise<void> {
    const found = await kept();
    if (!found) return tell({ told: 'nothing-kept' });
    rows = [...found.rows];
    await measure(found.run.names, found.run.address, anchors, () => Promise.resolve(true));
  }

  async function clear(): Promise<void> {
    abort.abort();
    rows = [];
    reading = undefined;
    await (await keeping())?.clear();
    tell({ told: 'cleared' });
  }

  function compare(text: string): void {
    const { rows: earlier, others } = readRows(text);
    const comparison = compareRows(earlier, rows);
    tell({ told: 'compared', comparison, earlier: earlier.length, others });
  }

  const carryOut = async (order: Order): Promise<void> => {
    switch (order.do) {
      case 'read':
        return read(order.text);
      case 'start':
        return start(order.address, order.anchors);
      case 'open':
        return open();
      case 'continue':
        return resume(order.anchors);
      case 'pause':
        return survey?.pause();
      case 'resume':
        return survey?.resume();
      case 'cancel':
        return abort.abort();
      case 'clear':
        return clear();
      case 'compare':
        return compare(order.text);
    }
  };
  return (order) => {
    carryOut(order).catch((error: unknown) => {
      console.error(error);
      tell({ told: 'broken' });
    });
  };
}
