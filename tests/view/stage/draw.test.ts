import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { drawStage } from '../../../src/view/stage/draw.ts';
import { layouts } from '../../../src/view/stage/layout.ts';
import { paints } from '../../../src/view/stage/paints.ts';
import { signs } from '../../../src/view/stage/signs.ts';
import { devScene, stateAt } from '../../../src/view/stage/model.ts';
import { readWords } from '../../../src/words/read.ts';
import { sayWith } from '../../../src/words/say.ts';
import { faultsOf } from './boxes.ts';

const words = readWords();
it('box', () => {
  for (const lang of ['nl', 'en'] as const)
    for (const name of ['wide', 'narrow'] as const)
      for (let i = 0; i < devScene.steps.length; i++)
        expect([
          lang,
          name,
          i,
          faultsOf(
            drawStage(stateAt(devScene, i), name, sayWith(words[lang], lang)),
            name === 'narrow' ? 12 : 15.5,
          ),
        ]).toEqual([lang, name, i, []]);
});
