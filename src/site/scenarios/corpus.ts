/** Scenarios as the published corpus has them: whole worlds, so that nobody needs our settings. */
import { z } from 'astro/zod';
import { citationsOf } from '../../core/rules.ts';
import { formatKnobs } from '../../world/simulated/knobs.ts';
import { simulate, type ScenarioRun } from '../../world/simulated/simulate.ts';
import { at, type Origin } from '../facts/published.ts';
import { hrefOf } from '../routes.ts';
import { corpusSchema, type Corpus, type CorpusEntry } from '../schemas/corpus.ts';
import type { NamedScenario } from './read.ts';

/** One scenario by itself, and its printed trace in a language. */
export const entryPath = (id: string): string => `${hrefOf('corpus', 'nl')}${id}.json`;
export const tracePath = (id: string, lang: 'nl' | 'en'): string =>
  `${hrefOf('corpus', lang)}${id}.txt`;

export const corpusLicence = 'CC-BY-4.0';
export const corpusFormat = 1;

/** What a file of the corpus says of itself. */
export const headOf = (origin: Origin, schema: string, count: number) =>
  ({
    $schema: at(origin, `${hrefOf('corpus', 'nl')}${schema}`),
    format: corpusFormat,
    version: origin.release,
    licence: corpusLicence,
    credit: `sts-dane ${origin.release}, corpus of deliveries`,
    count,
  }) as const;

const rulesOf = ({ trace }: ScenarioRun): string[] =>
  trace.events.flatMap((event) => (event.kind === 'step' ? [event.rule] : []));

export function corpusEntryOf(named: NamedScenario, origin: Origin): CorpusEntry {
  const { id, title, lesson, group, tags, knobs, isKnobs, scenario, rule } = named;
  const { verdict, belief, departure, known } = named;
  return {
    id,
    title,
    lesson,
    group,
    tags,
    ...(isKnobs && { settings: Object.fromEntries(formatKnobs(knobs)) }),
    world: scenario,
    expected: { verdict, belief },
    rule: { id: rule, citations: [...citationsOf(rule)] },
    ...(departure !== undefined && { departure }),
    origin: named.origin,
    ...(known !== undefined && { known }),
    rules: rulesOf(simulate(scenario)),
    address: {
      nl: at(origin, `${hrefOf('corpus', 'nl')}#${id}`),
      en: at(origin, `${hrefOf('corpus', 'en')}#${id}`),
      json: at(origin, entryPath(id)),
    },
  };
}

export const corpusOf = (scenarios: readonly NamedScenario[], origin: Origin): Corpus => ({
  ...headOf(origin, 'scenarios.schema.json', scenarios.length),
  scenarios: scenarios.map((each) => corpusEntryOf(each, origin)),
});

export const corpusJsonSchema = (): object => ({
  ...z.toJSONSchema(corpusSchema, { target: 'draft-2020-12' }),
  title: 'Corpus of mail deliveries under STARTTLS, SMTP STS, MTA-STS and DANE',
});
