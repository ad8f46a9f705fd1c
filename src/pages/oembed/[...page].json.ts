/** The oEmbed files. Addresses in them are absolute, so without `SITE_URL` there are none. */
import type { APIRoute } from 'astro';
import { siteUrl } from '../../site/inputs.ts';
import { describedPages, oembedOf, oembedPath, type Described } from '../../site/oembed.ts';
import { t } from '../../site/messages.ts';

export const getStaticPaths = () =>
  siteUrl() === undefined
    ? []
    : describedPages((id, lang) => t(lang, `page.${id}`)).map((described) => ({
        params: { page: oembedPath(described.path).replace(/^\/oembed\/|\.json$/g, '') },
        props: { described },
      }));

export const GET: APIRoute<{ described: Described }> = ({ props, site }) => {
  if (!site) throw new Error('an oEmbed file needs SITE_URL');
  const name = t(props.described.lang, 'site.title');
  return new Response(JSON.stringify(oembedOf(props.described, site, name), null, 2));
};
