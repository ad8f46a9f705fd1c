/**
 * `sts-dane plan move`: other mail servers, or another provider, as dated steps, which are those of the site. Nothing is
 * looked up. A plan is printed as text, as JSON, or as a calendar file.
 */
import {
  refused,
  type Terminal,
  paragraphs,
  recordCharactersMost,
  type Lines,
} from './terminal.ts';
import { parseDomainInput } from '../core/check/domain-input.ts';
import { readDay, formatMoment } from '../view/messages/dates.ts';
import { planMailMove } from '../view/publish/plan.ts';
import { serverNames, sayStep, type StepView } from '../view/publish/view.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import type { Run } from './arguments.ts';
import type { Lang } from '../view/messages/lang.ts';
import { planCalendar } from '../view/publish/calendar.ts';
import { citationLabel } from '../view/trace/citation.ts';
import type { PlanJson } from './schemas.ts';

export const usualTtlSeconds = 3600;

export async function plan(
  { operands, options, lang }: Run,
  terminal: Terminal,
): Promise<ExitCode> {
  const { say } = terminal;
  const refuse = (sentence: string): ExitCode => refused(terminal, sentence);
  if (operands[0] !== 'move') return refuse(say('cli.wrong.nothing.plan'));
  const domain = parseDomainInput(options.domain ?? '');
  if (!domain.ok) return refuse(`--domain: ${say(`lookup.input.${domain.fault}`)}`);
  const [from, to] = [serverNames(options.from ?? ''), serverNames(options.to ?? '')];
  if (!from.ok) return refuse(`--from: ${say(`lookup.input.${from.fault}`)}`);
  if (!to.ok) return refuse(`--to: ${say(`lookup.input.${to.fault}`)}`);
  const wishedSeconds = options.on === undefined ? undefined : readDay(options.on);
  if (Number.isNaN(wishedSeconds)) return refuse(say('cli.wrong.on'));
  const planned = planMailMove({
    ...{ domain: domain.domain, from: from.names, to: to.names, wishedSeconds },
    nowSeconds: Math.floor(Date.now() / 1000),
    ttlSeconds: options.ttl ?? usualTtlSeconds,
    maxAgeSeconds: options.maxAge ?? 0,
  });
  if (!planned.ok) return refuse(planned.faults.map(({ key, args }) => say(key, args)).join(' '));
  const notes = [
    ...planned.plan.notes.map(({ key, args }) => say(key, args)),
    ...(options.maxAge === undefined ? [say('cli.plan.no-max-age')] : []),
  ];
  const { steps } = planned.plan;
  return printPlan({ subject: domain.domain, notes, steps }, options.format, lang, terminal);
}

export interface Planned {
  /** The name that the plan is about. */
  readonly subject: string;
  readonly notes: readonly string[];
  readonly steps: readonly StepView[];
}

export async function printPlan(
  { subject, notes, steps }: Planned,
  format: string,
  lang: Lang,
  terminal: Terminal,
): Promise<ExitCode> {
  const { say } = terminal;
  if (format === 'ics') {
    const nowSeconds = Math.floor(Date.now() / 1000);
    await terminal.file(planCalendar(subject, steps, say, lang, nowSeconds));
    return exitCode.good;
  }
  const told = steps.map(({ records, clause, ...step }) => ({
    ...step,
    says: sayStep(say, { records, clause, ...step }, lang),
    source: citationLabel(clause, say),
    zoneLines: records.map(({ zoneLine }) => zoneLine),
  }));
  if (format === 'json') {
    const json: PlanJson = {
      version: 1,
      notes,
      steps: told.map(({ id, notBeforeSeconds, says, zoneLines, file, source }) => ({
        ...{ id, notBefore: new Date(notBeforeSeconds * 1000).toISOString(), says },
        zoneLines,
        ...(file !== undefined && { file }),
        source,
      })),
    };
    await terminal.json(json);
    return exitCode.good;
  }
  const lines: readonly Lines[] = told.map((step, index) => [
    `${index + 1}. ${formatMoment(step.notBeforeSeconds, lang)}`,
    `   ${step.says} [${step.source}]`,
    ...step.zoneLines.map((line) => `   ${line}`),
    ...(step.file ?? '')
      .split(/\r?\n/)
      .filter(Boolean)
      .map((line) => `   ${line}`),
  ]);
  await terminal.out(
    paragraphs([...lines, ...(notes.length > 0 ? [notes] : []), '']),
    recordCharactersMost,
  );
  return exitCode.good;
}
