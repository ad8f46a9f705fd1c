import { sourcesJsonSchema } from '../../site/facts/published.ts';

export const GET = () => Response.json(sourcesJsonSchema);
