/** The schemas of what the command line prints stand on the site too, at addresses that stay. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  jsonSchemaOf,
  schemaPath,
  schemas,
  type SchemaName,
} from '../../src/command-line/schemas.ts';
import { fileFor } from './site.ts';

test.each(Object.keys(schemas) as SchemaName[])('%s', (name) => {
  const path = `/${schemaPath(name)}`;
  expect(path).toMatch(/^\/data\/schemas\/[a-z]+\.1\.json$/);
  const served = JSON.parse(readFileSync(fileFor(path) ?? '', 'utf8')) as { $id: string };
  expect(new URL(served.$id, `https://example.nl${path}`).pathname).toBe(path);
  expect({ ...served, $id: '' }).toEqual({ ...jsonSchemaOf(name), $id: '' });
});
