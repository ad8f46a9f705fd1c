/** Citations as labels and links. */
import type { Citation } from '../../core/cite.ts';
import type { Lang } from '../../words/lang.ts';
import type { Say } from '../../words/say.ts';

/** "RFC 7672 §2.2.1"; documents without a number have a name among the words. */
export function citationLabel({ source, section }: Citation, say: Say): string {
  const rfc = /^rfc(\d+)$/.exec(source)?.[1];
  return rfc ? `RFC ${rfc} §${section}` : say(`source.${source}`, { section });
}

/** The id of that section on the sources page. */
export const citationAnchor = ({ source, section }: Citation): string =>
  `${source}-${section.replaceAll(' ', '-')}`;

/** Where the section stands on this site; `base` is the home page of that language, with its slash. */
export const citationLink = (citation: Citation, lang: Lang, base: string): string =>
  `${base}${lang === 'en' ? 'sources/' : 'bronnen/'}#${citationAnchor(citation)}`;
