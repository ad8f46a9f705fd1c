/**
 * The stage in a browser, with the site's own font: how each scenario ends, at the width of a phone and of a column,
 * all on one page. No word on another, none cut off, none too small. (Every moment: tests/view/stage/draw.test.ts.)
 */
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { svgOf } from '../../src/view/drawing/drawing.ts';
import { drawStage } from '../../src/view/stage/draw.ts';
import { stateAt } from '../../src/view/stage/model.ts';
import { sceneOf } from '../../src/view/stage/scene.ts';
import { gapOf } from '../../src/view/verdict.ts';
import { readWords } from '../../src/command-line/read-messages.ts';
import { sayWith } from '../../src/view/messages/say.ts';
import { runOf, scenarios } from '../scenarios/every.ts';

const words = readWords();
const fonts = [400, 700]
  .map((weight) => {
    const file = `node_modules/@fontsource/fira-sans/files/fira-sans-latin-${weight}-normal.woff2`;
    const url = `data:font/woff2;base64,${readFileSync(file, 'base64')}`;
    return `@font-face{font-family:'Fira Sans';font-weight:${weight};src:url(${url})}`;
  })
  .join('');
const scenes = scenarios.map((scenario) => {
  const run = runOf(scenario);
  return { id: scenario.id, scene: sceneOf(run, gapOf(run.outcome) === 'false-security') };
});

for (const { name, window, pixels, lang } of [
  { name: 'narrow', window: 360, pixels: 345, lang: 'nl' },
  { name: 'wide', window: 1280, pixels: 690, lang: 'en' },
] as const)
  test(`at ${window} pixels every word of every scenario can be read, in ${lang}`, async ({
    page,
  }) => {
    await page.setViewportSize({ width: window, height: 900 });
    const say = sayWith(words[lang], lang);
    const drawings = scenes.map(({ id, scene }) => {
      const drawn = drawStage(stateAt(scene, scene.steps.length - 1), name, say);
      return { id, svg: svgOf({ ...drawn, title: id, description: id }) };
    });
    await page.setContent(
      `<style>${fonts}body{margin:0;width:${pixels}px}</style>${drawings.map(({ svg }) => svg).join('')}`,
    );
    const faults = await page.evaluate(
      async ({ ids, pixels }) => {
        await Promise.all(
          ['400', '700'].map((weight) => document.fonts.load(`${weight} 16px "Fira Sans"`)),
        );
        if (document.fonts.size !== 2) return ['the font is missing'];
        const found: string[] = [];
        for (const [at, drawing] of document.querySelectorAll('svg').entries()) {
          const id = ids[at];
          drawing.setAttribute('width', String(pixels));
          drawing.removeAttribute('height');
          const frame = drawing.getBoundingClientRect();
          const boxes = [...drawing.querySelectorAll('text')].map((text) => ({
            text: text.textContent ?? '',
            // The line of the letters, without the room that a font leaves above and below.
            box: text.getBoundingClientRect(),
            size: (Number(text.getAttribute('font-size')) * pixels) / drawing.viewBox.baseVal.width,
          }));
          boxes.forEach(({ text, box, size }, index) => {
            if (size < 11) found.push(`${id}: "${text}" is ${size.toFixed(1)} pixels`);
            if (box.left < frame.left - 0.5 || box.right > frame.right + 0.5)
              found.push(`${id}: "${text}" leaves the drawing`);
            for (const other of boxes.slice(index + 1)) {
              const lower =
                Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
              const beside =
                Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
              if (beside > 1 && lower > size * 0.35)
                found.push(`${id}: "${text}" on "${other.text}"`);
            }
          });
        }
        return found;
      },
      { ids: drawings.map(({ id }) => id), pixels },
    );
    expect(faults).toEqual([]);
  });
