/** The reports on screen. They live in this page only: closing it forgets them. */
import type { ReportFound } from '../../../core/tls-rpt/batch.ts';
import type * as engine from './engine.ts';
import type { ReportsView } from '../../../view/tls-rpt/view.ts';

/** A year of reports of several reporters fits. */
export const filesMost = 2000;

export class Session {
  /** What was found in each file. */
  files = $state.raw<readonly (readonly ReportFound[])[]>([]);
  reading = $state(0);
  isBroken = $state(false);
  isTooMany = $state(false);
  #engine: Promise<typeof engine> | undefined;
  view = $state.raw<ReportsView | undefined>(undefined);

  prepare(): void {
    this.#engine ??= import('./engine.ts');
  }

  async add(given: readonly File[]): Promise<void> {
    const room = filesMost - this.files.length;
    this.isTooMany = given.length > room;
    const files = given.slice(0, room);
    this.isBroken = false;
    this.reading += files.length;
    const read: (readonly ReportFound[])[] = [];
    try {
      this.prepare();
      const { readFile, showReports } = await this.#engine!;
      for (const file of files) {
        read.push(await readFile(file));
        this.reading -= 1;
      }
      this.files = [...this.files, ...read];
      this.view = showReports(this.files.flat());
    } catch (error) {
      // What failed to load may load the next time.
      this.#engine = undefined;
      this.isBroken = true;
      this.reading -= files.length - read.length;
      console.error(error);
    }
  }

  async csv(): Promise<string> {
    this.prepare();
    const { csvOf } = await this.#engine!;
    return csvOf(this.files.flat());
  }

  clear(): void {
    this.files = [];
    this.view = undefined;
    this.isTooMany = false;
    this.isBroken = false;
  }
}
