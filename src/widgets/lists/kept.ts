/**
 * The list of a visitor, kept in the visitor's own browser so that it goes on after a reload. The only
 * names this site keeps anywhere; it says so, and they can be cleared. Works in a page and in a worker.
 * Without IndexedDB (a sandboxed frame, a browser that keeps nothing) the list is measured all the same.
 */
import type { ListRow } from '../../core/check/list-row.ts';
import type { DomainName } from '../../core/dns/name.ts';

export interface KeptRun {
  /** Whose run it is: the tab that began or continued it last. */
  readonly id: string;
  readonly names: readonly DomainName[];
  /** Who was asked: the rest is asked of the same. */
  readonly address: string;
  /** Seconds since 1970. */
  readonly startedSeconds: number;
}

export interface Keep {
  /** Forgets what was kept before. */
  begin(run: KeptRun): Promise<void>;
  /** Makes the run that is kept this tab's. */
  takeOver(run: KeptRun): Promise<void>;
  /** Rejects where the run that is kept is another's by now: rows of two lists must not mix. */
  add(rows: readonly ListRow[], id: string): Promise<void>;
  /** Undefined where nothing is kept. */
  read(): Promise<{ readonly run: KeptRun; readonly rows: readonly ListRow[] } | undefined>;
  clear(): Promise<void>;
}

const database = 'sts-dane-list';

const settled = <Value>(request: IDBRequest<Value>): Promise<Value> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB refused'));
  });

const finished = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('IndexedDB refused'));
  });

/** Undefined where nothing can be kept. */
export async function openKeep(): Promise<Keep | undefined> {
  let open: IDBDatabase;
  try {
    const request = indexedDB.open(database, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('run');
      request.result.createObjectStore('rows', { keyPath: 'domain' });
    };
    open = await settled(request);
  } catch {
    return undefined;
  }
  // Another tab that clears the list must not wait for this one.
  open.onversionchange = () => open.close();
  const clear = async () => {
    const transaction = open.transaction(['run', 'rows'], 'readwrite');
    transaction.objectStore('run').clear();
    transaction.objectStore('rows').clear();
    await finished(transaction);
  };
  const takeOver = async (run: KeptRun) => {
    const transaction = open.transaction('run', 'readwrite');
    transaction.objectStore('run').put(run, 'run');
    await finished(transaction);
  };
  return {
    clear,
    takeOver,
    async begin(run) {
      await clear();
      await takeOver(run);
    },
    async add(rows, id) {
      const transaction = open.transaction(['run', 'rows'], 'readwrite');
      const done = finished(transaction);
      const request = transaction.objectStore('run').get('run') as IDBRequest<KeptRun | undefined>;
      request.onsuccess = () => {
        if (request.result?.id !== id) transaction.abort();
        else for (const row of rows) transaction.objectStore('rows').put(row);
      };
      await done;
    },
    async read() {
      const transaction = open.transaction(['run', 'rows'], 'readonly');
      const run = settled(
        transaction.objectStore('run').get('run') as IDBRequest<KeptRun | undefined>,
      );
      const rows = settled(transaction.objectStore('rows').getAll() as IDBRequest<ListRow[]>);
      const kept = await run;
      return kept === undefined ? undefined : { run: kept, rows: await rows };
    },
  };
}
