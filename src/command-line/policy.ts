/** `sts-dane policy FILE…`: MTA-STS policies read by the core, each fault with its place. */
import { sayLine, situationKey } from '../view/messages/line.ts';
import { refused, type Lines, type Terminal } from './terminal.ts';
import { readPolicy } from '../core/check/sts-policy.ts';
import { type ParseProblem, placesIn } from '../core/parsed.ts';
import type { Say } from '../view/messages/say.ts';
import { exitCode, type ExitCode, worst } from './exit-code.ts';
import { readFile } from './files.ts';
import type { Run } from './arguments.ts';
import { annotation } from './formats.ts';
import type { Severity } from './severity.table.ts';

/** A file of nothing but faults must not scroll away what was told first; JSON has all of them. */
const toldMost = 100;

export async function readPolicyFiles(run: Run, terminal: Terminal): Promise<ExitCode> {
  const codes: ExitCode[] = [];
  for (const path of run.operands) codes.push(await readPolicyFile(path, run, terminal));
  return worst(codes);
}

async function readPolicyFile(
  path: string,
  { options }: Run,
  terminal: Terminal,
): Promise<ExitCode> {
  const { say } = terminal;
  const file = await readFile(path, terminal);
  if (!file.ok) return refused(terminal, sayLine(say, file));
  const { result, notes } = readPolicy('given', file.octets, []);
  const { text } = result;
  const placeOf = placesIn(text);
  const told = (problem: ParseProblem<string>) => ({
    code: problem.code,
    ...placeOf(problem.at.start),
    ...(problem.situation !== undefined && { situation: problem.situation }),
    ...(problem.slip !== undefined && { slip: problem.slip }),
    ...(problem.instead !== undefined && { instead: problem.instead }),
    found: (problem.found ?? text.slice(problem.at.start, problem.at.end)).slice(0, 80),
    says: sayProblem(say, problem),
  });
  const problems = result.ok ? [] : result.problems.map(told);
  const warnings = (result.warnings ?? []).map(told);
  const policy = result.ok ? result.value : undefined;
  // Only a size that the standard suggests: no other fault, and a sender may read it all the same.
  const isOnlyLarge = !result.ok && result.problems.every(({ level }) => level === 'suggested');
  const days = policy === undefined ? 0 : Math.round(policy.maxAgeSeconds / 8640) / 10;
  const noted = notes.map((note) => ({
    id: note,
    says: say(`lookup.policy.note.${note}`, { days }),
  }));
  if (options.format === 'json')
    await terminal.json({
      ...{ version: 1, file: path, ok: result.ok, policy },
      ...{ problems, warnings, notes: noted },
    });
  else if (options.format === 'github') {
    const at = ({ line, column, says }: (typeof problems)[number], severity: Severity) =>
      annotation(severity, 'mta-sts.txt', says, { file: path, line, col: column });
    const whole = ({ says }: (typeof noted)[number]) =>
      annotation('warning', 'mta-sts.txt', says, { file: path });
    await terminal.out([
      ...problems.map((each) => at(each, 'critical')),
      ...warnings.map((each) => at(each, 'warning')),
      ...noted.map(whole),
    ]);
  } else {
    const where = ({ line, column, says, found }: (typeof problems)[number]): Lines => [
      `  ${say('cli.policy.place', { line, column })} ${says}`,
      ...(found.trim() === '' ? [] : [`    ${found.split(/\r?\n/)[0]}`]),
    ];
    await terminal.out([
      say(`cli.policy.${result.ok ? 'good' : isOnlyLarge ? 'large' : 'bad'}`, { path }),
      ...(policy
        ? [
            `  mode: ${policy.mode}`,
            ...policy.mx.map((pattern) => `  mx: ${pattern}`),
            `  max_age: ${policy.maxAgeSeconds} ${say('cli.policy.days', { days })}`,
          ]
        : []),
      ...problems.slice(0, toldMost).map(where),
      ...(problems.length > toldMost
        ? [`  ${say('cli.policy.more', { count: problems.length - toldMost })}`]
        : []),
      ...(warnings.length + noted.length > 0 ? [say('cli.policy.warnings')] : []),
      ...warnings.slice(0, toldMost).map(where),
      ...noted.map(({ says }) => `  ${says}`),
    ]);
  }
  return result.ok ? exitCode.good : exitCode.finding;
}

const sayProblem = (
  say: Say,
  { code, situation = code, slip = situation, instead = 'none' }: ParseProblem<string>,
): string => say(situationKey('mta-sts', slip), { instead });
