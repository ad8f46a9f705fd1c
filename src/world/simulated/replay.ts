/** A case of the corpus, or any scenario as JSON text, played by our sender: for whoever compares another with it. */
import type { Belief, Verdict } from '../../core/verdict.ts';
import type { ParseProblem } from '../../core/parsed.ts';
import type { RuleId } from '../../core/rules.ts';
import type { ScenarioCode } from './scenario-code.ts';
import { parseScenario } from './scenario-file.ts';
import { simulate } from './simulate.ts';

export type Replayed =
  | {
      readonly ok: true;
      readonly verdict: Verdict;
      readonly belief: Belief;
      /** The rules that applied, in order. */
      readonly rules: readonly RuleId[];
    }
  | { readonly ok: false; readonly problems: readonly ParseProblem<ScenarioCode>[] };

/**
 * Plays the delivery of a scenario, its past first.
 * Shape: JSON text of a scenario, of an entry of the published corpus, or of a case of kind `delivery`.
 * Errors: the code, and in `found` the path of the part that does not fit (`servers[0].address`).
 */
export function replay(json: string): Replayed {
  const read = parseScenario(json);
  if (!read.ok) return { ok: false, problems: read.problems };
  const { trace, outcome } = simulate(read.value);
  const rules = trace.events.flatMap((event) => (event.kind === 'step' ? [event.rule] : []));
  return { ok: true, ...outcome, rules };
}
