/**
 * What was found in one round, printed for machines: one small printer for each format, all of the same
 * data. Nagios has exit codes of its own; the others end as every command does.
 */
import { xmlText } from '../core/grammar/xml.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { aboutOf, type Finding } from './finding.ts';
import { openMetrics } from './open-metrics.ts';
import { nagiosCode, worstSeverity, type Severity } from './severity.table.ts';
import { harmless, recordCharactersMost, type Lines, type Terminal } from './terminal.ts';
import type { Round } from './watch-state.ts';

export type MachineFormat = 'nagios' | 'openmetrics' | 'github' | 'junit';

/** With a fault of ours beside it, nothing that was found is hidden: critical stays critical. */
export const severityOf = ({ findings, faults }: Round): Severity =>
  worstSeverity([
    ...findings.map(({ severity }) => severity),
    ...(faults.length > 0 ? (['unknown'] as const) : []),
  ]);

const printers: Readonly<Record<MachineFormat, (round: Round) => Lines>> = {
  nagios,
  openmetrics: openMetrics,
  github,
  junit,
};

export const isMachineFormat = (format: string): format is MachineFormat =>
  Object.hasOwn(printers, format);

export const linesOf = (format: MachineFormat, round: Round): Lines => printers[format](round);

export async function printRound(
  format: MachineFormat,
  round: Round,
  code: ExitCode,
  terminal: Terminal,
): Promise<ExitCode> {
  await terminal.out(linesOf(format, round), recordCharactersMost);
  return endOf(format, round, code);
}

export const endOf = (format: string, round: Round, code: ExitCode): ExitCode =>
  format === 'nagios' ? nagiosCode[severityOf(round)] : code;

/** A command that cannot be carried out: to a monitor that is unknown, never critical. */
export async function refuse(terminal: Terminal, sentence: string): Promise<ExitCode> {
  terminal.err(sentence);
  return tellNothing(terminal, [sentence]);
}

/** The same where the sentences were told already. */
export async function tellNothing(
  terminal: Terminal,
  faults: readonly string[],
): Promise<ExitCode> {
  if (!terminal.isMonitored) return exitCode.usage;
  return printRound('nagios', { findings: [], faults }, exitCode.usage, terminal);
}

/** A bar begins the performance data; nothing that was said may hold one. */
const labelOf = (text: string): string => text.replace(/['|=]/g, '_');
const withoutBar = (text: string): string => text.replaceAll('|', '/');

/**
 * One line, then details, as the Monitoring Plugins guidelines have it. A range `14:` alerts below 14.
 * Of many names only counts are performance data: a monitor keeps each for years.
 */
function nagios(round: Round): Lines {
  const { findings, faults, changes = [] } = round;
  const severity = severityOf(round);
  const count = (of: Severity) => findings.filter((each) => each.severity === of).length;
  const counts = `${count('critical')} critical, ${count('warning')} warning, ${count('unknown')} unknown, ${count('ok')} ok`;
  const [worst] = findings.filter((each) => each.severity === severity);
  const isOne = findings.length === 1;
  const told = [
    ...(isOne || findings.length === 0 ? [] : [counts]),
    ...(worst === undefined || (severity === 'ok' && !isOne) ? [] : [worst.sentence]),
    ...(isOne ? (worst?.actions.slice(0, 1) ?? []) : []),
    ...(worst === undefined || faults.length > 0 ? faults : []),
  ];
  const performance = isOne
    ? (findings[0]?.deadlines ?? []).map(
        ({ kind, leftSeconds, warningSeconds, criticalSeconds, ...deadline }) =>
          `'${labelOf(`${kind} ${aboutOf({ ...deadline, kind, leftSeconds })}`)}'=${leftSeconds}s;${warningSeconds === undefined ? '' : `${warningSeconds}:`};${criticalSeconds === undefined ? '' : `${criticalSeconds}:`}`,
      )
    : (['critical', 'warning', 'unknown', 'ok'] as const).map((of) => `${of}=${count(of)}`);
  const [first, ...problems] = isOne ? (findings[0]?.problems ?? []) : [];
  return [
    `STS-DANE ${severity.toUpperCase()} - ${withoutBar(told.join(' - '))}${performance.length === 0 || findings.length === 0 ? '' : ` | ${performance.join(' ')}`}`,
    ...[...(first && first.says !== findings[0]?.sentence ? [first] : []), ...problems].map(
      ({ severity: of, about, says }) => withoutBar(`${of.toUpperCase()} ${about}: ${says}`),
    ),
    ...(isOne ? [] : findings.filter((each) => each.severity !== 'ok')).map((each) =>
      withoutBar(`${each.severity.toUpperCase()} ${each.domain}: ${each.sentence}`),
    ),
    ...changes.map(({ change, domain, says }) => withoutBar(`${change} ${domain}: ${says}`)),
  ];
}

/** Workflow commands of GitHub Actions: data and properties are escaped each in its own way. */
const githubData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const githubProperty = (text: string): string =>
  githubData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

const githubLevel = {
  ok: 'notice',
  warning: 'warning',
  critical: 'error',
  unknown: 'warning',
} as const;

/** One annotation; `place` where it is about a line of a file. */
export const annotation = (
  severity: Severity,
  title: string,
  says: string,
  place: Readonly<Record<string, string | number>> = {},
): string => {
  const properties = Object.entries({ ...place, title }).map(
    ([name, value]) => `${name}=${githubProperty(String(value))}`,
  );
  return `::${githubLevel[severity]} ${properties.join(',')}::${githubData(says)}`;
};

function github({ findings, faults, changes = [] }: Round): Lines {
  return [
    ...faults.map((fault) => annotation('unknown', 'sts-dane', fault)),
    ...findings.flatMap(({ domain, severity, sentence, problems }) =>
      severity === 'ok'
        ? [annotation('ok', domain, sentence)]
        : problems.map((each) => annotation(each.severity, each.about, each.says)),
    ),
    ...changes
      .filter(({ change }) => change === 'fixed')
      .map(({ domain, says }) => annotation('ok', domain, `fixed: ${says}`)),
  ];
}

/** Text and attributes of XML, with everything unsafe as an escape of ours first. */
const xml = (text: string): string => xmlText(harmless(text));

/** A test suite of which each name is a case; what is unknown is an error and not a failure. */
function junit({ findings, faults, changes = [] }: Round): Lines {
  const isFailed = ({ severity }: Finding) => severity === 'critical' || severity === 'warning';
  const failed = findings.filter(isFailed).length;
  const errors = findings.filter(({ severity }) => severity === 'unknown').length + faults.length;
  const total = findings.length + faults.length;
  const changeOf = (domain: string) =>
    changes
      .filter((each) => each.domain === domain)
      .map(({ change, says }) => `${change}: ${says}`);
  const parts = (name: string, inner: readonly string[]) => [
    `  <testcase classname="sts-dane" name="${xml(name)}">`,
    ...inner,
    '  </testcase>',
  ];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuite name="sts-dane" tests="${total}" failures="${failed}" errors="${errors}">`,
    ...faults.flatMap((fault) =>
      parts('sts-dane', [`    <error type="usage" message="${xml(fault)}"/>`]),
    ),
    ...findings.flatMap((finding) => {
      const { domain, severity, sentence, problems } = finding;
      const element = isFailed(finding) ? 'failure' : 'error';
      const out = changeOf(domain);
      return parts(domain, [
        ...(severity === 'ok'
          ? []
          : [
              `    <${element} type="${severity}" message="${xml(sentence)}">`,
              ...problems.map((each) => xml(`${each.severity} ${each.about}: ${each.says}`)),
              `    </${element}>`,
            ]),
        ...(out.length > 0 ? ['    <system-out>', ...out.map(xml), '    </system-out>'] : []),
      ]);
    }),
    '</testsuite>',
  ];
}
