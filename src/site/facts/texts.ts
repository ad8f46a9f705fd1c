/** The texts of sources, from a folder of whoever has them; they are not part of this project. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Source } from '../schemas/source.ts';
import { fold, sectionsOf } from './quotations.ts';

export interface Text {
  /** Name of the file, in lower case, without `.gz`. */
  readonly name: string;
  /** Hexadecimal SHA-256 of its octets. */
  readonly digest: string;
  /** The whole text, folded. */
  readonly whole: string;
  /** Each numbered section, folded; none of Markdown, which has numbers of other things at the margin. */
  readonly sections: ReadonlyMap<string, string>;
}

/** Every text in `folder` and below it; `.gz` is unpacked. */
export const readTexts = (folder: string): readonly Text[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(txt|md|text)(\.gz)?$/i.test(name))
    .sort()
    .map((name) => {
      const read = readFileSync(join(folder, name));
      const octets = name.endsWith('.gz') ? gunzipSync(read) : read;
      const text = octets.toString('utf8');
      return {
        name: basename(name).replace(/\.gz$/i, '').toLowerCase(),
        digest: createHash('sha256').update(octets).digest('hex'),
        whole: fold(text),
        sections: /\.md(\.gz)?$/i.test(name) ? new Map() : sectionsOf(text),
      };
    });

const bare = (name: string) => name.replace(/\.[a-z]+$/, '').replace(/[^a-z0-9]/g, '');

/** The text of a source: by digest, then by the names on file, then by its id. */
export function textOf(source: Source, texts: readonly Text[]): Text | undefined {
  const names = (source.text?.names ?? []).map((name) => name.toLowerCase());
  return (
    texts.find(({ digest }) => digest === source.text?.sha256) ??
    texts.find(({ name }) => names.includes(name)) ??
    texts.find(({ name }) => bare(name) === bare(source.id))
  );
}

/** Where to look for words of `place`: that section, where the text numbers it; else the whole text. */
export const textAt = (text: Text, place: string | undefined): string =>
  text.sections.get(place ?? '') ?? text.whole;
