import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { drawStage } from '../../../src/view/stage/draw.ts';
import { layouts, type LayoutName } from '../../../src/view/stage/layout.ts';
import { stateAt } from '../../../src/view/stage/model.ts';
import { paints } from '../../../src/view/drawing/paints.ts';
import { sceneOf } from '../../../src/view/stage/scene.ts';
import { gapOf } from '../../../src/view/verdict.ts';
import { readWords } from '../../../src/command-line/read-messages.ts';
import { sayWith } from '../../../src/view/messages/say.ts';
import { runOf, scenarios } from '../../scenarios/every.ts';
import { faultsOf } from './boxes.ts';

const words = readWords();
/** The narrowest stage of each layout in use, in pixels: a phone of 320, and a column where the wide one begins. */
const leastWidths = { narrow: 320, wide: 660 } as const satisfies Record<LayoutName, number>;

describe.each(['nl', 'en'] as const)('every moment of every scenario, in %s', (lang) => {
  const say = sayWith(words[lang], lang);
  const ownWords = Object.entries(words[lang])
    .filter(([key, text]) => /^(stage|scene)\./.test(key) && !text.includes('{'))
    .map(([, text]) => text);
  it.each(['wide', 'narrow'] as const)(
    'is drawn %s with no word cut off, covered, on another or smaller than 11 pixels',
    (name) => {
      const least = (11 * layouts[name].width) / leastWidths[name];
      const faults = scenarios.flatMap((scenario) => {
        const run = runOf(scenario);
        const scene = sceneOf(run, gapOf(run.outcome) === 'false-security');
        return scene.steps.flatMap((_, index) =>
          faultsOf(drawStage(stateAt(scene, index), name, say), least, ownWords).map(
            (fault) => `${scenario.id} ${index + 1}: ${fault}`,
          ),
        );
      });
      expect(faults).toEqual([]);
    },
    60_000,
  );
});

describe('the colours of a file', () => {
  const theme = readFileSync('src/site/style/theme.css', 'utf8');
  it.each(Object.entries(paints))('%s is that of the light theme', (token, value) => {
    const found = new RegExp(`--fs-${token}:\\s*(?:light-dark\\()?(#[0-9a-f]{6})`).exec(theme);
    expect(found?.[1]).toBe(value);
  });
});
