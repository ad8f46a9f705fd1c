/**
 * One domain as every format shows it: how bad it is, in one sentence and with what to do, the problems
 * one by one, and what runs out. The judging was done by the core and on the wire; no format judges again.
 */
import { daySeconds } from '../core/ask.ts';
import type { ConnectionFault } from '../core/check/connection.ts';
import { rowOf } from '../core/check/list-row.ts';
import type { Report } from '../core/check/report.ts';
import { verdictOf } from '../core/check/verdict.ts';
import { sayLine } from '../view/messages/line.ts';
import type { Say } from '../view/messages/say.ts';
import type { Connected } from './connect.ts';
import type { Head } from './connect-head.ts';
import { deadlinesOf, type Thresholds } from './deadlines.ts';
import type { Deadline, FoundJson, Problem } from './schemas.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import {
  severityOfFault,
  severityOfPart,
  severityOfWhole,
  worstSeverity,
  type Severity,
} from './severity.table.ts';

/** What is printed as JSON, and the exit code that it asks for. */
export type Finding = FoundJson & { readonly code: ExitCode };

export function findingOf(
  report: Report,
  head: Head,
  connected: Connected | undefined,
  published: ExitCode,
  thresholds: Thresholds,
  say: Say,
): Finding {
  const { domain, checkedAtSeconds } = report;
  const { whole } = verdictOf(report);
  const standing = connected?.verdict.standing ?? rowOf(report).standing;
  const sentence = sayLine(say, head.sentence);
  const deadlines = deadlinesOf(report, connected, thresholds);
  const ofWhole =
    standing in severityOfFault
      ? { id: standing, severity: severityOfFault[standing as ConnectionFault] }
      : { id: whole, severity: severityOfWhole[whole] };
  const problems: Problem[] = [];
  const add = (id: string, severity: Severity, about: string, says: string) => {
    if (severity !== 'ok') problems.push({ id, severity, about, says });
  };
  add(ofWhole.id, ofWhole.severity, domain, sentence);
  for (const card of head.cards) {
    const severity = severityOfPart[card.standing] ?? 'ok';
    const isSaid =
      ofWhole.id.startsWith('mx-') ||
      card.id === 'dane' ||
      (card.id === 'dnssec' && ofWhole.id.startsWith('dane-')) ||
      (card.id === 'mta-sts' && ofWhole.id.startsWith('sts-'));
    if (!isSaid) add(`${card.id}-${card.standing}`, severity, domain, sayLine(say, card.verdict));
  }
  for (const session of connected?.hosts ?? []) {
    const { host, address, kind, told } = session;
    const id = faultOfSession(session);
    if (id === undefined) continue;
    const causes = told.flatMap((each) => each.causes).map((each) => sayLine(say, each));
    const last = told.at(-1);
    const says = [
      ...(session.dane?.kind === 'not-authenticated'
        ? [say(`situation.dane.${session.dane.fault}`)]
        : []),
      ...causes,
    ];
    const severity = id === 'not-reached' ? 'unknown' : 'critical';
    add(
      `host-${id}`,
      severity,
      [host, address, kind].filter(Boolean).join(' '),
      says.length > 0 ? says.join(' ') : last ? say(`rule.${last.rule}`) : sentence,
    );
  }
  for (const deadline of deadlines) {
    const severity = severityOfDeadline(deadline);
    add(`${deadline.kind}-ends`, severity, aboutOf(deadline), sayDeadline(say, deadline));
  }
  const severity = worstSeverity(problems.map((problem) => problem.severity));
  const isFound = severity === 'warning' || severity === 'critical';
  const code = published === exitCode.good && isFound ? exitCode.finding : published;
  const actions = [
    ...head.actions.map(({ line }) => sayLine(say, line)),
    ...problems.filter(({ id }) => id.endsWith('-ends')).map(({ says }) => says),
  ];
  const first = problems.find((each) => each.severity === severity);
  return {
    ...{ domain, checkedAtSeconds, standing, severity, code },
    // Where only a part is wrong, the sentence of the whole alone would be good news.
    sentence:
      first !== undefined && ofWhole.severity === 'ok' ? `${first.says} ${sentence}` : sentence,
    ...{ actions, problems, deadlines },
  };
}

function faultOfSession({ seen, isKindAbsent }: Connected['hosts'][number]): string | undefined {
  if (isKindAbsent) return undefined;
  if (seen.channel === 'not-encrypted' || seen.channel === 'not-reached') return seen.channel;
  if (seen.dane === 'refused') return 'dane-refused';
  return seen.sts === 'refused' ? 'sts-refused' : undefined;
}

export function severityOfDeadline(deadline: Deadline): Severity {
  const { leftSeconds, warningSeconds, criticalSeconds } = deadline;
  if (criticalSeconds !== undefined && leftSeconds < criticalSeconds) return 'critical';
  return warningSeconds !== undefined && leftSeconds < warningSeconds ? 'warning' : 'ok';
}

export const aboutOf = ({ about, address, certificates }: Deadline): string =>
  [about, address, certificates].filter(Boolean).join(' ');

const sayDeadline = (say: Say, deadline: Deadline): string =>
  say(`cli.deadline.${deadline.kind}`, {
    about: aboutOf(deadline),
    until: `${new Date(deadline.endsSeconds * 1000).toISOString().slice(0, 16)}Z`,
    hours: Math.floor(deadline.leftSeconds / 3600),
    days: Math.floor(deadline.leftSeconds / daySeconds),
    unit:
      deadline.leftSeconds < 0 ? 'over' : deadline.leftSeconds < 2 * daySeconds ? 'hours' : 'days',
  });

/** The one line that comes first: how bad, what it is, and what to do. */
export const firstLine = (say: Say, { severity, sentence, actions }: Finding): string => {
  const [first] = actions;
  return [
    `${say(`cli.severity.${severity}`)}: ${sentence}`,
    ...(first === undefined
      ? []
      : [say('cli.first.do', { action: first, count: actions.length - 1 })]),
  ].join(' ');
};
