/** A scene of the story as a figure that stands alone: at its end, or on its way there. */
import { wrap, type Drawing, type Letters } from '../drawing/drawing.ts';
import { group, text } from '../drawing/items.ts';
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
  const rows = wrap(tells, drawn.width - 120, textSize, letters);
  return {
    width: drawn.width,
    height: headHeight + drawn.height,
    title: `${say(`simulator.short.${scene.on}`)}: ${say(scene.title.key)}`,
    description: tells,
    items: [
      text(say('first-contact.grip.value', { day: today }), drawn.width - 4, 26, 28, {
        isStrong: true,
        anchor: 'end',
      }),
      ...rows.map((words, row) => text(words, 4, 20 + row * textSize * 1.3, textSize)),
      group(
        { x: 0, y: headHeight },
        posed(drawn.items, shot.movements('wide', say), atMilliseconds),
      ),
    ],
  };
}
