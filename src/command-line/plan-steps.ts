/**
 * A dated plan, printed: as text, as JSON, or as a calendar file. Every line for a zone is read back by our
 * own parsers first, as on the site: what they refuse is not advised.
 */
import type { MessageKey } from '../view/messages/message-key.ts';
import { situationKey } from '../view/messages/line.ts';
import type { PlanStep } from '../core/publish/plan.ts';
import { readBackLine, readBackPolicy, type ReadBackFault } from '../core/publish/read-back.ts';
import { formatCalendar } from '../view/publish/calendar.ts';
import { citationLabel } from '../view/trace/citation.ts';
import { formatMoment } from '../view/messages/dates.ts';
import type { Args } from '../view/messages/say.ts';
import type { Lang } from '../view/messages/lang.ts';
import type { Say } from '../view/messages/say.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import type { PlanJson } from './schemas.ts';
import { paragraphs, recordCharactersMost, type Lines, type Terminal } from './terminal.ts';

export interface Planned {
  /** The name that the plan is about. */
  readonly subject: string;
  readonly notes: readonly string[];
  readonly steps: readonly PlanStep<string>[];
}

/** Moments fill the place of the same name without `Seconds`; so they do on the site. */
const argsOf = (values: PlanStep<string>['values'], lang: Lang): Args =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      name.endsWith('Seconds') && typeof value === 'number' && value > 1e9
        ? [[name.replace(/Seconds$/, ''), formatMoment(value, lang)]]
        : [[name, value]],
    ),
  );

/** A step that the site has too says what it says there. */
const sayStep = (say: Say, { id, values }: PlanStep<string>, lang: Lang): string =>
  say(
    (/^tlsa-(?!publish$)/.test(id) ? `plan.${id}` : `cli.plan.${id}`) as MessageKey,
    argsOf(values, lang),
  );

const faultsOf = ({ zoneLines = [], file }: PlanStep<string>): readonly ReadBackFault[] => [
  ...zoneLines.flatMap((line) => {
    const read = readBackLine(line);
    return read.ok ? [] : read.faults;
  }),
  ...(file === undefined ? [] : readBackPolicy(file)),
];

export async function printPlan(
  { subject, notes, steps }: Planned,
  format: string,
  lang: Lang,
  terminal: Terminal,
): Promise<ExitCode> {
  const { say } = terminal;
  const faults = steps.flatMap(faultsOf);
  if (faults.length > 0) {
    terminal.err(faults.map(({ room, situation }) => say(situationKey(room, situation))));
    return exitCode.usage;
  }
  const told = steps.map((step) => ({
    ...step,
    says: sayStep(say, step, lang),
    source: citationLabel(step.clause, say),
  }));
  if (format === 'json') {
    const json: PlanJson = {
      version: 1,
      notes,
      steps: told.map(({ id, notBeforeSeconds, says, zoneLines = [], file, source }) => ({
        ...{ id, notBefore: new Date(notBeforeSeconds * 1000).toISOString(), says },
        zoneLines,
        ...(file !== undefined && { file }),
        source,
      })),
    };
    await terminal.json(json);
    return exitCode.good;
  }
  if (format === 'ics') {
    const entries = told.map(
      ({ id, notBeforeSeconds, says, zoneLines = [], file = '' }, index) => ({
        id: `${id}-${index}-${notBeforeSeconds}@${subject}`,
        seconds: notBeforeSeconds,
        summary: `${subject}: ${says}`,
        description: [...zoneLines, file].join('\n'),
      }),
    );
    await terminal.file(formatCalendar(entries, Math.floor(Date.now() / 1000)));
    return exitCode.good;
  }
  const lines: readonly Lines[] = told.map((step, index) => [
    `${index + 1}. ${formatMoment(step.notBeforeSeconds, lang)}`,
    `   ${step.says} [${step.source}]`,
    ...(step.zoneLines ?? []).map((line) => `   ${line}`),
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
