/** What the reader of reports loads when a file comes: unpacking, mail, the parser, the sums. */
import { readReportFile, reportOctetsMost } from '../../../world/report-file.ts';
import type { FileRead } from './view.ts';

export { showReports } from './view.ts';

/** Reads one file of the visitor's own disk; nothing of it leaves the browser. */
export async function readFile(file: File): Promise<FileRead> {
  const { name } = file;
  const failed = (situation: string, part = ''): FileRead => ({
    ok: false,
    name,
    fault: { key: `situation.tls-rpt.${situation}` },
    part,
  });
  // A file of gigabytes is not even read into memory.
  if (file.size > reportOctetsMost) return failed('too-large');
  if (file.size === 0) return failed('empty-file');
  const read = await readReportFile(new Uint8Array(await file.arrayBuffer()));
  if (!read.ok) {
    const [problem] = read.problems;
    return failed(problem?.situation ?? problem?.code ?? 'not-json', problem?.found);
  }
  return {
    ok: true,
    name,
    report: read.value,
    doubts: read.warnings.map(({ code, found = '' }) => ({ situation: code, part: found })),
  };
}
