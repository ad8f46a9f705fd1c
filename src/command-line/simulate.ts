/** `sts-dane simulate SCENARIO.json`: one delivery in a world of one's own, step by step. */
import { sayLine } from '../view/messages/line.ts';
import { refused, paragraphs, type Lines, type Terminal } from './terminal.ts';
import { parseScenario } from '../world/simulated/scenario-file.ts';
import { simulate, type ScenarioRun } from '../world/simulated/simulate.ts';
import { rowsOf } from '../view/trace/rows.ts';
import { printStep, printSteps } from '../view/trace/printed.ts';
import type { Say } from '../view/messages/say.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import { readFile } from './files.ts';
import type { Run } from './arguments.ts';

export async function simulateFile(
  { operands, options }: Run,
  terminal: Terminal,
): Promise<ExitCode> {
  const { say } = terminal;
  const [path = '-'] = operands;
  const file = await readFile(path, terminal);
  if (!file.ok) return refused(terminal, sayLine(say, file));
  const scenario = parseScenario(new TextDecoder().decode(file.octets));
  if (!scenario.ok)
    return refused(
      terminal,
      scenario.problems.map(
        ({ code, found = '' }) => `${path}: ${say(`cli.scenario.${code}`, { path: found })}`,
      ),
    );
  const run = simulate(scenario.value);
  await (options.format === 'json'
    ? terminal.json(jsonOf(run, say))
    : terminal.out(textOf(run, say)));
  return exitCode.good;
}

function textOf(run: ScenarioRun, say: Say): Lines {
  const past = run.past.map(
    (each) =>
      `  ${new Date(each.scenario.clockSeconds * 1000).toISOString()}: ${say(`verdict.${each.outcome.verdict}`)}`,
  );
  return paragraphs([
    say('cli.simulate.of', {
      domain: run.scenario.domain,
      protection: run.scenario.sender.protection,
    }),
    ...(past.length > 0 ? [[say('cli.simulate.past'), ...past]] : []),
    printSteps(rowsOf(run), say),
    [
      `${say('cli.simulate.happened')} ${say(`verdict.${run.outcome.verdict}`)}`,
      `${say('cli.simulate.believed')} ${say(`belief.${run.outcome.belief}`)}`,
    ],
    '',
  ]);
}

const jsonOf = (run: ScenarioRun, say: Say) => ({
  domain: run.scenario.domain,
  protection: run.scenario.sender.protection,
  profile: run.scenario.sender.profile,
  ...run.outcome,
  truth: run.truth,
  action: run.trace.result.action,
  past: run.past.map((each) => ({ clockSeconds: each.scenario.clockSeconds, ...each.outcome })),
  steps: rowsOf(run).map((row) => {
    const { sentence, because } = printStep(row, say);
    return { rule: row.rule, says: sentence, clauses: because };
  }),
});
