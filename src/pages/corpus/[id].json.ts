import { siteUrl } from '../../site/inputs.ts';
import { release } from '../../site/release.ts';
import { corpusEntryOf } from '../../site/scenarios/corpus.ts';
import type { ScenarioProps } from '../../site/scenarios/scenarios.ts';

export { scenarioPaths as getStaticPaths } from '../../site/scenarios/scenarios.ts';

export const GET = ({ props }: ScenarioProps) =>
  Response.json(corpusEntryOf(props.named, { site: siteUrl(), release }));
