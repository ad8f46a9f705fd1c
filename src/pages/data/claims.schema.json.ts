import { claimsJsonSchema } from '../../site/facts/published.ts';

export const GET = () => Response.json(claimsJsonSchema);
