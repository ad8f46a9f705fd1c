/** The release of this copy: the version in package.json, shown in the foot and in credit lines. */
import { readFileSync } from 'node:fs';

export const release: string = (
  JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }
).version;
