/**
 * `sts-dane check --list FILE`: names in, one a line, as text or JSON Lines; JSON Lines out, one for
 * each name as soon as it is measured. Reads no further ahead than it measures, keeps no rows, and
 * begins writing at once: so it runs in a pipe, and a list cut in pieces runs under any job engine.
 */
import { sayLine } from '../view/messages/line.ts';
import { refused, type Terminal } from './terminal.ts';
import { isIncomplete, rowOf, type ListRow, type Standing } from '../core/check/list-row.ts';
import type { DomainName } from '../core/dns/name.ts';
import { reportMeasure } from '../world/live/list-measure.ts';
import { startSurvey } from '../world/live/survey.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { fileFault, readNames, type Named } from './files.ts';
import type { Run } from './arguments.ts';
import { paceOf } from './measure.ts';
import { resolverFetch } from './resolver-fetch.ts';
import { readSource } from './resolver.ts';
import { nodeVerifier } from './verify.ts';

/** Doubles are told apart among this many names; a list without end has no end of memory. */
const namesRemembered = 200_000;

export async function checkList(
  { options }: Run,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { say } = terminal;
  const path = options.list ?? '-';
  const read = readSource(options, terminal.environment);
  if (!read.ok) return refused(terminal, sayLine(say, read));
  let doubles = 0;
  let faults = 0;

  async function* names(): AsyncGenerator<Named> {
    const seen = new Set<DomainName>();
    for await (const each of readNames(path, terminal)) {
      if ('fault' in each) {
        faults += 1;
        await terminal.json({ ...each, says: say(`lookup.input.${each.fault}`) });
        continue;
      }
      if (seen.has(each.domain)) {
        doubles += 1;
        continue;
      }
      if (seen.size < namesRemembered) seen.add(each.domain);
      yield each;
    }
  }

  const { address, anchors } = read.source;
  terminal.err(say('cli.check.asks', { resolver: address }));
  const asking = { address, anchors, signal, fetch: resolverFetch(), verifier: nodeVerifier };
  const measure = reportMeasure(asking, rowOf);
  // Totals of what went by, not the rows themselves.
  const totals = { names: 0, incomplete: 0, standings: new Map<Standing, number>() };
  const count = (row: ListRow): void => {
    totals.names += 1;
    if (isIncomplete(row)) totals.incomplete += 1;
    totals.standings.set(row.standing, (totals.standings.get(row.standing) ?? 0) + 1);
  };
  try {
    const survey = startSurvey<Named, ListRow>({
      names: names(),
      measure: ({ domain }) => measure(domain),
      onRow: (row, { line }) => {
        count(row);
        return terminal.json({ line, ...row });
      },
      ...paceOf(options, terminal, signal),
    });
    if ((await survey.done) === 'cancelled') return exitCode.interrupted;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return refused(terminal, sayLine(say, fileFault(path, error)));
  }
  const told = [...totals.standings].map(
    ([standing, number]) => `  ${say(`list.standing.${standing}`)}: ${number}`,
  );
  terminal.err([say('cli.list.done', { names: totals.names, doubles, faults }), ...told]);
  if (totals.incomplete > 0) return exitCode.unknown;
  return faults > 0 ? exitCode.finding : exitCode.good;
}
