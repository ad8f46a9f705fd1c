/**
 * `sts-dane watch FILE`: the names of a list checked once, or again and again; what changed since the last
 * round comes first. The state is replaced when a round is whole: who interrupts it loses nothing.
 */
import { pause } from '../world/bounds.ts';
import type { MessageKey } from '../view/messages/message-key.ts';
import { mostNames } from '../core/check/list-input.ts';
import type { DomainName } from '../core/dns/name.ts';
import { writeWhole, fileFault, readNames } from './files.ts';
import { judge } from './check.ts';
import { exitCode, worst, type ExitCode } from './exit-code.ts';
import { firstLine, type Finding } from './finding.ts';
import { endOf, isMachineFormat, linesOf, refuse, severityOf } from './formats.ts';
import { type Round, compare, readState } from './watch-state.ts';
import type { Run } from './arguments.ts';
import { measureNames } from './measure.ts';
import { readSource, type Source } from './resolver.ts';
import type { Change, State, WatchJson } from './schemas.ts';
import { severities } from './severity.table.ts';
import {
  harmlessJson,
  printed,
  recordCharactersMost,
  type Lines,
  type Terminal,
} from './terminal.ts';

export async function watch(run: Run, terminal: Terminal, signal: AbortSignal): Promise<ExitCode> {
  const { operands, options } = run;
  const { say } = terminal;
  const [path = '-'] = operands;
  const source = readSource(options, terminal.environment);
  if (!source.ok) return refuse(terminal, say(source.key, source.args));
  let list: List | undefined;
  for (;;) {
    const startedAt = performance.now();
    // Standard input can be read once; a file is read anew, so that names can be added.
    if (list === undefined || path !== '-') {
      const read = await readList(path, terminal);
      if (!('key' in read)) list = read;
      else if (list === undefined) return refuse(terminal, say(read.key, read.args));
      else terminal.err(say(read.key, read.args));
    }
    if (list.names.length === 0) return refuse(terminal, say('cli.watch.no-names', { path }));
    const code = await oneRound(run, list, source.source, path, terminal, signal);
    if (signal.aborted) return exitCode.interrupted;
    if (options.interval === undefined) return code;
    await pause(options.interval * 1000 - (performance.now() - startedAt), signal);
    if (signal.aborted) return exitCode.interrupted;
  }
}

interface List {
  readonly names: readonly DomainName[];
  readonly faults: readonly string[];
}

async function readList(
  path: string,
  terminal: Terminal,
): Promise<List | ReturnType<typeof fileFault>> {
  const names = new Set<DomainName>();
  const faults: string[] = [];
  try {
    for await (const each of readNames(path, terminal)) {
      if ('fault' in each) {
        const says = terminal.say(`lookup.input.${each.fault}`);
        faults.push(`${path}: ${each.line}: ${each.typed}: ${says}`);
      } else if (names.size < mostNames) names.add(each.domain);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    return fileFault(path, error);
  }
  return { names: [...names], faults };
}

async function oneRound(
  { options }: Run,
  list: List,
  source: Source,
  path: string,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { say } = terminal;
  const { format } = options;
  const faults = [...list.faults];
  const codes: ExitCode[] = faults.map(() => exitCode.usage);
  for (const fault of faults) terminal.err(fault);
  const fail = (code: ExitCode, sentence: string) => {
    terminal.err(sentence);
    faults.push(sentence);
    codes.push(code);
  };
  const statePath = options.state ?? (path === '-' ? undefined : `${path}.state.json`);
  const nowSeconds = Math.floor(Date.now() / 1000);
  const last =
    statePath === undefined
      ? ({ ok: true, state: undefined } as const)
      : await readState(statePath, nowSeconds);
  // It is answered all the same, and the file is left as it is for its owner to look at.
  if (!last.ok)
    fail(
      last.key === 'cli.watch.clock' ? exitCode.unknown : exitCode.usage,
      say(last.key, { path: statePath ?? '' }),
    );
  const findings: Finding[] = [];
  const changes: Change[] = [];
  const domains: Record<string, State['domains'][string]> = {};
  const ended = await measureNames(
    { names: list.names, source, options, terminal, signal },
    (measured) => judge(measured, options, say).finding,
    (finding) => {
      findings.push(finding);
      codes.push(finding.code);
      const compared = compare(finding, last.ok ? last.state?.domains[finding.domain] : undefined);
      domains[finding.domain] = compared.kept;
      changes.push(...compared.changes);
    },
  );
  if (ended === 'cancelled') return exitCode.interrupted;
  const write = async (file: string, text: string, key: MessageKey) => {
    const code = await writeWhole(file, text);
    if (code !== undefined) fail(exitCode.usage, say(key, { path: file, code }));
  };
  if (statePath !== undefined && last.ok) {
    const state: State = { version: 1, writtenAtSeconds: Math.floor(Date.now() / 1000), domains };
    await write(statePath, `${JSON.stringify(state)}\n`, 'cli.watch.state-unwritable');
  }
  const round: Round = {
    findings,
    faults,
    ...(statePath !== undefined && last.ok && { changes }),
  };
  const json = format === 'json' ? roundJson(round, nowSeconds) : undefined;
  const lines = isMachineFormat(format)
    ? linesOf(format, round)
    : textOf(round, options.quiet, terminal);
  if (options.output !== undefined) {
    const text = json ? harmlessJson(json) : printed(lines, recordCharactersMost);
    await write(options.output, `${text}\n`, 'cli.watch.output-unwritable');
  } else if (json) await terminal.json(json);
  else if (lines.length > 0) await terminal.out(lines, recordCharactersMost);
  return endOf(format, round, worst(codes));
}

/** Worst first; with `isQuiet` only what changed, and nothing where nothing did: good for a mail of cron. */
function textOf({ findings, changes }: Round, isQuiet: boolean, { say }: Terminal): Lines {
  const told = (changes ?? []).map(
    (each) => `${say(`cli.watch.change.${each.change}`)} ${each.about}: ${each.says}`,
  );
  if (isQuiet) return told;
  const count = (of: string) => findings.filter(({ severity }) => severity === of).length;
  const of = (word: Change['change']) =>
    (changes ?? []).filter(({ change }) => change === word).length;
  const wrong = findings
    .filter(({ severity }) => severity !== 'ok')
    .toSorted(
      (one, other) => severities.indexOf(other.severity) - severities.indexOf(one.severity),
    );
  const summary = say('cli.watch.summary', {
    ...{ names: findings.length, critical: count('critical'), warning: count('warning') },
    unknown: count('unknown'),
  });
  // Without a state of before nothing is known to be new, nor that nothing is.
  const since =
    changes === undefined
      ? []
      : [say('cli.watch.since', { fresh: of('new'), worse: of('worse'), fixed: of('fixed') })];
  return [
    [summary, ...since].join(' '),
    ...told.map((line) => `  ${line}`),
    ...wrong.map((finding) => firstLine(say, finding)),
  ];
}

const roundJson = (round: Round, checkedAtSeconds: number): WatchJson => ({
  version: 1,
  checkedAtSeconds,
  severity: severityOf(round),
  faults: round.faults,
  changes: round.changes ?? [],
  domains: round.findings.map(({ code: _, ...finding }) => finding),
});
