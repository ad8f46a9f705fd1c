/** Every figure as pictures: once, twice and three times its size, the last for paper (288 dots an inch). */
import type { APIRoute } from 'astro';
import sharp from 'sharp';
import { drawn, figures, pngScales } from '../../../site/figures/figures.ts';

const cssPixelsPerInch = 96;

export const getStaticPaths = () =>
  (['nl', 'en'] as const).flatMap((lang) =>
    figures.flatMap((figure) =>
      Object.entries(pngScales).map(([suffix, scale]) => ({
        params: { lang, id: `${figure.id}${suffix}` },
        props: { svg: drawn(figure, lang).svg, scale },
      })),
    ),
  );

export const GET: APIRoute<{ svg: string; scale: number }> = async ({ props: { svg, scale } }) => {
  const density = cssPixelsPerInch * scale;
  // No palette: choosing one for a print-size picture costs ten times as much as the file saves.
  const picture = await sharp(Buffer.from(svg), { density })
    .flatten({ background: '#ffffff' })
    .removeAlpha()
    .withMetadata({ density })
    .png()
    .toBuffer();
  return new Response(new Uint8Array(picture), { headers: { 'Content-Type': 'image/png' } });
};
