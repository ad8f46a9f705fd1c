/**
 * `sts-dane report FILE…`: TLS reports (RFC 8460) added up per policy, each result with what to do, and
 * the failures one by one. Reading, counting once and adding up are those of the site.
 */
import type { MessageKey } from '../view/messages/message-key.ts';
import { createReadStream } from 'node:fs';
import {
  batchOf,
  dayOf,
  failuresOf,
  type Batch,
  type ReportFound,
  type ReportPlace,
  type ReportedFailure,
} from '../core/tls-rpt/batch.ts';
import { policyTypes, resultTypes, type TlsReport } from '../core/tls-rpt/report.ts';
import {
  totalsPerPolicy,
  trendByDay,
  trendBySender,
  untyped,
  type PolicyTotals,
  type Trend,
} from '../core/tls-rpt/totals.ts';
import { reportsCsv } from '../view/tls-rpt/csv.ts';
import { placeName } from '../view/tls-rpt/view.ts';
import { readReportFile } from '../world/files/report-file.ts';
import { situationKey, type Line } from '../view/messages/line.ts';
import type { Say } from '../view/messages/say.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { readFile } from './files.ts';
import type { Run } from './arguments.ts';
import { isGzip } from '../world/files/gzip.ts';
import { streamReport } from './report-stream.ts';
import { paragraphs, type Lines, type Terminal } from './terminal.ts';

/** Failures one by one, at most; all of them count in the totals. In text it is what the site shows. */
const failuresMost = { text: 200, json: 10_000 } as const;
/** Of one value of a report, so that the end of a line is still on it. */
const valueCharactersMost = 400;

export async function showReports(
  { operands, options }: Run,
  terminal: Terminal,
): Promise<ExitCode> {
  const { say } = terminal;
  const found: ReportFound[] = [];
  const unopened: { readonly file: string; readonly reason: string }[] = [];
  for (const path of operands) {
    const read = await readReports(path, terminal);
    if ('key' in read) {
      const reason = say(read.key, read.args);
      terminal.err(reason);
      unopened.push({ file: path, reason });
    } else found.push(...read);
  }
  const batch = batchOf(found);
  tellApart(batch, terminal);
  const reports = batch.counted.map(({ report }) => report);
  const totals = totalsPerPolicy(reports);
  if (options.format === 'json') {
    const answer = jsonOf(batch, totals, say);
    const closed = { within: [], situation: 'not-opened', part: '', isAside: false };
    const skipped = [...unopened.map((each) => ({ ...each, ...closed })), ...answer.skipped];
    await terminal.json({ ...answer, skipped });
  } else if (options.format === 'csv') await terminal.file(reportsCsv(reports));
  else if (reports.length > 0) await terminal.out(textOf(reports, totals, say));
  return unopened.length === 0 && batch.unread.length === 0 ? exitCode.good : exitCode.usage;
}

/** The usual reader; what is too large for it and one report streams by instead. */
async function readReports(
  path: string,
  terminal: Terminal,
): Promise<readonly ReportFound[] | Line> {
  const file = await readFile(path, terminal);
  const isLarge = !file.ok && file.key === 'cli.file.large' && path !== '-';
  if (!file.ok && !isLarge) return file;
  const isPacked = file.ok ? isGzip(file.octets) : await beginsPacked(path);
  if (file.ok) {
    const found = await readReportFile(file.octets, path);
    const [only] = found;
    const isRefused = found.length === 1 && only?.ok === false && only.situation === 'too-large';
    if (!isRefused || path === '-') return found;
  }
  return [await streamReport(path, isPacked)];
}

async function beginsPacked(path: string): Promise<boolean> {
  for await (const chunk of createReadStream(path, { end: 1 })) return isGzip(chunk as Buffer);
  return false;
}

const repeatedSituation = (isSame: boolean) => (isSame ? 'repeated' : 'repeated-otherwise');

/** What is about the reports and not in them: where reading was lenient, and what was not counted. */
function tellApart({ counted, repeated, unread, asides }: Batch, terminal: Terminal): void {
  const { say } = terminal;
  const tell = (place: ReportPlace, situation: string, part = '') =>
    terminal.err(
      `${placeName(place)}: ${say(situationKey('tls-rpt', situation))}${part === '' ? '' : ` (${part})`}`,
    );
  for (const { place, remarks } of counted)
    for (const { situation, part } of remarks) tell(place, situation, part);
  for (const { place, isSame } of repeated) tell(place, repeatedSituation(isSame));
  for (const { place, situation, part } of unread) tell(place, situation, part);
  if (asides.length > 0) terminal.err(say('tools.report.asides', { count: asides.length }));
  for (const { place, situation, part } of asides) tell(place, situation, part);
}

const spanOf = (reports: readonly TlsReport[]) => {
  const starts = reports.map(({ start }) => dayOf(start)).sort();
  const ends = reports.map(({ end }) => dayOf(end)).sort();
  return { first: starts[0] ?? '', last: ends.at(-1) ?? '' };
};

function textOf(reports: readonly TlsReport[], totals: readonly PolicyTotals[], say: Say): Lines {
  const { first, last } = spanOf(reports);
  const from = [
    ...new Set(reports.map(({ organization }) => organization ?? say('cli.report.unnamed'))),
  ];
  return paragraphs([
    say('cli.report.span', { count: reports.length, first, last, from: from.join(', ') }),
    ...(totals.length === 0 ? [say('cli.report.no-policies')] : []),
    ...totals.map((each) => policyText(each, say)),
    ...trendText(reports, say),
    ...failuresText(failuresOf(reports), say),
    '',
  ]);
}

/** Rows of a trend, at most. */
const trendMost = 60;

/** Only where there is something to compare: one day or one sender has no trend. */
function trendText(reports: readonly TlsReport[], say: Say): readonly Lines[] {
  const rows = (heading: MessageKey, trend: readonly Trend[]): readonly Lines[] =>
    trend.length < 2
      ? []
      : [
          [
            say(heading),
            ...trend
              .slice(-trendMost)
              .map(
                ({ of, successful, failed }) =>
                  `  ${of === '' ? say('cli.report.unnamed') : of.slice(0, valueCharactersMost)}: ${say('cli.report.sessions', { good: successful, failed })}`,
              ),
            ...(trend.length > trendMost
              ? [`  ${say('tools.report.left-out', { count: trend.length - trendMost })}`]
              : []),
          ],
        ];
  return [
    ...rows('cli.report.by-day', trendByDay(reports)),
    ...rows('cli.report.by-sender', trendBySender(reports)),
  ];
}

function policyText(totals: PolicyTotals, say: Say): Lines {
  const type = totals.policyType ?? '';
  const known = policyTypes.find((each) => each === type);
  return [
    `${totals.policyDomain ?? say('cli.report.unnamed')}: ${known ? say(`policy-type.${known}`) : type || say('cli.report.unnamed')}`,
    `  ${say('cli.report.sessions', { good: totals.successfulSessions, failed: totals.failedSessions })}`,
    ...(totals.withoutTotal > 0
      ? [`  ${say('cli.report.least', { count: totals.withoutTotal })}`]
      : []),
    ...[...totals.failedByResultType].flatMap(([result, count]) => resultText(result, count, say)),
  ];
}

function resultText(result: string, count: number, say: Say): readonly string[] {
  const name = result === untyped ? say('cli.report.unnamed') : result;
  const known = resultTypes.find((each) => each === result);
  return [
    `  ${name}: ${count}`,
    ...(known
      ? (['meaning', 'cause', 'next'] as const).map(
          (part) => `    ${say(`result-type.${known}.${part}`)}`,
        )
      : [`    ${say('situation.tls-rpt.unknown-result-type')}`]),
  ];
}

function failuresText(failures: readonly ReportedFailure[], say: Say): readonly Lines[] {
  if (failures.length === 0) return [];
  const left = failures.length - failuresMost.text;
  return [
    [
      `${say('tools.report.details')}:`,
      ...failures.slice(0, failuresMost.text).map((failure) => `  ${failureText(failure, say)}`),
      ...(left > 0 ? [`  ${say('tools.report.left-out', { count: left })}`] : []),
    ],
  ];
}

/** One line: how often what went wrong for which domain, between whom, and what the reporter adds. */
function failureText(failure: ReportedFailure, say: Say): string {
  const { receivingMxHostname, receivingMxHelo, receivingIp, failedSessions } = failure;
  const value = (text: string | null | undefined) =>
    (text || say('cli.report.unnamed')).slice(0, valueCharactersMost);
  const helo = receivingMxHelo === receivingMxHostname ? '' : receivingMxHelo;
  const server = [receivingMxHostname, receivingIp, helo].filter(Boolean).map(value);
  return say('cli.report.failure', {
    day: failure.day,
    count: failedSessions === null ? say('cli.report.unnamed') : String(failedSessions),
    result: value(failure.resultType),
    domain: value(failure.policyDomain),
    sender: value(failure.sendingMtaIp),
    server: server.length === 0 ? value('') : server.join(', '),
    code: value(failure.failureReasonCode),
    information: value(failure.additionalInformation),
    reporter: value(failure.organization),
  });
}

/** Every file, mail and attachment stands in `reports`, `repeated` or `skipped`. */
function jsonOf(batch: Batch, totals: readonly PolicyTotals[], say: Say) {
  const reports = batch.counted.map(({ report }) => report);
  const failures = failuresOf(reports);
  const whereOf = ([file, ...within]: ReportPlace) => ({ file, within });
  return {
    version: 1,
    reports: batch.counted.map(
      ({ place, remarks, report: { organization, reportId, start, end } }) => ({
        ...whereOf(place),
        ...{ organization, reportId, start, end, remarks },
      }),
    ),
    repeated: batch.repeated.map(({ place, isSame }) => ({ ...whereOf(place), isSame })),
    skipped: [...batch.unread, ...batch.asides].map(({ place, situation, part, isAside }) => ({
      ...whereOf(place),
      ...{ situation, part, isAside, reason: say(situationKey('tls-rpt', situation)) },
    })),
    totals: totals.map(({ failedByResultType, ...each }) => ({
      ...each,
      failedByResultType: Object.fromEntries(failedByResultType),
    })),
    failures: failures.slice(0, failuresMost.json),
    failuresLeftOut: Math.max(0, failures.length - failuresMost.json),
    byDay: trendByDay(reports).map(({ of: day, ...sums }) => ({ day, ...sums })),
    bySender: trendBySender(reports).map(({ of: organization, ...sums }) => ({
      organization,
      ...sums,
    })),
  };
}
