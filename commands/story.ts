/**
 * `npm run story`: the story of first contact for presentations, computed by the core and drawn without a browser. For
 * each language it writes into `story/` (or the folder that is named) a picture of each scene, one of all six, and the
 * story as a silent animation (WebP).
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { readWords } from '../src/command-line/read-messages.ts';
import { firaSans } from '../src/site/figures/letters.ts';
import { framed, svgOf } from '../src/view/drawing/drawing.ts';
import { dayMilliseconds } from '../src/view/first-contact/story-drawing.ts';
import { storyFigure } from '../src/view/first-contact/story-figure.ts';
import { shotsOf, type Shot } from '../src/view/first-contact/story-play.ts';
import { story, type StoryScene } from '../src/view/first-contact/story.ts';
import { langs } from '../src/view/messages/lang.ts';
import { sayWith, type Say } from '../src/view/messages/say.ts';

const width = 800;
const height = 690;
const frameMilliseconds = 125;
/** At the end of a scene, to read it. */
const endMilliseconds = 4_000;

interface Picture {
  readonly png: Buffer;
  readonly milliseconds: number;
}

function pictureOf(say: Say, scene: StoryScene, shot?: Shot, at?: number, day?: number): Buffer {
  const drawing = storyFigure(scene, say, firaSans, shot, at, day);
  return Buffer.from(svgOf(framed(drawing, say('site.title'), firaSans), firaSans));
}

/** All scenes have the height of the tallest: a slide does not jump. */
const drawn = (svg: Buffer, scale = 1): Promise<Buffer> =>
  sharp(svg)
    .resize({
      width: width * scale,
      height: height * scale,
      fit: 'contain',
      position: 'top',
      background: '#fff',
    })
    .flatten({ background: '#fff' })
    .png()
    .toBuffer();

/** A scene in motion: a picture for each moment, and one for each rest. */
async function framesOf(scene: StoryScene, say: Say): Promise<readonly Picture[]> {
  const pictures: Picture[] = [];
  const shots = shotsOf(scene);
  for (const shot of shots) {
    const movements = shot.movements('wide', say);
    const lasts = Math.max(
      0,
      ...movements.map((each) => each.delayMilliseconds + each.durationMilliseconds),
    );
    for (let at = 0; at < lasts; at += frameMilliseconds * shot.speed) {
      const day = Math.min(shot.days.day, shot.fromDay + Math.floor(at / dayMilliseconds));
      const svg = pictureOf(say, scene, shot, at, day);
      pictures.push({ png: await drawn(svg), milliseconds: frameMilliseconds });
    }
    const rest = shot === shots.at(-1) ? endMilliseconds : shot.restMilliseconds;
    if (rest >= frameMilliseconds)
      pictures.push({ png: await drawn(pictureOf(say, scene, shot)), milliseconds: rest });
  }
  return pictures;
}

const [folder = 'story'] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const scenes = story();
const words = readWords();
for (const lang of langs) {
  const say = sayWith(words[lang], lang);
  const ends = await Promise.all(scenes.map((scene) => drawn(pictureOf(say, scene), 2)));
  for (const [index, png] of ends.entries())
    await sharp(png).toFile(join(folder, `scene-${index + 1}.${lang}.png`));
  const small = await Promise.all(ends.map((png) => sharp(png).resize({ width }).toBuffer()));
  await sharp({
    create: { width: 2 * width, height: 3 * height, channels: 3, background: '#fff' },
  })
    .composite(
      small.map((input, index) => ({
        input,
        left: (index % 2) * width,
        top: Math.floor(index / 2) * height,
      })),
    )
    .png()
    .toFile(join(folder, `story.${lang}.png`));
  const pictures: Picture[] = [];
  for (const scene of scenes) pictures.push(...(await framesOf(scene, say)));
  const file = join(folder, `story.${lang}.webp`);
  const { size } = await sharp(
    pictures.map(({ png }) => png),
    { join: { animated: true }, limitInputPixels: false },
  )
    .webp({ quality: 60, effort: 3, delay: pictures.map((each) => each.milliseconds), loop: 1 })
    .toFile(file);
  const seconds = pictures.reduce((sum, each) => sum + each.milliseconds, 0) / 1000;
  console.log(`${file}: ${pictures.length} pictures, ${seconds} s, ${Math.round(size / 1000)} kB`);
}
