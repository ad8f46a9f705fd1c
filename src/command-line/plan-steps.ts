/** A dated plan, printed: as text, as JSON, or as a calendar file. The steps are those of the site. */
import { formatMoment } from '../view/messages/dates.ts';
import type { Lang } from '../view/messages/lang.ts';
import { planCalendar } from '../view/publish/calendar.ts';
import { sayStep, type StepView } from '../view/publish/view.ts';
import { citationLabel } from '../view/trace/citation.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import type { PlanJson } from './schemas.ts';
import { paragraphs, recordCharactersMost, type Lines, type Terminal } from './terminal.ts';

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
