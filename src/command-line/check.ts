/** `sts-dane check DOMAIN…`: the report of the check page, one line first; or as data for machines. */
import { parseDomainInput } from '../core/check/domain-input.ts';
import { isIncomplete, rowOf, type ListRow, type Standing } from '../core/check/list-row.ts';
import type { Report } from '../core/check/report.ts';
import type { DomainName } from '../core/dns/name.ts';
import {
  showReport,
  type Failures,
  type LookupRow,
  type ReportView,
} from '../view/check/report-view.ts';
import { sayLine, type Line } from '../view/messages/line.ts';
import type { Say } from '../view/messages/say.ts';
import { exitCode, worst, type ExitCode } from './exit-code.ts';
import type { Run } from './arguments.ts';
import { writeBadge } from './badge.ts';
import type { Thresholds } from './deadlines.ts';
import { findingOf, firstLine, type Finding } from './finding.ts';
import { isMachineFormat, printRound, refuse, tellNothing } from './formats.ts';
import { measureNames, type Measurement } from './measure.ts';
import { readSource } from './resolver.ts';
import type { CheckJson } from './schemas.ts';
import { headAfterConnecting, type Head } from './connect-head.ts';
import { connectionsJson, sayConnections, type Connected } from './connect.ts';
import { paragraphs, type Lines, type Terminal } from './terminal.ts';

const endsWith: Readonly<Record<Standing, ExitCode>> = {
  'dane-and-sts': exitCode.good,
  dane: exitCode.good,
  'sts-only': exitCode.good,
  'no-mail': exitCode.good,
  'dane-some': exitCode.finding,
  neither: exitCode.finding,
  'none-of-first': exitCode.finding,
  'no-server': exitCode.finding,
  'no-domain': exitCode.finding,
  unknown: exitCode.unknown,
};

/** As for a list: where something could not be looked up, the answer is not whole. */
export const codeOfRow = (row: ListRow): ExitCode =>
  isIncomplete(row) ? exitCode.unknown : endsWith[row.standing];

export async function check(run: Run, terminal: Terminal, signal: AbortSignal): Promise<ExitCode> {
  const { operands, options } = run;
  const { say } = terminal;
  const { format } = options;
  const domains: DomainName[] = [];
  const faults: string[] = [];
  for (const typed of operands) {
    const input = parseDomainInput(typed);
    if (!input.ok) {
      const fault = `${typed}: ${say(`lookup.input.${input.fault}`)}`;
      terminal.err(fault);
      faults.push(fault);
      continue;
    }
    if (input.taken !== 'as-typed')
      terminal.err(`${typed}: ${say(`lookup.taken.${input.taken}`, { domain: input.domain })}`);
    // Once: a metric or a test case with the same name twice would be an error.
    if (!domains.includes(input.domain)) domains.push(input.domain);
  }
  const read = readSource(options, terminal.environment);
  if (!read.ok) return refuse(terminal, say(read.key, read.args));
  if (domains.length === 0) return tellNothing(terminal, faults);
  terminal.err(say('cli.check.asks', { resolver: read.source.address }));
  const findings: Finding[] = [];
  const ended = await measureNames(
    { names: domains, source: read.source, options, terminal, signal, refusalsMost: 2 },
    (measured) => judge(measured, options, say),
    async (judged) => {
      findings.push(judged.finding);
      if (format === 'json') await terminal.json(reportJson(judged, say));
      if (format !== 'text') return;
      await terminal.out(firstLine(say, judged.finding));
      if (!options.quiet) await terminal.out(['', reportText(judged, say)]);
    },
  );
  if (ended === 'cancelled') return exitCode.interrupted;
  const codes = findings.map(({ code }) => code);
  if (faults.length > 0) codes.push(exitCode.usage);
  const [only] = findings;
  if (options.badge !== undefined && only !== undefined) {
    const fault = await writeBadge(options.badge, only, options, say);
    if (fault !== undefined) return refuse(terminal, fault);
  }
  return isMachineFormat(format)
    ? printRound(format, { findings, faults }, worst(codes), terminal)
    : worst(codes);
}

/** One domain: what every format shows of it. */
interface Judged {
  readonly report: Report;
  readonly view: ReportView;
  /** The head of the view, as the wire made it where connections were made. */
  readonly head: Head;
  readonly connected: Connected | undefined;
  readonly finding: Finding;
}

/** Head, problems and what runs out of one domain, put together once for every format. */
export function judge(
  { report, failures, connected }: Measurement,
  thresholds: Thresholds,
  say: Say,
): Judged {
  const view = viewOf(report, failures);
  const head = connected ? headAfterConnecting(say, view, report, connected) : view;
  const code = codeOf(report, connected);
  const finding = findingOf(report, head, connected, code, thresholds, say);
  return { report, view, head, connected, finding };
}

/** What was seen on the wire decides; what could not be seen there leaves what the DNS says. */
function codeOf(report: Report, connected: Connected | undefined): ExitCode {
  const published = codeOfRow(rowOf(report));
  if (connected === undefined) return published;
  return connected.code === exitCode.finding ? connected.code : worst([published, connected.code]);
}

/** What is true of a browser only is not said here; the end of the report says what was not looked at. */
const ofBrowsers = 'lookup.mta-sts.policy-not-checkable';

function viewOf(report: Report, failures: Failures): ReportView {
  const view = showReport(report, failures);
  const cards = view.cards.map((card) => ({
    ...card,
    why: card.why.filter(({ key }) => key !== ofBrowsers),
  }));
  return { ...view, cards };
}

function lookupText(say: Say, row: LookupRow): Lines {
  const { name, type, status, records, aliases, rule } = row;
  return [
    `  ${name} ${type}: ${say(`lookup.status.${status}`)}`,
    ...aliases.map((alias) => `    ${say('lookup.aliases')} ${alias}`),
    ...records.map((record) => `    ${record}`),
    `    ${say(`rule.${rule}`)}`,
    ...[row.transport, row.claim].flatMap((line) => (line ? [`    ${sayLine(say, line)}`] : [])),
  ];
}

export function reportText({ view, head, connected }: Judged, say: Say): Lines {
  const cards = head.cards.map((card) => [
    `${say(`lookup.card.${card.id}`)}: ${say(card.toneWord ?? `lookup.tone.${card.tone}`)}`,
    `  ${sayLine(say, card.verdict)}`,
    ...card.why.map((line) => `  - ${sayLine(say, line)}`),
  ]);
  const senders =
    head.senders.length === 0
      ? []
      : [[say('lookup.senders'), ...head.senders.map((line) => `  - ${sayLine(say, line)}`)]];
  return paragraphs([
    ...(view.notes.length > 0 ? [view.notes.map((line) => sayLine(say, line))] : []),
    ...cards,
    actionsText(say, head.actions),
    ...senders,
    ...hostTexts(say, { ...view, hosts: head.hosts }),
    [say('lookup.part.mta-sts'), lookupText(say, view.sts), ...faultTexts(say, view.stsFaults)],
    [say('lookup.part.tls-rpt'), lookupText(say, view.rpt), ...faultTexts(say, view.rptFaults)],
    ...(connected ? [sayConnections(say, connected)] : [say('cli.check.limits')]),
    '',
  ]);
}

/** Who must do what, each actor once. */
function actionsText(say: Say, actions: Head['actions']): Lines {
  const actors = [...new Set(actions.map(({ who }) => who))];
  const told = actors.flatMap((actor) => [
    `  ${say(`lookup.actor.${actor}`)}:`,
    ...actions.filter(({ who }) => who === actor).map(({ line }) => `  - ${sayLine(say, line)}`),
  ]);
  const nobody = `  ${say('lookup.actions.nobody')}`;
  return [say('lookup.actions'), ...(told.length === 0 ? [nobody] : told)];
}

const faultTexts = (say: Say, faults: readonly Line[]): readonly string[] =>
  faults.map((fault) => `    ${sayLine(say, fault)}`);

function hostTexts(say: Say, view: ReportView): readonly Lines[] {
  const hosts = view.hosts.map((host) => [
    `  ${host.host}: ${sayLine(say, host.dane)}`,
    ...(host.despiteMx ? [`    ${sayLine(say, host.despiteMx)}`] : []),
    ...host.candidates.flatMap(({ lookup, records }) => [
      `    ${lookup.name} TLSA: ${say(`lookup.status.${lookup.status}`)}`,
      ...lookup.aliases.map((alias) => `      ${say('lookup.aliases')} ${alias}`),
      ...(lookup.transport ? [`      ${sayLine(say, lookup.transport)}`] : []),
      ...records.flatMap(({ text, verdict }) => [
        `      ${text}`,
        `        ${sayLine(say, verdict)}`,
      ]),
    ]),
    ...host.warnings.map((line) => `    ${sayLine(say, line)}`),
  ]);
  return [
    [
      say('lookup.part.hosts'),
      lookupText(say, view.mx),
      ...hosts,
      ...(view.leftOut > 0 ? [`  ${say('lookup.left-out', { count: view.leftOut })}`] : []),
    ],
  ];
}

/** One domain as data: the row of a list, the sentences, and every lookup with its records. */
export function reportJson(
  { report, view, head, connected, finding }: Judged,
  say: Say,
): CheckJson {
  const row = rowOf(report);
  const plain = (row: LookupRow) => ({
    name: row.name,
    type: row.type,
    status: row.status,
    rule: row.rule,
    aliases: row.aliases,
    records: row.records,
    ...(row.transport && { transport: sayLine(say, row.transport) }),
  });
  return {
    version: 1,
    ...row,
    severity: finding.severity,
    problems: finding.problems,
    deadlines: finding.deadlines,
    ...(connected && { standing: connected.verdict.standing, dnsStanding: row.standing }),
    verdict: view.verdict,
    checkedAt: view.checkedAt,
    sentence: sayLine(say, head.sentence),
    cards: head.cards.map((card) => ({
      id: card.id,
      standing: card.standing,
      tone: card.tone,
      verdict: sayLine(say, card.verdict),
      why: card.why.map((line) => sayLine(say, line)),
    })),
    notes: view.notes.map((line) => sayLine(say, line)),
    actions: head.actions.map(({ who, id, line }) => ({ who, id, says: sayLine(say, line) })),
    senders: head.senders.map((line) => sayLine(say, line)),
    mxLookup: plain(view.mx),
    hosts: head.hosts.map((host) => ({
      host: host.host,
      dane: host.standing,
      says: sayLine(say, host.dane),
      addresses: host.addresses.map(plain),
      tlsa: host.candidates.map(({ lookup, records }) => ({
        ...plain(lookup),
        judged: records.map(({ text, verdict, tone }) => ({
          record: text,
          usable: tone === 'good',
          says: sayLine(say, verdict),
        })),
      })),
      warnings: host.warnings.map((line) => sayLine(say, line)),
    })),
    hostsLeftOut: view.leftOut,
    stsLookup: plain(view.sts),
    stsFaults: view.stsFaults.map((line) => sayLine(say, line)),
    policyHostLookups: view.policyHost.map(plain),
    tlsRptLookup: plain(view.rpt),
    tlsRptFaults: view.rptFaults.map((line) => sayLine(say, line)),
    ...(connected && { connect: connectionsJson(say, connected) }),
  };
}
