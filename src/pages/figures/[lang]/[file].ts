/**
 * Every figure as an SVG that stands alone, as pictures of once, twice and three times its size, the last for paper
 * (288 dots an inch), and a thumbnail (`glance`) for the catalogue.
 */
import type { APIRoute } from 'astro';
import sharp from 'sharp';
import { figures, glance, pngScales, svgFor } from '../../../site/figures/figures.ts';
import { langs } from '../../../view/messages/lang.ts';

/** sharp draws an SVG at its own size at 72 dots an inch; paper counts a CSS pixel as 1/96 inch. */
const [drawnAt, cssPixelsPerInch] = [72, 96];

interface File {
  readonly type: string;
  readonly write: () => string | Promise<Buffer>;
}

const picture = (svg: string, density: number) =>
  sharp(Buffer.from(svg), { density }).flatten({ background: '#ffffff' });

/** No palette: choosing one for a print-size picture costs ten times as much as the file saves. */
const pngOf = (svg: string, scale: number) =>
  picture(svg, drawnAt * scale)
    .removeAlpha()
    .withMetadata({ density: cssPixelsPerInch * scale })
    .png()
    .toBuffer();

const glanceOf = (svg: string) =>
  picture(svg, drawnAt)
    .resize(glance.width, glance.height, { fit: 'cover', position: 'left top' })
    .webp({ quality: glance.quality, effort: 6 })
    .toBuffer();

export const getStaticPaths = () =>
  langs.flatMap((lang) =>
    figures.flatMap((figure) => {
      const svg = svgFor(figure, lang);
      const files: [string, File][] = [
        ['.svg', { type: 'image/svg+xml', write: () => svg }],
        ...Object.entries(pngScales).map(([suffix, scale]): [string, File] => [
          `${suffix}.png`,
          { type: 'image/png', write: () => pngOf(svg, scale) },
        ]),
      ];
      if (figure.embed !== undefined)
        files.push([glance.file, { type: 'image/webp', write: () => glanceOf(svg) }]);
      return files.map(([end, file]) => ({
        params: { lang, file: `${figure.id}${end}` },
        props: { file },
      }));
    }),
  );

export const GET: APIRoute<{ file: File }> = async ({ props: { file } }) => {
  const written = await file.write();
  const body = typeof written === 'string' ? written : new Uint8Array(written);
  return new Response(body, { headers: { 'Content-Type': file.type } });
};
