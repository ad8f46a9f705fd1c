import { siteUrl } from '../../site/inputs.ts';
import { release } from '../../site/release.ts';
import { corpusOf } from '../../site/scenarios/corpus.ts';
import { scenariosOfBuild } from '../../site/scenarios/scenarios.ts';

export const GET = () => Response.json(corpusOf(scenariosOfBuild(), { site: siteUrl(), release }));
