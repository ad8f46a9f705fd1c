/** How to refer to a claim or a page of this site, in two styles. */
import type { Lang } from '../../view/messages/lang.ts';

export interface Reference {
  /** Key of the BibTeX entry. */
  readonly key: string;
  readonly title: string;
  readonly site: string;
  /** Who publishes this copy; empty: nobody filled it in, and the title comes first. */
  readonly publisher: string;
  /** The day the words were last checked, `2026-11-24`. */
  readonly date: string;
  readonly release: string;
  readonly address: string;
}

/** APA, 7th edition: author or title, date, site and release, address. */
export function apaOf(reference: Reference, lang: Lang): string {
  // American, also where the site writes British English: November 24.
  const day = new Intl.DateTimeFormat(lang === 'nl' ? 'nl-NL' : 'en-US', {
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }).format(new Date(reference.date));
  const when = `${reference.date.slice(0, 4)}, ${day}`;
  const title = /[.?!]$/.test(reference.title) ? reference.title : `${reference.title}.`;
  const site = `${reference.site} (v${reference.release}).`;
  const [author, rest] =
    reference.publisher === '' ? [title, site] : [`${reference.publisher}.`, `${title} ${site}`];
  return `${author} (${when}). ${rest} ${reference.address}`.trim();
}

/** Braces and other marks that BibTeX reads as its own are escaped. */
const bare = (text: string): string => text.replace(/[{}\\]/g, '').replace(/([&%$#_])/g, '\\$1');

export function bibtexOf(reference: Reference): string {
  const [year = '', month = ''] = reference.date.split('-');
  const fields = [
    ['title', `{${bare(reference.title)}}`],
    ...(reference.publisher === '' ? [] : [['author', `{${bare(reference.publisher)}}`]]),
    ['howpublished', bare(reference.site)],
    ['year', year],
    ['month', String(Number(month))],
    ['version', reference.release],
    ...(reference.address === '' ? [] : [['url', reference.address]]),
  ];
  return `@misc{${reference.key},\n${fields.map(([name, value]) => `  ${name} = {${value}}`).join(',\n')}\n}`;
}
