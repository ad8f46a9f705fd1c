/**
 * One letter, one attacker, and protections beside each other: the last moment of a delivery for each, in one drawing.
 * Its grammar is that of the stage: left the letter waits, in the middle the attacker has it, right it arrived.
 */
import type { Say } from '../messages/say.ts';
import { attacker, badge, hands, letter, signAt } from './art.ts';
import { group, path, rect, text, type Drawn, type Item } from '../drawing/items.ts';
import { stateAt, type Scene, type State } from './model.ts';
import { appearing, type Frame, type Movement } from './motion.ts';
import type { Paint } from '../drawing/paints.ts';
import { safetyOf, type Act } from './signs.ts';

export interface Lane {
  /** The protection, as its reader knows it. */
  readonly name: string;
  readonly end: State;
  /** The last thing that the attacker did to it. */
  readonly act: Act | undefined;
}

export function laneOf(name: string, scene: Scene): Lane {
  const states = scene.steps.map((_, index) => stateAt(scene, index));
  return {
    name,
    end: states.at(-1) ?? scene.begin,
    act: states.findLast(({ act }) => act)?.act?.id,
  };
}

const width = 420;
const boxWidth = 108;
const boxHeight = 84;
const firstTop = 104;
const pitch = 122;
const middle = width / 2;
/** Of names, of labels; the smallest is 12 pixels where the drawing is 280 wide. */
const nameSize = 19;
const labelSize = 18;
/** The line, and letters at rest, below the top of a lane. */
const lineDown = 36;

const topOf = (index: number): number => firstTop + index * pitch;
const place = {
  home: boxWidth / 2 + 2,
  cloak: middle,
  goal: width - boxWidth / 2 - 2,
} as const satisfies Record<State['letter'], number>;

const letterAt = ({ letter: at, form }: State, index: number) => ({
  x: place[at],
  y: topOf(index) + lineDown + (form === 'open' ? 6 : 0),
});

const signScale = 1.3;
/** On the corner of its letter. */
const signPlace = ({ x, y }: { readonly x: number; readonly y: number }) => ({
  x: x + 32,
  y: y - 22,
});

/** The drawing: its letters hands and signs are groups with the keys `letter-0`, `hands-0`, `sign-0`, … */
export function drawLanes(lanes: readonly Lane[], say: Say): Drawn {
  const height = topOf(lanes.length - 1) + boxHeight + 8;
  return {
    width,
    height,
    items: [
      attacker({ x: middle, top: 4, bottom: height - 2, scale: 0.72 }),
      text(say('stage.attacker'), middle + 48, 44, labelSize, {
        isStrong: true,
        fill: 'cast-attacker',
      }),
      ...lanes.flatMap((lane, index) => drawLane(lane, index, say)),
    ],
  };
}

function drawLane({ name, end, act }: Lane, index: number, say: Say): readonly Item[] {
  const top = topOf(index);
  const line = top + lineDown;
  const right = width - boxWidth - 2;
  const ground: Paint = end.verdict ? `ground-${safetyOf[end.verdict]}` : 'raised';
  const box = (x: number, stroke: 'cast-sender' | 'cast-receiver', isEnd: boolean) =>
    rect(
      { x, y: top, width: boxWidth, height: boxHeight },
      { radius: 8, fill: isEnd ? ground : 'raised', stroke, strokeWidth: 1.6 },
    );
  const label = (words: string, x: number) =>
    text(words, x, top + boxHeight - 8, labelSize, { anchor: 'middle', fill: 'ink-soft' });
  /** How far the letter came along the line, and the rest of it. */
  const reached = { home: boxWidth + 2, cloak: middle, goal: right }[end.letter];
  const far = path(`M${reached} ${line}H${right}`, {
    stroke: 'line-strong',
    strokeWidth: 1.5,
    dash: '3 6',
  });
  const gone = path(
    end.pipe === 'tls'
      ? `M${boxWidth + 2} ${line - 4}H${reached}M${boxWidth + 2} ${line + 4}H${reached}`
      : `M${boxWidth + 2} ${line}H${reached}`,
    { stroke: end.pipe === 'tls' ? 'stage-seal' : 'line-strong', strokeWidth: 2.2 },
  );
  const at = letterAt(end, index);
  return [
    text(name, 2, top - 9, nameSize, { isStrong: true, fill: 'ink' }),
    box(2, 'cast-sender', end.letter === 'home'),
    box(right, 'cast-receiver', end.letter === 'goal'),
    label(say('stage.sender.narrow'), place.home),
    label(say('stage.mail.what.narrow'), place.goal),
    ...(end.letter === 'goal' ? [] : [far]),
    ...(end.letter === 'home' ? [] : [gone]),
    // Where the attacker holds the letter, that is what he does.
    ...(act && end.letter !== 'cloak'
      ? [badge(act, { key: `act-${index}`, x: middle, y: line })]
      : []),
    group({ key: `letter-${index}`, ...at }, letter(end.form)),
    ...(end.letter === 'cloak' ? [group({ key: `hands-${index}`, ...at }, hands)] : []),
    ...(end.verdict
      ? [signAt(end.verdict, signPlace(at).x, signPlace(at).y, signScale, `sign-${index}`)]
      : []),
  ];
}

const travelMilliseconds = 1400;
const restMilliseconds = 700;

/** Each letter goes its way, one after the other; a letter that waits goes to the attacker's hand and turns back. */
export const motionOfLanes = (lanes: readonly Lane[]): readonly Movement[] =>
  lanes.flatMap(({ end }, index): readonly Movement[] => {
    const delayMilliseconds = index * (travelMilliseconds + restMilliseconds);
    const at = letterAt(end, index);
    const home = { x: place.home, y: at.y };
    const frames: readonly Frame[] =
      end.letter === 'home'
        ? [home, { x: middle - 62, y: at.y, offset: 0.5 }, home]
        : end.via === 'read'
          ? [
              home,
              { x: middle, y: at.y, scale: 1.12, offset: 0.4 },
              { x: middle, y: at.y, scale: 1.12, offset: 0.7 },
              at,
            ]
          : [home, at];
    const appear = (key: string, place: Frame): Movement => ({
      key: `${key}-${index}`,
      delayMilliseconds: delayMilliseconds + travelMilliseconds,
      durationMilliseconds: 250,
      frames: appearing(place),
    });
    return [
      {
        key: `letter-${index}`,
        delayMilliseconds,
        durationMilliseconds: travelMilliseconds,
        frames,
      },
      ...(end.letter === 'cloak' ? [appear('hands', at)] : []),
      ...(end.verdict ? [appear('sign', { ...signPlace(at), scale: signScale })] : []),
    ];
  });
