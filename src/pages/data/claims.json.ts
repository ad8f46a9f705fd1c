import { factsOfBuild } from '../../site/facts/facts.ts';
import { publishedClaims } from '../../site/facts/published.ts';
import { siteUrl } from '../../site/inputs.ts';
import { release } from '../../site/release.ts';

export const GET = () =>
  Response.json(publishedClaims(factsOfBuild(), { site: siteUrl(), release }));
