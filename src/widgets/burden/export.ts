/** The figure as files that stand alone: CSV of its table, SVG of its picture. */
import type { Say } from '../../words/say.ts';
import type { Picture, Point } from './view.ts';

export const csvOf = (points: readonly Point[]): string =>
  [
    'messages_per_day,share_computed,share_played,standard_error',
    ...points.map(({ rate, computed, played, error }) =>
      [rate, computed.toFixed(6), played.toFixed(6), error.toFixed(6)].join(','),
    ),
    '',
  ].join('\r\n');

const escape = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const strokes = { chosen: '#14508c', 'draft-2016': '#b0201a', year: '#0b6648' } as const;
const dashes = { chosen: '', 'draft-2016': '7 4', year: '2 4' } as const;

/** Colours and fonts stand in the file: it must look the same in a document of somebody else. */
export function svgOf(
  picture: Picture,
  say: Say,
  percent: (share: number) => string,
  lifetimeDays: number,
): string {
  const { width, height, plot } = picture;
  const lines = [...picture.curves.map(({ id }) => id), 'played'] as const;
  const foot = height + 40 + 20 * lines.length;
  const head = 30;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 ${-head} ${width} ${foot + head}" width="${width}" height="${foot + head}" role="img" font-family="Fira Sans, sans-serif" font-size="13" fill="#16202b">`,
    `<title>${escape(say('burden.picture'))}</title><desc>${escape(say('burden.picture-text'))}</desc>`,
    `<rect y="${-head}" width="${width}" height="${foot + head}" fill="#fff"/>`,
    `<text x="${plot.left}" y="-8" font-weight="bold">${escape(say('burden.picture'))}</text>`,
    ...picture.yTicks.map(
      ({ share, y }) =>
        `<line x1="${plot.left}" x2="${plot.right}" y1="${y}" y2="${y}" stroke="#d3dbe4"/><text x="${plot.left - 6}" y="${y + 4}" text-anchor="end">${escape(percent(share))}</text>`,
    ),
    ...picture.xTicks.map(
      ({ rate, x }) =>
        `<text x="${x}" y="${plot.bottom + 18}" text-anchor="middle">${escape(say(`burden.rate.${rate}`))}</text>`,
    ),
    `<text x="${(plot.left + plot.right) / 2}" y="${plot.bottom + 38}" text-anchor="middle">${escape(say('burden.axis-x'))}</text>`,
    ...picture.curves.map(
      ({ id, path }) =>
        `<path d="${path}" fill="none" stroke="${strokes[id]}" stroke-width="2"${dashes[id] ? ` stroke-dasharray="${dashes[id]}"` : ''}/>`,
    ),
    ...picture.dots.map(
      ({ x, y, low, high }) =>
        `<line x1="${x}" x2="${x}" y1="${low}" y2="${high}" stroke="#16202b"/><circle cx="${x}" cy="${y}" r="3.5" fill="#16202b"/>`,
    ),
    ...lines.map((line, index) => {
      const y = height + 20 + 20 * index;
      const sign =
        line === 'played'
          ? `<circle cx="${plot.left + 15}" cy="${y - 4}" r="3.5" fill="#16202b"/>`
          : `<path d="M${plot.left} ${y - 4}h30" stroke="${strokes[line]}" stroke-width="2"${dashes[line] ? ` stroke-dasharray="${dashes[line]}"` : ''}/>`;
      const name =
        line === 'played'
          ? say('burden.played')
          : say(`burden.curve.${line}`, { days: lifetimeDays });
      return `${sign}<text x="${plot.left + 40}" y="${y}">${escape(name)}</text>`;
    }),
    `<text x="${plot.left}" y="${foot - 12}" font-size="11" fill="#4a5764">${escape(say('burden.source'))}</text>`,
    '</svg>',
  ];
  return parts.join('\n');
}
