/**
 * What articles and lists call sources, places, claims and words. An id that does not exist is our own
 * mistake and ends the build.
 */
import { has, t } from '../messages.ts';
import type { MessageKey } from '../../view/messages/message-key.ts';
import type { Lang } from '../../view/messages/lang.ts';
import { factsOfBuild } from '../facts/facts.ts';
import { hrefOf } from '../routes.ts';
import type { Claim, ClaimVerdict } from '../schemas/claim.ts';
import type { GlossaryTerm } from '../schemas/glossary.ts';

export interface ShownSource {
  /** How a sentence names it: "RFC 8461". */
  readonly label: string;
  /** Its address, at the section where the publisher gives sections an address. */
  readonly href: string;
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

/** A source and its place in words, as a sentence or a document cites it. */
export function citedAs(id: string, section: string | undefined, lang: Lang): string {
  const { label } = sourceOf(id, lang, section);
  return section === undefined || section === 'page'
    ? label
    : `${label}, ${placeOf(id, section, lang)}`;
}

/** The memo's sections are those of our own article; another source is where its publisher has it. */
export function sourceOf(id: string, lang: Lang, section?: string): ShownSource {
  const source = factsOfBuild().sources.get(id);
  if (!source) throw new Error(`content/sources: no source "${id}"`);
  const label = source.short[lang];
  // The link test holds the places in our own article.
  if (id === 'memo') return { label, href: `${hrefOf('memo', lang)}#${section ?? 'header'}` };
  if (section === undefined) return { label, href: source.address };
  if (!Object.hasOwn(source.sections, section.replaceAll('-', ' ')))
    throw new Error(`content/sources/${id}.yaml: no section "${section}"`);
  const hasAddress = isNumber(section) || isCommit(section);
  const atSection = hasAddress && source.sectionAddress?.replace('{section}', section);
  return { label, href: atSection || source.address };
}

/** A verdict in words: "contradicts the source in part". */
export function verdictWordsOf(
  { verdict, inPart }: Pick<Claim, 'verdict' | 'inPart'>,
  lang: Lang,
): string {
  const words = t(lang, `prose.verdict.${verdict}`);
  return inPart ? t(lang, 'prose.verdict.in-part', { verdict: words }) : words;
}

/** A sign for each verdict, so that none is told by colour alone. */
export const verdictSigns: Readonly<Record<ClaimVerdict, string>> = {
  S: '✓',
  SN: '≈',
  NS: '?',
  CON: '≠',
  OP: '○',
};

/** How many claims have this verdict, or how many there are. */
export const claimsWith = (verdict?: ClaimVerdict): number =>
  factsOfBuild().claims.filter((claim) => verdict === undefined || claim.verdict === verdict)
    .length;

export interface Note {
  readonly claim: Claim;
  /** This claim, and those that are told with it. */
  readonly ids: readonly string[];
}

/** Undefined for a claim that is told with another. */
export function noteOf(id: string): Note | undefined {
  const { claims } = factsOfBuild();
  const claim = claims.find((each) => each.id === id);
  if (!claim) throw new Error(`content/claims: no claim "${id}"`);
  if (claim.toldWith !== undefined) return undefined;
  const others = claims.filter(({ toldWith }) => toldWith === id);
  return { claim, ids: [claim, ...others].map((each) => each.id) };
}

/** The number of a note, at its sentence and in the margin: the claim's own, which is the memo's order but for one. */
export const numberOf = (claim: string): number => Number(claim.slice(1));

/** A word that the glossary explains, and its meaning. */
export function termOf(id: string, lang: Lang): GlossaryTerm[Lang] {
  const term = factsOfBuild().glossary.find((each) => each.id === id);
  if (!term) throw new Error(`content/glossary.yaml: no term "${id}"`);
  return term[lang];
}
