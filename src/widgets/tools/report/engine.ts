/** What the reader of reports loads when a file comes: unpacking, mail, the parser, the sums. */
import { batchOf, type ReportFound } from '../../../core/tls-rpt/batch.ts';
import { reportsCsv } from '../../../view/tls-rpt/csv.ts';
import { readReportFile, reportFileOctetsMost } from '../../../world/files/report-file.ts';

export { showReports } from '../../../view/tls-rpt/view.ts';

/** Reads one file of the visitor's own disk; nothing of it leaves the browser. */
export async function readFile(file: File): Promise<readonly ReportFound[]> {
  const { name } = file;
  const situation = 'file-too-large';
  // A file of gigabytes is not even read into memory.
  if (file.size > reportFileOctetsMost)
    return [{ ok: false, place: [name], situation, code: situation, part: '', isAside: false }];
  return readReportFile(new Uint8Array(await file.arrayBuffer()), name);
}

/** Each report once, as a table for a spreadsheet. */
export const csvOf = (found: readonly ReportFound[]): string =>
  reportsCsv(batchOf(found).counted.map(({ report }) => report));
