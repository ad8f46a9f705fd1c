/**
 * `npm run heights`: measures every embed of the site in `dist/`, in both languages, at each width that
 * code is offered for, in the state in which it opens and with everything in it opened, and writes the
 * worst cases to `content/embed-heights.yaml`. Needs Chromium; a browser test says when it is due.
 */
import { writeFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { measuredWidths } from '../src/site/embed-code.ts';
import { embedHref, embeds } from '../src/site/routes.ts';
import { measureEmbed } from './heights/measure.ts';
import { listen, siteServer } from './serve.mjs';
import { chromiumPath } from './chromium.ts';

/** Air for another font or another browser's line breaks. */
const spare = 1.04;
const roundTo = 20;

const server = siteServer('dist');
const base = await listen(server, 24_700);
const browser = await chromium.launch({
  executablePath: chromiumPath,
  args: ['--no-sandbox', '--disable-background-networking'],
});
const lines = [
  '# Written by `npm run heights`: the height in pixels that holds each embed, in both languages, at each width.',
];
const page = await browser.newPage();
for (const { id } of embeds) {
  lines.push(`${id}:`);
  for (const width of measuredWidths) {
    let worst = 0;
    for (const lang of ['nl', 'en'] as const)
      worst = Math.max(
        worst,
        await measureEmbed(page, new URL(embedHref(id, lang), base).href, width),
      );
    lines.push(`  ${width}: ${Math.ceil((worst * spare) / roundTo) * roundTo}`);
  }
  console.log(lines.slice(-measuredWidths.length).join(' ').replaceAll('  ', ' '), id);
}
await browser.close();
server.close();
writeFileSync('content/embed-heights.yaml', `${lines.join('\n')}\n`);
