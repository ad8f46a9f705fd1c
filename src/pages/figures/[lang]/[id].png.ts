/** Every figure as pictures: once, twice and three times its size, the last for paper (288 dots an inch). */
import type { APIRoute } from 'astro';
import sharp from 'sharp';
import { drawn, figures, pngScales } from '../../../site/figures/figures.ts';

/** sharp draws an SVG at its own size at 72 dots an inch; paper counts a CSS pixel as 1/96 inch. */
const [drawnAt, cssPixelsPerInch] = [72, 96];

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
  // No palette: choosing one for a print-size picture costs ten times as much as the file saves.
  const picture = await sharp(Buffer.from(svg), { density: drawnAt * scale })
    .flatten({ background: '#ffffff' })
    .removeAlpha()
    .withMetadata({ density: cssPixelsPerInch * scale })
    .png()
    .toBuffer();
  return new Response(new Uint8Array(picture), { headers: { 'Content-Type': 'image/png' } });
};
