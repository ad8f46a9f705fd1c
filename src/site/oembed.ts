/**
 * oEmbed by files: beside each page and each embed a description that others' editors read to place it.
 * Nothing answers questions here, so each description says one width and its own height.
 * Source: oEmbed 1.0, §2.3.4.4 (type `rich`).
 */
import { langs, type Lang } from '../view/messages/lang.ts';
import { embedHref, embeds, hrefOf, routes, type EmbedId } from './routes.ts';
import { addressOf, siteUrl } from './inputs.ts';
import { t } from './messages.ts';
import { heightFor } from './embed-code.ts';
import { xmlText } from '../core/grammar/xml.ts';
import { iframeCode } from './iframe-code.ts';

/** `/en/memo/` → `/oembed/en/memo.json`. */
export const oembedPath = (path: string): string =>
  `/oembed/${path === '/' ? 'index' : path.replace(/^\/|\/$/g, '')}.json`;

export interface Described {
  readonly path: string;
  readonly lang: Lang;
  readonly title: string;
  /** The embed that shows what this page is about. */
  readonly embed: EmbedId | undefined;
}

/** Everything that has a description: pages and embeds, in both languages. */
export const describedPages = (): readonly Described[] =>
  langs.flatMap((lang) => [
    ...routes.map(({ id }): Described => ({
      path: hrefOf(id, lang),
      lang,
      title: t(lang, `page.${id}`),
      embed: embeds.find(({ page }) => page === id)?.id,
    })),
    ...embeds.map(({ id, page }): Described => ({
      path: embedHref(id, lang),
      lang,
      title: t(lang, `page.${page}`),
      embed: id,
    })),
  ]);

const widthPixels = 720;

/** The description of one page; the addresses in it are whole. */
export function oembedOf({ path, lang, title, embed }: Described): object {
  const url = addressOf(path);
  const height = embed === undefined ? 120 : heightFor(embed, widthPixels);
  const html =
    embed === undefined
      ? `<blockquote lang="${lang}"><a href="${xmlText(url)}">${xmlText(title)}</a></blockquote>`
      : iframeCode({ address: addressOf(embedHref(embed, lang)), title, height });
  return {
    version: '1.0',
    type: 'rich',
    title,
    provider_name: t(lang, 'site.title'),
    provider_url: siteUrl(),
    cache_age: 86_400,
    html,
    width: widthPixels,
    height,
  };
}
