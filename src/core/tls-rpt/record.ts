/**
 * The `_smtp._tls` TXT record: where daily reports about TLS go (RFC 8460 §3).
 * Whoever can hide an MTA-STS record can hide this one too, so silence is no good news (§7).
 */
import type { Annotated, ParseProblem } from '../parsed.ts';
import { cite } from '../cite.ts';
import { splitAtCommas } from '../grammar/commas.ts';
import { readersOf, situationsOf } from '../grammar/readers.ts';
import { parseUri } from '../grammar/uri.ts';
import {
  chooseRecord,
  extensionsIn,
  formatRecord,
  joinStrings,
  splitRecord,
  unreadRecord,
  type Field,
  type RecordCode,
  type RecordPart,
  type TxtStrings,
} from '../grammar/versioned-record.ts';
import { tlsRptReaders } from './readers.table.ts';

export interface TlsRptRecord {
  /** Report addresses as written, of every `rua` field, in order. */
  readonly rua: readonly string[];
  /** Those whose scheme RFC 8460 does not define; nobody is bound to report there. */
  readonly unsupportedScheme: readonly string[];
  readonly extensions: readonly { readonly name: string; readonly value: string }[];
}

export type TlsRptRecordResult = Annotated<TlsRptRecord, RecordCode, RecordPart>;

const clause = cite('rfc8460', '3');
const version = 'v=TLSRPTv1';

/**
 * Reads the answer to a TXT query for `_smtp._tls.<domain>`.
 * Shape and spans as for the `_mta-sts` record.
 * Errors: `no-record`, `multiple-records`, `syntax` (also where no `rua` is left).
 * Source: RFC 8460 §3.
 */
export function parseTlsRptRecord(records: readonly TxtStrings[]): TlsRptRecordResult {
  const chosen = chooseRecord(records.map(joinStrings), version);
  if (chosen.kind !== 'one')
    return unreadRecord(chosen, 'not-a-tlsrpt-record', clause, tlsRptReaders);
  const split = splitRecord(chosen.text, { version, known: ['rua'], clause });
  const { text, fields, marks } = split;
  const destinations = fields.filter(({ name }) => name === 'rua').map(readDestinations);
  const problems = [...split.problems, ...destinations.flatMap((one) => one.problems)];
  const end = { start: text.length, end: text.length };
  if (destinations.length === 0 && problems.length === 0)
    problems.push({ code: 'syntax', situation: 'no-rua', at: end });
  const rua = destinations.flatMap((one) => one.uris);
  const warnings = [
    ...split.warnings,
    ...destinations.flatMap((one) => one.warnings),
    ...(destinations.length > 1 ? [{ code: 'several-rua-fields', at: end }] : []),
  ];
  const readers = readersOf(situationsOf(problems, warnings), tlsRptReaders);
  if (problems.length > 0) return { ok: false, problems, warnings, text, marks, readers };
  const unsupportedScheme = rua.filter((uri) => !isReportScheme(parseUri(uri)?.scheme));
  const value = { rua, unsupportedScheme, extensions: extensionsIn(fields, 'rua') };
  return { ok: true, value, warnings, text, marks, readers };
}

const isReportScheme = (scheme: string | undefined): boolean =>
  scheme === 'mailto' || scheme === 'https';

/** One `rua` field: URIs with "," between them, blanks around the "," allowed; "!" must be encoded. */
function readDestinations(field: Field) {
  const problems: ParseProblem<RecordCode>[] = [];
  const warnings: ParseProblem<string>[] = [];
  const uris: string[] = [];
  for (const { part: uri, start } of splitAtCommas(field.value)) {
    const from = field.valueStart + start;
    const at = { start: from, end: from + uri.length };
    const parsed = uri.includes('!') ? undefined : parseUri(uri);
    if (parsed === undefined) {
      const situation =
        uri === '' ? 'empty-uri' : uri.includes('!') ? 'exclamation-mark' : 'not-a-uri';
      problems.push({ code: 'syntax', situation, at, found: uri });
      continue;
    }
    uris.push(uri);
    const doubt = doubtAbout(parsed);
    if (doubt !== undefined) warnings.push({ code: doubt, at, found: uri });
  }
  return { uris, problems, warnings };
}

/** The report addresses that a sender can use: the others are URIs that reach nobody (RFC 8460 §3). */
export const reachableRua = ({ rua }: Pick<TlsRptRecord, 'rua'>): readonly string[] =>
  rua.filter((uri) => {
    const parsed = parseUri(uri);
    return parsed !== undefined && doubtAbout(parsed) === undefined;
  });

/** A URI by its grammar that still reaches nobody. */
function doubtAbout({ scheme, host, path }: NonNullable<ReturnType<typeof parseUri>>) {
  if (!isReportScheme(scheme)) return 'scheme-not-defined';
  if (scheme === 'mailto') return /[^@]@[^@]/.test(path) ? undefined : 'mailto-without-address';
  if (host === undefined || host === '') return 'https-without-host';
  return host.includes('.') || host.startsWith('[') ? undefined : 'https-host-without-dot';
}

/** Writes a record that conforms; `parseTlsRptRecord` reads it back unchanged. */
export function formatTlsRptRecord(record: Omit<TlsRptRecord, 'unsupportedScheme'>): string {
  return formatRecord(version, { name: 'rua', value: record.rua.join(',') }, record.extensions);
}
