/** All words of the site, read from disk: for the command line and for tests, which have no bundler. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Lang } from '../view/messages/lang.ts';
import { merge } from '../view/messages/merge.ts';
import type { Words } from '../view/messages/say.ts';

const folder = new URL('../../content/messages/', import.meta.url);

export function readWords(): Record<Lang, Words> {
  const files: Record<string, Record<string, string>> = {};
  for (const name of readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()) {
    files[name] = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Record<string, string>;
  }
  return merge(files);
}
