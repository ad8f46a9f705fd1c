/** The facts as they stand in `content/`, read once for the tests of this folder. */
import { fileURLToPath } from 'node:url';
import { readFacts } from '../../src/site/facts/read.ts';

export const contentFolder = fileURLToPath(new URL('../../content/', import.meta.url));
export const { facts, problems } = readFacts(contentFolder);
