/** `sts-dane policy FILE`: an MTA-STS policy read by the core, each fault with its place. */
import { parseStsPolicy } from '../core/mta-sts/policy.ts';
import type { ParseProblem } from '../core/parsed.ts';
import type { Say } from '../words/say.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { readFile } from './files.ts';
import type { Run } from './main.ts';
import type { Lines, Terminal } from './terminal.ts';

/** Says of places in a text which line and column they are, from 1. The text is looked through once. */
function placesIn(text: string): (at: number) => { readonly line: number; readonly column: number } {
  const starts = [0];
  for (let feed = text.indexOf('\n'); feed >= 0; feed = text.indexOf('\n', feed + 1))
    starts.push(feed + 1);
  return (at) => {
    let [line, after] = [0, starts.length];
    while (after - line > 1) {
      const middle = (line + after) >> 1;
      if ((starts[middle] ?? 0) <= at) line = middle;
      else after = middle;
    }
    return { line: line + 1, column: at - (starts[line] ?? 0) + 1 };
  };
}

/** A file of nothing but faults must not scroll away what was told first; JSON has all of them. */
const toldMost = 100;

export async function readPolicyFile(
  { operands, options }: Run,
  terminal: Terminal,
): Promise<ExitCode> {
  const { say } = terminal;
  const [path = '-'] = operands;
  const file = await readFile(path, terminal);
  if (!file.ok) {
    terminal.err(say(file.key, file.args));
    return exitCode.usage;
  }
  const result = parseStsPolicy(file.octets);
  const { text } = result;
  const placeOf = placesIn(text);
  const told = (problem: ParseProblem<string>) => ({
    code: problem.code,
    ...placeOf(problem.at.start),
    found: (problem.found ?? text.slice(problem.at.start, problem.at.end)).slice(0, 80),
    says: sayProblem(say, problem),
  });
  const problems = result.ok ? [] : result.problems.map(told);
  const warnings = (result.warnings ?? []).map(told);
  const policy = result.ok ? result.value : undefined;
  if (options.json) await terminal.json({ file: path, ok: result.ok, policy, problems, warnings });
  else {
    const where = ({ line, column, says, found }: (typeof problems)[number]): Lines => [
      `  ${say('cli.policy.place', { line, column })} ${says}`,
      ...(found.trim() === '' ? [] : [`    ${found.split(/\r?\n/)[0]}`]),
    ];
    await terminal.out([
      say(result.ok ? 'cli.policy.good' : 'cli.policy.bad', { path }),
      ...(policy
        ? [
            `  mode: ${policy.mode}`,
            ...policy.mx.map((pattern) => `  mx: ${pattern}`),
            `  max_age: ${policy.maxAgeSeconds} ${say('cli.policy.days', { days: Math.round(policy.maxAgeSeconds / 8640) / 10 })}`,
          ]
        : []),
      ...problems.slice(0, toldMost).map(where),
        ...(problems.length > toldMost
          ? [`  ${say('cli.policy.more', { count: problems.length - toldMost })}`]
          : []),
      ...(warnings.length > 0 ? [say('cli.policy.warnings'), ...warnings.slice(0, toldMost).map(where)] : []),
    ]);
  }
  return result.ok ? exitCode.good : exitCode.finding;
}

const sayProblem = (say: Say, { code, situation }: ParseProblem<string>): string =>
  say(`situation.mta-sts.${situation ?? code}`);
