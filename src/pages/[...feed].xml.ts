/** The feed in both languages. Its entries need whole addresses: without `SITE_URL` there is none, and the build says so. */
import type { APIRoute, GetStaticPaths } from 'astro';
import { feedHref, feedOf } from '../site/feed.ts';
import { siteUrl } from '../site/inputs.ts';
import { langs, type Lang } from '../view/messages/lang.ts';

export const getStaticPaths: GetStaticPaths = () =>
  siteUrl() === undefined
    ? []
    : langs.map((lang) => ({
        params: { feed: feedHref(lang).replace(/^\/|\.xml$/g, '') },
        props: { lang },
      }));

export const GET: APIRoute = ({ props }) =>
  new Response(feedOf((props as { lang: Lang }).lang, siteUrl() ?? ''));
