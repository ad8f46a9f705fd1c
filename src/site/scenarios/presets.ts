/** Scenarios as the simulator finds them for its reader: by the question they answer, with how they end. */
import { questionOf } from '../../view/simulator/questions.ts';
import { simulate } from '../../view/simulator/simulate.ts';
import type { Preset } from '../../view/simulator/simulation.ts';
import type { Lang } from '../../view/messages/lang.ts';
import type { NamedScenario } from './read.ts';

/** Those that belong in the menu, in its order; `group` is the heading they stand under. */
export const presetsOf = (
  scenarios: readonly NamedScenario[],
  lang: Lang,
  headingOf: (group: NamedScenario['group']) => string,
): readonly Preset[] =>
  scenarios
    .filter(({ menu, isKnobs }) => menu !== false && isKnobs)
    .map(({ id, title, lesson, group, tags, asked, knobs }) => ({
      id,
      title: title[lang],
      lesson: lesson[lang],
      group: headingOf(group),
      ...(asked === undefined ? {} : { asked }),
      question: questionOf(tags),
      ending: simulate(knobs).scene.ending,
      knobs,
    }));
