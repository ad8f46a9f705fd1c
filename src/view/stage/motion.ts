/**
 * What moves from one state to the next: the letter, questions and answers, the attacker's entrance, what goes into
 * memory. The drawing already is the end state; a movement only plays the difference, so that whoever stops, resizes
 * or prints it has the right picture. Plain data; a component plays it with the Web Animations API.
 */
import { drawStage, letterPlace } from './draw.ts';
import type { Drawn, GroupItem, Item } from '../drawing/items.ts';
import { layouts, type LayoutName } from './layout.ts';
import type { State } from './model.ts';
import type { Say } from '../messages/say.ts';

export interface Frame {
  readonly x: number;
  readonly y: number;
  readonly scale?: number;
  readonly opacity?: number;
  /** When, as a part of the movement: 0 to 1. */
  readonly offset?: number;
}

export interface Movement {
  /** Of the group that moves. */
  readonly key: string;
  readonly delayMilliseconds: number;
  readonly durationMilliseconds: number;
  readonly frames: readonly Frame[];
  /** A stroke that is drawn; then there are no frames. */
  readonly isStroke?: true;
  /** At one speed, as time runs. */
  readonly isEven?: true;
}

/** Where it stands, from not there to there. */
export const appearing = (at: Frame): readonly Frame[] => [
  { ...at, opacity: 0 },
  { ...at, opacity: 1 },
];

export const easing = 'cubic-bezier(.45,.05,.25,1)';

const groupOf = (drawn: Drawn, key: string): GroupItem | undefined =>
  drawn.items.find((item): item is GroupItem => item.kind === 'group' && item.key === key);

/** The movements that lead to `after`; none where nothing changed place. */
export function motionOf(
  before: State,
  after: State,
  name: LayoutName,
  say: Say,
): readonly Movement[] {
  const layout = layouts[name];
  const drawn = drawStage(after, name, say);
  const moves: Movement[] = [];
  let time = 0;
  const move = (
    key: string,
    durationMilliseconds: number,
    frames: readonly Frame[],
    delayMilliseconds = time,
  ) => moves.push({ key, durationMilliseconds, delayMilliseconds, frames });
  /** Appears where it stands. */
  const appear = (key: string, durationMilliseconds: number, delay = time) => {
    const group = groupOf(drawn, key);
    if (!group) return;
    const { x, y, scale } = group;
    const at = { x, y, ...(scale === undefined ? {} : { scale }) };
    move(key, durationMilliseconds, appearing(at), delay);
  };

  if (after.attacker === 'present' && before.attacker !== 'present') {
    const { x, top: y } = layout.attacker;
    move('attacker', 600, [
      { x, y: y + 40, opacity: 0 },
      { x, y, opacity: 1 },
    ]);
    time = 450;
  }

  const { question } = after;
  const [ask, answer, truth] = ['ask', 'answer', 'true'].map((key) => groupOf(drawn, key));
  if (question && ask && answer) {
    const leaves = layout.sender.x + layout.sender.width + 30;
    move('ask', 900, [
      { x: leaves, y: ask.y, scale: 0.6, opacity: 0 },
      { x: layout.near, y: ask.y, opacity: 1, offset: 0.25 },
      { x: ask.x, y: ask.y, opacity: 1, offset: 0.85 },
      { x: ask.x, y: ask.y, opacity: ask.isPassing ? 0 : 1 },
    ]);
    time += 950;
    if (truth) {
      move('true', 500, [
        { x: layout.servers.mail.x, y: truth.y, scale: 0.6, opacity: 0 },
        { x: truth.x, y: truth.y, opacity: 1 },
      ]);
      moves.push({
        key: 'strike',
        isStroke: true,
        durationMilliseconds: 260,
        delayMilliseconds: time + 520,
        frames: [],
      });
      time += 800;
    }
    const from = truth ? layout.attacker.x : layout.servers.mail.x - 20;
    for (const key of ['act', 'act-word']) appear(key, 250, Math.max(0, time - 300));
    move('answer', 650, [
      { x: from, y: answer.y, scale: 0.5, opacity: 0 },
      { x: (from + answer.x) / 2, y: answer.y, opacity: 1, offset: 0.5 },
      { x: answer.x, y: answer.y, opacity: 1 },
    ]);
    appear('signed', 200, time + 550);
    time += 650;
  }

  const [old, now] = [letterPlace(before, name), letterPlace(after, name)];
  const { scale } = layout;
  const line = layout.lines.mail;
  const isGoing = old.x !== now.x;
  if (isGoing || after.via) {
    const start = { ...old, scale };
    const end = { ...now, scale };
    const held = { x: layout.attacker.x, y: line, scale: scale * 1.12 };
    const turning = { x: layout.sender.x + layout.sender.width + 50 * scale, y: line, scale };
    const stop = after.via === 'read' ? held : after.via === 'back' ? turning : undefined;
    const duration = stop ? 1900 : 1000;
    move(
      'letter',
      duration,
      stop ? [start, { ...stop, offset: 0.38 }, { ...stop, offset: 0.62 }, end] : [start, end],
    );
    time += duration;
  }
  if (after.verdict && after.verdict !== before.verdict) {
    for (const key of ['sign', 'barrier']) appear(key, 250);
    time += 250;
  }
  if (after.memory && JSON.stringify(after.memory) !== JSON.stringify(before.memory)) {
    move('card', 400, [
      { x: 0, y: -8, opacity: 0 },
      { x: 0, y: 0, opacity: 1 },
    ]);
    time += 400;
  }
  if (!question) for (const key of ['act', 'act-word']) appear(key, 250, 0);
  return moves;
}

/** The curve of `easing`, near enough for a file: slow, fast, slow. */
const eased = (part: number): number => (part < 0.5 ? 4 * part ** 3 : 1 - (-2 * part + 2) ** 3 / 2);

/**
 * A drawing as it stands some milliseconds into its movements, for a file: what the Web Animations API does on a page.
 * What is not yet there is left out; half-transparent things of a page are there or not.
 */
export function posed(
  items: readonly Item[],
  movements: readonly Movement[],
  atMilliseconds: number,
): readonly Item[] {
  const all = new Map(movements.map((movement) => [movement.key, movement]));
  const poseOf = (item: Item): readonly Item[] => {
    const movement = 'key' in item && item.key !== undefined ? all.get(item.key) : undefined;
    const past =
      movement && (atMilliseconds - movement.delayMilliseconds) / movement.durationMilliseconds;
    const isOver = past === undefined || past >= 1;
    if (item.kind !== 'group') return isOver ? [item] : [];
    const inner = item.items.flatMap(poseOf);
    if (isOver || !movement) return [{ ...item, items: inner }];
    const { x, y, scale, opacity = 1 } = frameAt(movement, Math.max(0, past));
    if (opacity < 0.5) return [];
    // On its way what only passes is seen.
    const { isPassing: _, ...seen } = item;
    return [{ ...seen, x, y, ...(scale === undefined ? {} : { scale }), items: inner }];
  };
  return items.flatMap(poseOf);
}

function frameAt({ frames, isEven }: Movement, past: number): Frame {
  const part = isEven ? past : eased(past);
  const timed = frames.map((frame, index) => ({
    ...frame,
    offset: frame.offset ?? index / Math.max(1, frames.length - 1),
  }));
  const after = timed.findIndex(({ offset }) => offset > part);
  const [to, from] = [timed.at(after), timed.at(Math.max(0, after - 1))];
  if (to === undefined || from === undefined) throw new Error('a movement has at least one frame');
  if (after < 1) return to;
  const share = (part - from.offset) / (to.offset - from.offset);
  const between = (a: number, b: number) => a + (b - a) * share;
  return {
    x: between(from.x, to.x),
    y: between(from.y, to.y),
    scale: between(from.scale ?? 1, to.scale ?? 1),
    opacity: between(from.opacity ?? 1, to.opacity ?? 1),
  };
}
