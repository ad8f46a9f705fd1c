/** The reports on screen. They live in this page only: closing it forgets them. */
import type { ReportFound } from '../../../core/tls-rpt/batch.ts';
import { Work } from '../../work.svelte.ts';
import type { ReportsView } from '../../../view/tls-rpt/view.ts';

/** A year of reports of several reporters fits. */
const filesMost = 2000;

export class Session {
  /** What was found in each file. */
  files = $state.raw<readonly (readonly ReportFound[])[]>([]);
  reading = $state(0);
  isTooMany = $state(false);
  view = $state.raw<ReportsView | undefined>(undefined);
  readonly work = new Work(() => import('./engine.ts'));

  #reading = Promise.resolve();

  /** Reads files after those that were given before. */
  add(given: readonly File[]): Promise<void> {
    return (this.#reading = this.#reading.then(() => this.#read(given)));
  }

  async #read(given: readonly File[]): Promise<void> {
    const room = filesMost - this.files.length;
    this.isTooMany = given.length > room;
    const files = given.slice(0, room);
    this.reading = files.length;
    await this.work.do(
      async ({ readFile }) => {
        const read: (readonly ReportFound[])[] = [];
        for (const file of files) {
          read.push(await readFile(file));
          this.reading -= 1;
        }
        return read;
      },
      (read, { showReports }) => {
        this.files = [...this.files, ...read];
        this.view = showReports(this.files.flat());
      },
    );
  }

  async csv(): Promise<string> {
    const { csvOf } = await this.work.prepare();
    return csvOf(this.files.flat());
  }

  clear(): void {
    this.files = [];
    this.view = undefined;
    this.isTooMany = false;
    this.work.cancel();
  }
}
