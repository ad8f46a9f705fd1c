/** The scenarios for pages. A file that does not fit ends the build with every problem named. */
import { printRun } from '../../view/trace/printed.ts';
import { rowsOf } from '../../view/trace/rows.ts';
import type { Preset } from '../../view/simulator/simulation.ts';
import type { Lang } from '../../view/messages/lang.ts';
import { sayIn, t } from '../messages.ts';
import { simulate } from '../../world/simulated/simulate.ts';
import { keptForBuild, mustHold } from '../content.ts';
import { readScenarios, type NamedScenario } from './read.ts';
import { presetsOf } from './presets.ts';

export const scenariosOfBuild = keptForBuild((): readonly NamedScenario[] => {
  const { scenarios, problems } = readScenarios('content');
  mustHold(problems);
  return scenarios;
});

/** The simulator's menu, in the page's language. */
export const presetsFor = (lang: Lang): readonly Preset[] =>
  presetsOf(scenariosOfBuild(), lang, (group) => t(lang, `scenario.group.${group}`));

/** What the memo was about: the first situation of the menu that has a sender of the 2016 draft. */
export function firstPresetOf(lang: Lang): Preset {
  const first = presetsFor(lang).find(({ knobs }) => knobs.protection === 'smtp-sts-2016');
  if (!first) throw new Error('content/scenarios: no situation of the 2016 draft in the menu');
  return first;
}

/** The printed trace of one scenario, title and lesson on top. */
export function printedFor({ title, lesson, scenario }: NamedScenario, lang: Lang): string {
  const run = simulate(scenario);
  const trace = printRun(rowsOf(run), run.outcome, sayIn(lang));
  return `${title[lang]}\n${lesson[lang]}\n\n${trace}`;
}
