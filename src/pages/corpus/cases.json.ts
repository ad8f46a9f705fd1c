import { siteUrl } from '../../site/inputs.ts';
import { release } from '../../site/release.ts';
import { casesOf } from '../../site/scenarios/cases.ts';
import { scenariosOfBuild } from '../../site/scenarios/scenarios.ts';

export const GET = () => Response.json(casesOf(scenariosOfBuild(), { site: siteUrl(), release }));
