/**
 * The picture that is shown with a link to a page: its title, and below it the page's own figure as it
 * is, cut off where it is too long to be read at this size.
 */
import { ink, paragraph, svgOf, type Shape } from '../../view/drawing/drawing.ts';
import type { Paint } from '../../view/stage/paints.ts';
import type { Lang } from '../../view/messages/lang.ts';
import { t } from '../messages.ts';
import { hrefOf, type PageId } from '../routes.ts';
import { figures, innerDrawing } from './figures.ts';
import { firaSans } from './letters.ts';

/** As Open Graph readers expect it. */
export const [socialWidth, socialHeight] = [1200, 630];
const margin = 56;

export const socialHref = (page: PageId, lang: Lang): string => `/social/${lang}/${page}.png`;

/** The page's own figure, or that of the home page. */
const figureOf = (page: PageId) =>
  figures.find((figure) => figure.page === page) ?? figures.find(({ id }) => id === 'home');

export function socialPicture(page: PageId, lang: Lang): string {
  const figure = figureOf(page);
  if (!figure) throw new Error('the home page has no figure');
  const write = (
    text: string,
    y: number,
    size: number,
    weight: 400 | 700,
    fill: Paint,
  ): { readonly shapes: readonly Shape[]; readonly end: number } => {
    const place = { x: margin, y, width: socialWidth - 2 * margin, size, weight };
    const { shapes, end } = paragraph(text, place, firaSans);
    // As outlines of their own: the figure below has numbered its own.
    return {
      shapes: shapes.flatMap((shape): Shape[] =>
        shape.kind === 'text'
          ? [
              {
                kind: 'mark',
                d: firaSans.outlineOf?.(shape.text, size, weight) ?? '',
                x: shape.x,
                y: shape.y,
                scale: 1,
                fill,
              },
            ]
          : [],
      ),
      end,
    };
  };
  const name = page === 'home' ? t(lang, 'home.title') : t(lang, `page.${page}`);
  const title = write(name, 34, 48, 700, 'accent-strong');
  const site = write(t(lang, 'site.title'), title.end, 24, 400, ink.soft);
  const inner = innerDrawing(figure, lang);
  const room = { width: socialWidth - 2 * margin, height: socialHeight - site.end - 24 };
  // A little smaller than the room, to be seen whole; never so small that its words cannot be read.
  const scale = Math.max(0.9, Math.min(room.width / inner.width, room.height / inner.height, 1.4));
  const shown = {
    width: Math.min(inner.width, room.width / scale),
    height: Math.min(inner.height, room.height / scale),
  };
  const outer = svgOf(
    {
      width: socialWidth,
      height: socialHeight,
      title: name,
      description: inner.title,
      shapes: [
        { kind: 'rect', x: 0, y: 0, width: socialWidth, height: 12, fill: ink.accent },
        ...title.shapes,
        ...site.shapes,
      ],
    },
    firaSans,
  );
  const nested = svgOf(inner, firaSans).replace(
    /^<svg[^>]*>/,
    `<svg x="${margin}" y="${site.end + 24}" width="${shown.width * scale}" height="${shown.height * scale}" viewBox="0 0 ${shown.width} ${shown.height}">`,
  );
  return outer.replace('</svg>', `${nested}</svg>`);
}

export const socialPaths = (pages: readonly PageId[]) =>
  (['nl', 'en'] as const).flatMap((lang) =>
    pages.map((page) => ({ params: { lang, page }, props: { lang, page } })),
  );

/** What the picture stands for in words. */
export const socialText = (page: PageId, lang: Lang): string => {
  const figure = figureOf(page);
  return figure ? innerDrawing(figure, lang).title : hrefOf(page, lang);
};
