/**
 * From a file to the text of a TLS report: plain JSON, gzip, or a saved mail with the report
 * attached. Nothing leaves the machine; decompression stops at a limit, because a few kilobytes
 * can unpack to gigabytes.
 */
import type { Parsed } from '../core/parsed.ts';
import { parseTlsReport, type ReportCode, type TlsReport } from '../core/tls-rpt/report.ts';
import { throughBounded } from './bounds.ts';
import { attachmentsOf, looksLikeMail } from './mail-parts.ts';

/** Octets of a report at most, unpacked. Our choice: real reports are kilobytes. */
export const reportOctetsMost = 16 * 1024 * 1024;

export type ReportFileCode = ReportCode | 'gzip' | 'too-large' | 'no-report';
export type ReportEncoding = 'json' | 'gz' | 'mail';

const isGzip = (octets: Uint8Array): boolean => octets[0] === 0x1f && octets[1] === 0x8b;

const fail = (code: ReportFileCode, length: number): Parsed<never, ReportFileCode> => ({
  ok: false,
  problems: [{ code, situation: code, at: { start: 0, end: length } }],
});

/** What the octets look like; a report attached to a mail may be either of the others. */
export function encodingOf(octets: Uint8Array): ReportEncoding {
  if (isGzip(octets)) return 'gz';
  return looksLikeMail(octets) ? 'mail' : 'json';
}

/**
 * Reads one file.
 * Errors: `gzip` (broken or none), `too-large` (unpacked), `no-report` (mail without one), `json`
 * (also where the octets are not UTF-8), `shape`.
 */
export async function readReportFile(
  octets: Uint8Array,
  encoding: ReportEncoding = encodingOf(octets),
  octetsMost = reportOctetsMost,
): Promise<Parsed<TlsReport, ReportFileCode>> {
  if (octets.length > octetsMost) return fail('too-large', octets.length);
  if (encoding === 'mail') {
    const [report] = attachmentsOf(octets).filter(({ isReport }) => isReport);
    if (report === undefined) return fail('no-report', octets.length);
    return readReportFile(report.octets, isGzip(report.octets) ? 'gz' : 'json', octetsMost);
  }
  if (encoding === 'gz') {
    if (!isGzip(octets)) return fail('gzip', octets.length);
    const unpacked = await unpack(octets, octetsMost);
    if (typeof unpacked === 'string') return fail(unpacked, octets.length);
    return readReportFile(unpacked, 'json', octetsMost);
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets);
  } catch {
    return fail('json', octets.length);
  }
  return parseTlsReport(text);
}

/** Unpacks until the limit. */
async function unpack(
  octets: Uint8Array,
  octetsMost: number,
): Promise<Uint8Array | 'gzip' | 'too-large'> {
  try {
    const unpacked = await throughBounded(octets, new DecompressionStream('gzip'), octetsMost);
    return unpacked ?? 'too-large';
  } catch {
    return 'gzip';
  }
}
