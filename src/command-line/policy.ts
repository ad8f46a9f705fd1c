/** `sts-dane policy FILE`: an MTA-STS policy read by the core, each fault with its place. */
import { parseStsPolicy } from '../core/mta-sts/policy.ts';
import type { ParseProblem } from '../core/parsed.ts';
import type { Say } from '../words/say.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { readFile } from './files.ts';
import type { Run } from './main.ts';
import type { Lines, Terminal } from './terminal.ts';

/** Line and column, from 1. */
export function placeIn(
  text: string,
  at: number,
): { readonly line: number; readonly column: number } {
  const before = text.slice(0, at);
  const start = Math.max(before.lastIndexOf('\n'), -1) + 1;
  return { line: before.split('\n').length, column: at - start + 1 };
}

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
  const told = (problem: ParseProblem<string>) => ({
    code: problem.code,
    ...placeIn(text, problem.at.start),
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
      ...problems.map(where),
      ...(warnings.length > 0 ? [say('cli.policy.warnings'), ...warnings.map(where)] : []),
    ]);
  }
  return result.ok ? exitCode.good : exitCode.finding;
}

const sayProblem = (say: Say, { code, situation }: ParseProblem<string>): string =>
  say(`situation.mta-sts.${situation ?? code}`);
