/**
 * Where a list is read, measured, kept and compared: in a worker, or on the page where a frame may
 * start none. Then everything that takes long is done in slices, between which the page breathes.
 */
import { linesOf, listReader, type ListReading } from '../../core/check/list-input.ts';
import { compareRows, readRows, rowOf, totalsOf, type ListRow } from '../../core/check/list-row.ts';
import type { DomainName } from '../../core/dns/name.ts';
import { parseAnchors } from '../../world/live/anchor.ts';
import { reportMeasure, usualAtOnce } from '../../world/live/list-measure.ts';
import { probeResolver } from '../../world/live/probe.ts';
import { secondsLeft, startSurvey, type Survey } from '../../world/live/survey.ts';
import { openKeep, type Keep } from './kept.ts';
import { noList, type News, type Order, type SavedAs } from './orders.ts';
import { chosenRows, csvOf, firstShown, jsonOf, pageOf, pagesOf } from '../../view/lists/view.ts';

/** Rows are kept, and shown, some at a time: the page need not draw each by itself. */
const batchMilliseconds = 400;
const sliceMilliseconds = 10;
/** The latest names by which the pace is measured. */
const paceNames = 60;
/** What is told by name of faults and of changes; all are counted. */
const namedAtMost = { faults: 100, changes: 200 };
const aliveMilliseconds = 3_000;

const breathe = () => new Promise<void>((resolve) => setTimeout(resolve));

export function openDesk(tell: (news: News) => void): (order: Order) => void {
  let reading: ListReading | undefined;
  let rows: ListRow[] = [];
  let shown = firstShown;
  let address = '';
  /** Of this list, measured or not. */
  let total = 0;
  let finishedAt: number[] = [];
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
    const { names, faults, ...told } = reading;
    tell({
      stage: 'read',
      reading: {
        ...told,
        count: names.length,
        faults: faults.slice(0, namedAtMost.faults),
        faultCount: faults.length,
      },
    });
  }

  function tellSeen(): void {
    const chosen = chosenRows(rows, shown);
    const page = Math.min(shown.page, pagesOf(chosen.length) - 1);
    tell({
      seen: {
        rows: pageOf(chosen, page),
        chosen: chosen.length,
        page,
        totals: totalsOf(rows),
        secondsLeft: secondsLeft(finishedAt, Math.max(0, total - rows.length)),
      },
    });
  }

  /** Measures what is not measured yet. */
  async function measure(
    names: readonly DomainName[],
    asked: string,
    anchorText: string,
    begin: (id: string) => Promise<boolean>,
  ): Promise<void> {
    const anchors = parseAnchors(anchorText);
    if (!anchors.ok) throw new Error('the anchors of this build cannot be read');
    abort = new AbortController();
    const { signal } = abort;
    // Empty messages tell the page that the worker runs, however slow the resolver is.
    const timers = [setInterval(() => tell({}), aliveMilliseconds)];
    try {
      const probe = await probeResolver({ address: asked, anchors: anchors.value, signal });
      if (signal.aborted) return tell({ stage: 'cancelled' });
      if (!probe.usable) return tell({ stage: 'refused', faults: probe.faults });
      const id = String(crypto.getRandomValues(new Uint32Array(2)));
      const isKept = await begin(id).catch(() => false);
      let store = isKept ? await keeping() : undefined;
      address = asked;
      total = names.length;
      finishedAt = [];
      tell({ stage: 'running', total, isKept, isUnkept: false });
      tellSeen();
      const done = new Set(rows.map(({ domain }) => domain));
      let fresh: ListRow[] = [];
      const flush = async (): Promise<void> => {
        const batch = fresh;
        fresh = [];
        if (batch.length === 0) return;
        tellSeen();
        // A browser that is full, or a list in another tab, takes what would be there after a reload; not
        // what is on screen.
        await store?.add(batch, id).catch(() => {
          store = undefined;
          tell({ isUnkept: true });
        });
      };
      timers.push(setInterval(() => void flush(), batchMilliseconds));
      survey = startSurvey<DomainName, ListRow>({
        names: names.filter((name) => !done.has(name)),
        measure: reportMeasure({ address: asked, anchors: anchors.value, signal }, rowOf),
        onRow: (row) => {
          rows.push(row);
          fresh.push(row);
          finishedAt.push(performance.now());
          if (finishedAt.length > paceNames) finishedAt.shift();
        },
        onPace: (pace) => tell({ pace }),
        atOnce: usualAtOnce,
        wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
        chance: Math.random,
        signal,
      });
      const stage = await survey.done;
      await flush();
      tell({ stage });
    } finally {
      for (const timer of timers) clearInterval(timer);
      survey = undefined;
    }
  }

  async function start(asked: string, anchors: string): Promise<void> {
    const { names } = reading ?? { names: [] };
    await measure(names, asked, anchors, async (id) => {
      rows = [];
      const store = await keeping();
      const startedSeconds = Math.floor(Date.now() / 1000);
      await store?.begin({ id, names, address: asked, startedSeconds });
      return store !== undefined;
    });
  }

  const kept = async () => (await keeping())?.read().catch(() => undefined);

  async function open(): Promise<void> {
    const found = await kept();
    if (!found) return tell({ isKept: false });
    rows = [...found.rows];
    total = found.run.names.length;
    address = found.run.address;
    const stage = rows.length === total ? 'finished' : 'kept';
    tell({ stage, total, keptDone: rows.length, address, isKept: true });
    if (rows.length === total) tellSeen();
  }

  async function resume(anchors: string): Promise<void> {
    const found = await kept();
    if (!found) return tell({ stage: 'idle', isKept: false });
    rows = [...found.rows];
    await measure(found.run.names, found.run.address, anchors, async (id) => {
      await (await keeping())?.takeOver({ ...found.run, id });
      return true;
    });
  }

  async function clear(): Promise<void> {
    abort.abort();
    rows = [];
    reading = undefined;
    shown = firstShown;
    await (await keeping())?.clear();
    tell(noList);
  }

  function compare(text: string): void {
    const { rows: earlier } = readRows(text);
    const { changes, same, added, gone } = compareRows(earlier, rows);
    const counts = { better: 0, worse: 0, other: 0, changes: changes.length };
    for (const { direction } of changes) counts[direction] += 1;
    tell({
      compared: {
        earlier: earlier.length,
        counts: { ...counts, same, added: added.length, gone: gone.length },
        changes: changes.slice(0, namedAtMost.changes),
      },
    });
  }

  /** In the order that the page shows, and all of them whatever it leaves out. */
  function save(as: SavedAs): void {
    const all = chosenRows(rows, { ...shown, name: '', standing: '' });
    const text = as === 'csv' ? csvOf(all) : jsonOf(all, address);
    const type = as === 'csv' ? 'text/csv' : 'application/json';
    tell({ saved: { as, file: new Blob([text], { type }) } });
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
        // What was measured before a pause says nothing about the pace after it.
        finishedAt = [];
        return survey?.pause();
      case 'resume':
        return survey?.resume();
      case 'show':
        shown = order.shown;
        return tellSeen();
      case 'save':
        return save(order.as);
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
      tell({ stage: 'broken' });
    });
  };
}
