/** The scenarios for pages. A file that does not fit ends the build with every problem named. */
import type { Preset } from '../../widgets/simulator/simulation.ts';
import type { Lang } from '../../words/lang.ts';
import { t } from '../../words/words.ts';
import { sayProblem } from '../facts/read.ts';
import { readScenarios, type NamedScenario } from './read.ts';
import { presetsOf } from './presets.ts';

let kept: readonly NamedScenario[] | undefined;

/** Reads `content/scenarios/` once per build; in development at every page, to follow edits. */
export function scenariosOfBuild(): readonly NamedScenario[] {
  if (kept && import.meta.env.PROD) return kept;
  const { scenarios, problems } = readScenarios('content');
  if (problems.length > 0)
    throw new Error(['The scenarios do not hold:', ...problems.map(sayProblem)].join('\n'));
  kept = scenarios;
  return scenarios;
}

/** The simulator's menu, in the page's language. */
export const presetsFor = (lang: Lang): readonly Preset[] =>
  presetsOf(scenariosOfBuild(), lang, (group) => t(lang, `scenario.group.${group}`));
