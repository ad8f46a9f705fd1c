import { factsOfBuild } from '../../site/facts/facts.ts';
import { publishedSources } from '../../site/facts/published.ts';
import { siteUrl } from '../../site/inputs.ts';
import { release } from '../../site/release.ts';

export const GET = () =>
  Response.json(publishedSources(factsOfBuild(), { site: siteUrl(), release }));
