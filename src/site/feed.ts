/** The feed of this site, as Atom (RFC 4287): releases, what was corrected in them, and changed claims. */
import { contentOfBuild } from './content.ts';
import { xmlText } from '../core/grammar/xml.ts';
import { operator } from './inputs.ts';
import { releaseAnchor, releases } from './releases.ts';
import { hrefOf, hrefOfClaim } from './routes.ts';
import { changedClaimsSchema, type ChangedClaim } from './schemas/changed-claim.ts';
import { t } from './messages.ts';
import type { Lang } from '../view/messages/lang.ts';

/** Newest first. */
export const changedClaims = (): readonly ChangedClaim[] =>
  contentOfBuild('changed-claims.yaml', changedClaimsSchema).toReversed();

export const feedHref = (lang: Lang): string => `${hrefOf('releases', lang)}feed.xml`;

/** Where the verdict changed from one to another: both, in words. */
export const verdictChange = ({ was, is }: ChangedClaim, lang: Lang): string | undefined =>
  was === undefined || is === undefined || was === is
    ? undefined
    : `${t(lang, `prose.verdict.${was}`)} → ${t(lang, `prose.verdict.${is}`)}`;

interface Entry {
  /** Its own for ever: where it stands, and what tells it from others of that place. */
  readonly id: string;
  readonly href: string;
  readonly title: string;
  readonly date: string;
  readonly text: string;
}

const entriesIn = (lang: Lang): readonly Entry[] => {
  const page = hrefOf('releases', lang);
  return [
    ...releases().flatMap(({ version, date, note, corrections }): Entry[] => {
      const href = `${page}#${releaseAnchor(version)}`;
      const title = t(lang, 'release.heading', { version });
      return [
        { id: href, href, title, date, text: note[lang] },
        ...corrections.map((each, place) => ({
          id: `${href}-${place + 1}`,
          href,
          title: t(lang, 'feed.correction', { version, about: each.about }),
          date: each.date,
          text: each.text[lang],
        })),
      ];
    }),
    ...changedClaims().map((each): Entry => {
      const href = hrefOfClaim(each.claim, lang);
      const change = verdictChange(each, lang);
      return {
        id: `${href}-${each.date}`,
        href,
        title:
          change === undefined
            ? t(lang, 'feed.changed', { claim: each.claim })
            : t(lang, 'feed.verdict', { claim: each.claim, change }),
        date: each.date,
        text: each.text[lang],
      };
    }),
  ].toSorted((one, other) => other.date.localeCompare(one.date));
};

/** The feed in a language; `site` is the origin, without which no entry has an address of its own. */
export function feedOf(lang: Lang, site: string): string {
  const at = (path: string) => xmlText(new URL(path, site).href);
  const moment = (date: string) => `${date}T00:00:00Z`;
  const entries = entriesIn(lang);
  const title = t(lang, 'site.title');
  const author = operator().name || title;
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${lang}">
  <id>${at(feedHref(lang))}</id>
  <title>${xmlText(t(lang, 'feed.title', { site: title }))}</title>
  <updated>${moment(entries[0]?.date ?? '2026-11-28')}</updated>
  <author><name>${xmlText(author)}</name></author>
  <rights>CC BY 4.0</rights>
  <link rel="self" type="application/atom+xml" href="${at(feedHref(lang))}"/>
  <link rel="alternate" type="text/html" href="${at(hrefOf('releases', lang))}"/>
${entries
  .map(
    ({ id, href, title, date, text }) => `  <entry>
    <id>${at(id)}</id>
    <title>${xmlText(title)}</title>
    <updated>${moment(date)}</updated>
    <link rel="alternate" type="text/html" href="${at(href)}"/>
    <summary>${xmlText(text)}</summary>
  </entry>`,
  )
  .join('\n')}
</feed>
`;
}
