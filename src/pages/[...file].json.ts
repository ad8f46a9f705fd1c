/** Every file of data and its JSON Schema, and the corpus: each under the address in this table. */
import type { APIRoute } from 'astro';
import { contentOfBuild } from '../site/content.ts';
import { factsOfBuild } from '../site/facts/facts.ts';
import {
  claimsJsonSchema,
  publishedClaims,
  publishedSources,
  sourcesJsonSchema,
} from '../site/facts/published.ts';
import { siteUrl } from '../site/inputs.ts';
import { isPinnedEdition, release } from '../site/release.ts';
import { casesJsonSchema, casesOf } from '../site/scenarios/cases.ts';
import { corpusEntryOf, corpusJsonSchema, corpusOf } from '../site/scenarios/corpus.ts';
import { scenariosOfBuild } from '../site/scenarios/scenarios.ts';
import { accessibilityJsonSchema, accessibilitySchema } from '../site/schemas/accessibility.ts';
import { matrixJsonSchema } from '../site/schemas/matrix.ts';
import { enumerationOfBuild } from '../site/widgets/matrix-of-build.ts';
import { enumerationOf } from '../view/matrix/enumeration.ts';

const by = { site: siteUrl(), release };
const files: Readonly<Record<string, () => unknown>> = {
  'data/accessibility': () => contentOfBuild('accessibility.yaml', accessibilitySchema),
  'data/accessibility.schema': () => accessibilityJsonSchema,
  'data/claims': () => publishedClaims(factsOfBuild(), by),
  'data/claims.schema': () => claimsJsonSchema,
  'data/matrix': () => enumerationOf(enumerationOfBuild()),
  'data/matrix.schema': () => matrixJsonSchema,
  'data/sources': () => publishedSources(factsOfBuild(), by),
  'data/sources.schema': () => sourcesJsonSchema,
  'corpus/cases': () => casesOf(scenariosOfBuild(), by),
  'corpus/cases.schema': () => casesJsonSchema(),
  'corpus/scenarios': () => corpusOf(scenariosOfBuild(), by),
  'corpus/scenarios.schema': () => corpusJsonSchema(),
  ...Object.fromEntries(
    (isPinnedEdition ? [] : scenariosOfBuild()).map((named) => [
      `corpus/${named.id}`,
      () => corpusEntryOf(named, by),
    ]),
  ),
};

export const getStaticPaths = () => Object.keys(files).map((file) => ({ params: { file } }));

export const GET: APIRoute = ({ params }) => Response.json(files[params['file'] ?? '']?.());
