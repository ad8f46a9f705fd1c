/** Citations as labels and links: the one way in which page, figure and command line cite. */
import type { Citation, SourceId } from '../../core/cite.ts';
import type { Say } from '../messages/say.ts';

/** Those that have no number to be cited by. */
type Unnumbered = Exclude<SourceId, `rfc${number}`>;

/** "RFC 7672 §2.2.1"; documents without a number have a name among the words. */
export function citationLabel({ source, section }: Citation, say: Say): string {
  const rfc = /^rfc(\d+)$/.exec(source)?.[1];
  return rfc ? `RFC ${rfc} §${section}` : say(`source.${source as Unnumbered}`, { section });
}

/** Several, in the order of the rule: "RFC 7672 §2.2, RFC 8461 §4.1". */
export const citationLabels = (citations: readonly Citation[], say: Say): string =>
  citations.map((citation) => citationLabel(citation, say)).join(', ');

/** The id of that section on the sources page. */
export const citationAnchor = ({ source, section }: Citation): string =>
  `${source}-${section.replaceAll(' ', '-')}`;

/** Where the section stands on this site; `sources` is the address of the page of sources. */
export const citationLink = (citation: Citation, sources: string): string =>
  `${sources}#${citationAnchor(citation)}`;
