import { casesJsonSchema } from '../../site/scenarios/cases.ts';

export const GET = () => Response.json(casesJsonSchema());
