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

/** The rows of the memo's table about DANE come first: four advantages and two disadvantages. */
const rowsOfDane: Readonly<Record<string, number>> = { pro: 4, con: 2 };

/** What a place in the memo is, in words: `pro-5` is "the table, advantage 1 of SMTP STS". */
export function memoPlaceOf(section: string, lang: Lang): string {
  const own = `prose.memo.${section}`;
  if (has(lang, own)) return t(lang, own);
  const [, kind = '', n = ''] = /^([a-z]+)-(.+)$/.exec(section) ?? [];
  const ofDane = rowsOfDane[kind];
  if (ofDane === undefined) return t(lang, `prose.memo.${kind}` as MessageKey, { n });
  return Number(n) <= ofDane
    ? t(lang, `prose.memo.${kind}` as MessageKey, { n, of: t(lang, 'prose.memo.of.dane') })
    : t(lang, `prose.memo.${kind}` as MessageKey, {
        n: Number(n) - ofDane,
        of: t(lang, 'prose.memo.of.smtp-sts'),
      });
}

/** "§10.2", "commit c644632", or the words for a place without a number ("title page"). */
export function placeOf(id: string, section: string, lang: Lang): string {
  if (id === 'memo') return memoPlaceOf(section, lang);
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

/** A verdict in words: "contradicts the source in part". */
export function verdictWordsOf(
  { verdict, inPart }: { readonly verdict: string; readonly inPart?: unknown },
  lang: Lang,
): string {
  const words = t(lang, `prose.verdict.${verdict}` as MessageKey);
  return inPart === true ? t(lang, 'prose.verdict.in-part', { verdict: words }) : words;
}

/** How many claims have this verdict, or how many there are. */
export const claimsWith = (verdict?: string): number =>
  [...claims.values()].filter((claim) => verdict === undefined || claim['verdict'] === verdict)
    .length;

export interface ShownNote {
  /** This claim, and those that are told with it. */
  readonly ids: readonly string[];
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

/** Undefined for a claim that is told with another, and as long as the ledger is empty. */
export function noteOf(id: string, lang: Lang): ShownNote | undefined {
  if (claims.size === 0) return undefined;
  const claim = claims.get(id);
  if (!claim) throw new Error(`content/claims: no claim "${id}"`);
  if (claim['toldWith'] !== undefined) return undefined;
  const verdict = text(claim['verdict']) ?? '';
  return {
    ids: [id, ...[...claims].filter(([, { toldWith }]) => toldWith === id).map(([other]) => other)],
    verdict,
    verdictWords: verdictWordsOf({ verdict, inPart: claim['inPart'] }, lang),
    text: perLang(claim['text'], lang),
    then: perLang(claim['then'], lang),
    later: perLang(claim['later'], lang),
    sources: (claim['sources'] ?? []) as ShownNote['sources'],
  };
}

/** Where the whole claim stands. */
export const hrefOfClaim = (id: string, lang: Lang): string => `${hrefOf('claims', lang)}#${id}`;
