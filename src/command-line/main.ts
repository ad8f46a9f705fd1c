/** The command line: one command, one file each; the same core and the same words as the site. */
import { readFileSync } from 'node:fs';
import { readWords } from './read-messages.ts';
import { sayWith, type Words } from '../view/messages/say.ts';
import { langOf, readArguments, type Command, type Run } from './arguments.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { openTerminal, printed, type Surroundings, type Terminal } from './terminal.ts';

/** Loaded when used: who makes a TLSA record needs no resolver. */
const commands: Readonly<
  Record<Command, (run: Run, terminal: Terminal, signal: AbortSignal) => Promise<ExitCode>>
> = {
  check: async (run, terminal, signal) =>
    run.options.list === undefined
      ? (await import('./check.ts')).check(run, terminal, signal)
      : (await import('./list.ts')).checkList(run, terminal, signal),
  watch: async (run, terminal, signal) => (await import('./watch.ts')).watch(run, terminal, signal),
  schema: async (run, terminal) => (await import('./schemas.ts')).printSchema(run, terminal),
  plan: async (run, terminal) => (await import('./plan.ts')).plan(run, terminal),
  simulate: async (run, terminal) => (await import('./simulate.ts')).simulateFile(run, terminal),
  policy: async (run, terminal) => (await import('./policy.ts')).readPolicyFiles(run, terminal),
  tlsa: async (run, terminal, signal) =>
    (await import('./tlsa.ts')).makeTlsa(run, terminal, signal),
  report: async (run, terminal) => (await import('./report.ts')).showReports(run, terminal),
};

/** A page cannot tell why a resolver is not reached; here nothing stands between us and the network. */
const ofTerminal = (words: Words): Words => ({
  'lookup.transport.unreachable': words['cli.check.unreachable'] ?? '',
});

function versionOfPackage(): string {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/** One run, in whatever surroundings; two of them share nothing. */
export async function main(
  argv: readonly string[],
  signal: AbortSignal,
  surroundings: Surroundings = process,
): Promise<ExitCode> {
  const given = readArguments(argv, langOf(surroundings.env));
  const format = given.kind === 'run' ? given.options.format : undefined;
  const isMonitored = (given.kind === 'wrong' ? given.format : format) === 'nagios';
  const words = readWords()[given.lang];
  const terminal = openTerminal(
    surroundings,
    sayWith({ ...words, ...ofTerminal(words) }, given.lang),
    isMonitored,
  );
  const { say } = terminal;
  if (given.kind === 'version') {
    await terminal.out(versionOfPackage());
    return exitCode.good;
  }
  if (given.kind === 'help') {
    // Ours from beginning to end: its line breaks are line breaks.
    await terminal.out(say(given.command ? `cli.help.${given.command}` : 'cli.help').split('\n'));
    return exitCode.good;
  }
  if (given.kind === 'wrong') {
    const commandNames = Object.keys(commands).join(', ');
    const sentence = `sts-dane: ${say(given.key, { commands: commandNames, ...given.args })}`;
    if (isMonitored) return (await import('./formats.ts')).refuse(terminal, sentence);
    terminal.err(sentence);
    const about = given.command ? `${given.command} ` : '';
    terminal.err(say('cli.help.hint', { command: `sts-dane ${about}--help` }));
    return exitCode.usage;
  }
  return commands[given.command](given, terminal, signal);
}

/** Runs and ends the process. Whoever reads us through a pipe may stop reading: no error of ours. */
export async function start(argv: readonly string[]): Promise<void> {
  const abort = new AbortController();
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exitCode.good);
    throw error;
  });
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.once(name, () => {
      abort.abort();
      // Whatever still waits is given a moment to end by itself, and a second signal does not wait.
      setTimeout(() => process.exit(exitCode.interrupted), 2000).unref();
      process.once(name, () => process.exit(exitCode.interrupted));
    });
  let code: ExitCode;
  try {
    code = await main(argv, abort.signal);
  } catch (error) {
    // A mistake of ours: no answer, and not the code of a bad one. Its words may hold a stranger's.
    const frames = error instanceof Error ? (error.stack ?? '').split('\n') : [];
    const told = [String(error), ...frames.filter((line) => /^\s+at /.test(line))];
    process.stderr.write(`${printed(told)}\n`);
    code = exitCode.unknown;
  }
  process.exitCode = abort.signal.aborted ? exitCode.interrupted : code;
}
