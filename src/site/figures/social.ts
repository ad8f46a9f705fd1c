/**
 * The picture that is shown with a link to a page: its title, and below it the page's own figure as it
 * is, cut off where it is too long to be read at this size.
 */
import { paragraph, svgOf } from '../../view/drawing/drawing.ts';
import { group, rect } from '../../view/drawing/items.ts';
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
  const name = page === 'home' ? t(lang, 'home.title') : t(lang, `page.${page}`);
  const width = socialWidth - 2 * margin;
  const title = paragraph(
    name,
    { x: margin, y: 34, width, size: 48, isStrong: true, fill: 'accent-strong' },
    firaSans,
  );
  const site = paragraph(
    t(lang, 'site.title'),
    { x: margin, y: title.end, width, size: 24, fill: 'ink-soft' },
    firaSans,
  );
  const inner = innerDrawing(figure, lang);
  const height = socialHeight - site.end - 24;
  // A little smaller than the room, to be seen whole; never so small that its words cannot be read.
  const scale = Math.max(0.9, Math.min(width / inner.width, height / inner.height, 1.4));
  return svgOf(
    {
      width: socialWidth,
      height: socialHeight,
      title: name,
      description: inner.title,
      items: [
        rect({ x: 0, y: 0, width: socialWidth, height: 12 }, { fill: 'accent' }),
        ...title.items,
        ...site.items,
        group({ x: margin, y: site.end + 24, scale }, inner.items),
      ],
    },
    firaSans,
  );
}

/** What the picture stands for in words. */
export const socialText = (page: PageId, lang: Lang): string => {
  const figure = figureOf(page);
  return figure ? innerDrawing(figure, lang).title : hrefOf(page, lang);
};
