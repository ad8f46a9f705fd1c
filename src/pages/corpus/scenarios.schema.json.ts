import { corpusJsonSchema } from '../../site/scenarios/corpus.ts';

export const GET = () => Response.json(corpusJsonSchema());
