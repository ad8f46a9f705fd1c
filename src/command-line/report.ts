/** `sts-dane report FILE…`: TLS reports (RFC 8460) added up per policy, each result with what to do. */
import { resultTypes, type TlsReport } from '../core/tls-rpt/report.ts';
import { totalsPerPolicy, untyped, type PolicyTotals } from '../core/tls-rpt/totals.ts';
import { readReportFile } from '../world/report-file.ts';
import type { Say } from '../words/say.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { readFile } from './files.ts';
import type { Run } from './main.ts';
import { paragraphs, type Lines, type Terminal } from './terminal.ts';

export async function showReports(
  { operands, options }: Run,
  terminal: Terminal,
): Promise<ExitCode> {
  const { say } = terminal;
  const reports: TlsReport[] = [];
  let isWhole = true;
  for (const path of operands) {
    const file = await readFile(path, terminal);
    if (!file.ok) {
      terminal.err(say(file.key, file.args));
      isWhole = false;
      continue;
    }
    const read = await readReportFile(file.octets);
    const told = read.ok ? read.warnings : read.problems;
    for (const problem of told) {
      const found =
        problem.found === undefined || problem.found === '' ? '' : ` (${problem.found})`;
      const situation = problem.situation ?? problem.code;
      terminal.err(`${path}: ${say(`situation.tls-rpt.${situation}`)}${found}`);
    }
    if (read.ok) reports.push(read.value);
    else isWhole = false;
  }
  const totals = totalsPerPolicy(reports);
  if (reports.length > 0)
    await (options.json
      ? terminal.json(jsonOf(reports, totals))
      : terminal.out(textOf(reports, totals, say)));
  return isWhole ? exitCode.good : exitCode.usage;
}

const dayOf = (moment: string): string => moment.slice(0, 10);

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
    ...totals.map((each) => policyText(each, say)),
    '',
  ]);
}

function policyText(totals: PolicyTotals, say: Say): Lines {
  const type = totals.policyType ?? '';
  const isKnown = ['sts', 'tlsa', 'no-policy-found'].includes(type);
  return [
    `${totals.policyDomain ?? say('cli.report.unnamed')}: ${isKnown ? say(`policy-type.${type}`) : type || say('cli.report.unnamed')}`,
    `  ${say('cli.report.sessions', { good: totals.successfulSessions, failed: totals.failedSessions })}`,
    ...(totals.withoutTotal > 0
      ? [`  ${say('cli.report.least', { count: totals.withoutTotal })}`]
      : []),
    ...[...totals.failedByResultType].flatMap(([result, count]) => resultText(result, count, say)),
  ];
}

function resultText(result: string, count: number, say: Say): readonly string[] {
  const name = result === untyped ? say('cli.report.unnamed') : result;
  const isKnown = resultTypes.some((known) => known === result);
  return [
    `  ${name}: ${count}`,
    ...(isKnown
      ? ['meaning', 'cause', 'next'].map((part) => `    ${say(`result-type.${result}.${part}`)}`)
      : [`    ${say('situation.tls-rpt.unknown-result-type')}`]),
  ];
}

const jsonOf = (reports: readonly TlsReport[], totals: readonly PolicyTotals[]) => ({
  reports: reports.map(({ organization, reportId, start, end }) => ({
    organization,
    reportId,
    start,
    end,
  })),
  totals: totals.map(({ failedByResultType, ...each }) => ({
    ...each,
    failedByResultType: Object.fromEntries(failedByResultType),
  })),
});
