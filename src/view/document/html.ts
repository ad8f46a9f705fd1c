/** A paper as one page that needs nothing else, ready to print; a browser makes a tagged PDF of it. */
import { svgOf } from '../drawing/drawing.ts';
import { xmlText } from '../../core/grammar/xml.ts';
import type { Block, Paper } from './paper.ts';

const style = `@page{size:A4;margin:18mm 18mm 16mm}
body{font:11pt/1.45 'Fira Sans','Segoe UI',Arial,sans-serif;color:#16202b;background:#fff;max-width:46rem;margin:2rem auto;padding:0 1rem}
h1{font-size:20pt;line-height:1.15;margin:0 0 .5em;color:#0c355f}
h2{font-size:13.5pt;margin:1.4em 0 .4em;color:#0c355f;break-after:avoid}
p,ul{margin:0 0 .6em}
svg{display:block;max-width:11cm;height:auto;margin:.5em 0}
table{border-collapse:collapse;width:100%;font-size:9.5pt;line-height:1.35}
th,td{text-align:left;vertical-align:top;padding:.4em .8em .4em 0;border-bottom:1px solid #d3dbe4}
thead th{border-bottom:2px solid #16202b;vertical-align:bottom}
tr,svg{break-inside:avoid}
td p{margin:0 0 .3em}
@media print{body{margin:0;padding:0;max-width:none}}`;

const paragraphs = (cell: readonly string[]): string =>
  cell.length === 1
    ? xmlText(cell[0] ?? '')
    : cell.map((text) => `<p>${xmlText(text)}</p>`).join('');

function elementOf(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `<h2>${xmlText(block.text)}</h2>`;
    case 'paragraph':
      return `<p>${xmlText(block.text)}</p>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${xmlText(item)}</li>`).join('')}</ul>`;
    case 'picture':
      return svgOf(block.drawing);
    case 'table':
      return [
        '<table><thead><tr>',
        ...block.head.map((name) => `<th scope="col">${xmlText(name)}</th>`),
        '</tr></thead><tbody>',
        ...block.rows.map(
          ([first = [], ...others]) =>
            `<tr><th scope="row">${paragraphs(first)}</th>${others.map((cell) => `<td>${paragraphs(cell)}</td>`).join('')}</tr>`,
        ),
        '</tbody></table>',
      ].join('');
  }
}

export const htmlOf = ({ lang, title, made, blocks }: Paper): string =>
  [
    '<!doctype html>',
    `<html lang="${lang}">`,
    `<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="dcterms.created" content="${xmlText(made)}"><title>${xmlText(title)}</title><style>${style}</style></head>`,
    `<body><main><h1>${xmlText(title)}</h1>`,
    ...blocks.map(elementOf),
    '</main></body></html>',
    '',
  ].join('\n');
