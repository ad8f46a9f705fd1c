/** The oEmbed files. Addresses in them are absolute, so without `SITE_URL` there are none. */
import type { APIRoute } from 'astro';
import { siteUrl } from '../../site/inputs.ts';
import { describedPages, oembedOf, oembedPath, type Described } from '../../site/oembed.ts';

export const getStaticPaths = () =>
  siteUrl() === undefined
    ? []
    : describedPages().map((described) => ({
        params: { page: oembedPath(described.path).replace(/^\/oembed\/|\.json$/g, '') },
        props: { described },
      }));

export const GET: APIRoute<{ described: Described }> = ({ props }) =>
  new Response(JSON.stringify(oembedOf(props.described), null, 2));
