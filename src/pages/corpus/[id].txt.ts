import { printedFor, type ScenarioProps } from '../../site/scenarios/scenarios.ts';

export { scenarioPaths as getStaticPaths } from '../../site/scenarios/scenarios.ts';

export const GET = ({ props }: ScenarioProps) => new Response(printedFor(props.named, 'nl'));
