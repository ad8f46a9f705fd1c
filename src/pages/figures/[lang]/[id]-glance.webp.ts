/** A glance at each figure that is shown alive too, for the catalogue. */
import type { APIRoute } from 'astro';
import sharp from 'sharp';
import { drawn, figures, glance } from '../../../site/figures/figures.ts';

export const getStaticPaths = () =>
  (['nl', 'en'] as const).flatMap((lang) =>
    figures
      .filter(({ embed }) => embed !== undefined)
      .map((figure) => ({
        params: { lang, id: figure.id },
        props: { svg: drawn(figure, lang).svg },
      })),
  );

export const GET: APIRoute<{ svg: string }> = async ({ props: { svg } }) => {
  const { width, height, quality } = glance;
  const picture = await sharp(Buffer.from(svg))
    .flatten({ background: '#ffffff' })
    .resize(width, height, { fit: 'cover', position: 'left top' })
    .webp({ quality, effort: 6 })
    .toBuffer();
  return new Response(new Uint8Array(picture), { headers: { 'Content-Type': 'image/webp' } });
};
