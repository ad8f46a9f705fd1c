/**
 * What the articles' components know of claims, sources and words: read from `content/` at build.
 * An id that does not exist is our own mistake and ends the build.
 */
import { parse } from 'yaml';
import type { MessageKey } from '../../words/keys.ts';
import { has, t } from '../../words/words.ts';
import type { Lang } from '../../words/lang.ts';
import { hrefOf } from '../routes.ts';

type Fields = Readonly<Record<string, unknown>>;
type PerLang = Readonly<Record<Lang, string>>;

/** The files of a folder by their id, which is also their name. */
const load = (files: Record<string, string>): ReadonlyMap<string, Fields> =>
  new Map(
    Object.entries(files).map(([path, text]) => [
      path.replace(/^.*\/|\.yaml$/g, ''),
      parse(text) as Fields,
    ]),
  );

// Vite reads these options before the code runs: they must stand written out.
const claims = load(
  import.meta.glob<string>('/content/claims/*.yaml', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
);
const sources = load(
  import.meta.glob<string>('/content/sources/*.yaml', {
    query: '?raw',
    import: 'default',
    eager: true,
  }),
);

const text = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : undefined;
const perLang = (value: unknown, lang: Lang): string | undefined =>
  text((value as Partial<PerLang> | undefined)?.[lang]);

export interface ShownSource {
  /** How a sentence names it: "RFC 8461". */
  readonly label: string;
  /** Its address, at the section where the publisher gives sections an address. */
  readonly href: string | undefined;
}

const isCommit = (section: string) => /^[0-9a-f]{7}$/.test(section);
const isNumber = (section: string) => /^\d+(\.\d+)*$/.test(section);

/** "§10.2", "commit c644632", or the word for a place without a number ("title page"). */
export function placeOf(section: string, lang: Lang): string {
  if (isCommit(section)) return `commit ${section}`;
  if (isNumber(section)) return `§${section}`;
  const key = `prose.place.${section.replaceAll(' ', '-')}`;
  return has(lang, key) ? t(lang, key) : section;
}

/** The memo's sections are those of our own article; another source is where its publisher has it. */
export function sourceOf(id: string, lang: Lang, section?: string): ShownSource {
  const source = sources.get(id);
  if (!source) throw new Error(`content/sources: no source "${id}"`);
  // The memo's sections are places in our own article; the link test holds those.
  if (
    id !== 'memo' &&
    section !== undefined &&
    !(section.replaceAll('-', ' ') in ((source['sections'] ?? {}) as Fields))
  )
    throw new Error(`content/sources/${id}.yaml: no section "${section}"`);
  const atSection = text(source['sectionAddress']);
  const own = id === 'memo' ? `${hrefOf('memo', lang)}#${section ?? 'header'}` : undefined;
  return {
    label: perLang(source['short'], lang) ?? id,
    href:
      own ??
      (atSection && section && (isNumber(section) || isCommit(section))
        ? atSection.replace('{section}', section)
        : text(source['address'])),
  };
}

export interface ShownNote {
  readonly verdict: string;
  readonly verdictWords: string;
  /** What the memo claims, in this language. */
  readonly text: string | undefined;
  /** The verdict in 2016, in words. */
  readonly then: string | undefined;
  /** What became of it. */
  readonly later: string | undefined;
  readonly sources: readonly { readonly source: string; readonly section?: string }[];
}

/** Undefined only as long as the ledger is empty. */
export function noteOf(id: string, lang: Lang): ShownNote | undefined {
  if (claims.size === 0) return undefined;
  const claim = claims.get(id);
  if (!claim) throw new Error(`content/claims: no claim "${id}"`);
  const verdict = text(claim['verdict']) ?? '';
  return {
    verdict,
    verdictWords: t(lang, `prose.verdict.${verdict}` as MessageKey),
    text: perLang(claim['text'], lang),
    then: perLang(claim['then'], lang),
    later: perLang(claim['later'], lang),
    sources: (claim['sources'] ?? []) as ShownNote['sources'],
  };
}

/** Where the whole claim stands, once the page of claims is built. */
export function hrefOfClaim(id: string, lang: Lang): string | undefined {
  const page = hrefOf('sources', lang);
  return page && `${page}#${id}`;
}
