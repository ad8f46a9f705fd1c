/** A scene of the story as a figure that stands alone: at its end, or on its way there. */
import type { Drawing, Letters } from '../drawing/drawing.ts';
import type { Say } from '../messages/say.ts';
import { posed } from '../stage/motion.ts';
import { drawStory } from './story-drawing.ts';
import { endOf, type PlayedScene, type Shot } from './story-play.ts';

const textSize = 21;
const headHeight = 84;

/** What is said of the scene, the day, and the picture `atMilliseconds` after its movements began. */
export function storyFigure(
  scene: PlayedScene,
  say: Say,
  letters: Letters,
  shot: Shot = endOf(scene),
  atMilliseconds = Infinity,
  today = shot.days.day,
): Drawing {
  const drawn = drawStory(shot.moment, shot.days, 'wide', say);
  const tells = say(scene.tells.key, scene.tells.args);
  const room = drawn.width - 120;
  const rows = [''];
  for (const word of tells.split(' ')) {
    const longer = `${rows.at(-1)} ${word}`.trim();
    if (letters.widthOf(longer, textSize) <= room) rows[rows.length - 1] = longer;
    else rows.push(word);
  }
  return {
    width: drawn.width,
    height: headHeight + drawn.height,
    title: `${say(`simulator.short.${scene.on}`)}: ${say(scene.title.key)}`,
    description: tells,
    items: [
      {
        kind: 'text',
        x: drawn.width - 4,
        y: 26,
        text: say('first-contact.grip.value', { day: today }),
        size: 28,
        isStrong: true,
        anchor: 'end',
      },
      ...rows.map((text, row) => ({
        kind: 'text' as const,
        x: 4,
        y: 20 + row * textSize * 1.3,
        text,
        size: textSize,
      })),
      {
        kind: 'group',
        x: 0,
        y: headHeight,
        items: posed(drawn.items, shot.movements('wide', say), atMilliseconds),
      },
    ],
  };
}
