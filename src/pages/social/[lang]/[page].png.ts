/** For each page and language the picture that goes with a link to it. Its address must be absolute, so without SITE_URL there is none. */
import type { APIRoute } from 'astro';
import sharp from 'sharp';
import { socialPicture } from '../../../site/figures/social.ts';
import { siteUrl } from '../../../site/inputs.ts';
import { routes, type PageId } from '../../../site/routes.ts';
import { langs, type Lang } from '../../../view/messages/lang.ts';

export const getStaticPaths = () =>
  siteUrl() === undefined
    ? []
    : langs.flatMap((lang) =>
        routes.map(({ id: page }) => ({ params: { lang, page }, props: { lang, page } })),
      );

export const GET: APIRoute<{ lang: Lang; page: PageId }> = async ({ props: { lang, page } }) => {
  const picture = await sharp(Buffer.from(socialPicture(page, lang)), { density: 72 })
    .flatten({ background: '#ffffff' })
    .removeAlpha()
    .png()
    .toBuffer();
  return new Response(new Uint8Array(picture), { headers: { 'Content-Type': 'image/png' } });
};
