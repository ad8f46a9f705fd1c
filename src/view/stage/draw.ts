/**
 * The stage: one moment of one delivery, drawn from its state alone, so that going back is exact and the printed
 * picture is the played picture. Its grammar is one line: where does the letter end? Left, it waits with the sender;
 * in the middle, the attacker has it; right, it arrived, sealed or open.
 */
import type { MessageKey } from '../messages/message-key.ts';
import type { Say } from '../messages/say.ts';
import { attacker, badge, hands, letter, serverPaths, signAt } from './art.ts';
import {
  circle,
  fit,
  group,
  lines,
  path,
  rect,
  text as label,
  widthOf,
  type Box,
  type Drawn,
  type GroupItem,
  type Item,
  type Look,
} from '../drawing/items.ts';
import { layouts, type Layout, type LayoutName } from './layout.ts';
import type { Line, State, Text } from './model.ts';
import type { Paint } from '../drawing/paints.ts';
import { safetyOf, type Safety } from './signs.ts';

/** Of a name, in the middle of what it names. */
const named = { isStrong: true, anchor: 'middle' } as const;

/** The base line of a text whose capitals have their middle at `y`. */
const base = (y: number, size: number): number => y + size * 0.35;

const grounds: Readonly<Record<Safety, { readonly fill: Paint; readonly stroke: Paint }>> = {
  safe: { fill: 'ground-safe', stroke: 'verdict-delivered-proven' },
  between: { fill: 'ground-between', stroke: 'verdict-delivered-unproven' },
  unsafe: { fill: 'ground-unsafe', stroke: 'verdict-delivered-to-attacker' },
  harm: { fill: 'ground-harm', stroke: 'verdict-stuck' },
};

/** Slanted lines inside a box: what is forged, without colour too. */
function hatch({ x, y, width, height }: Box, step: number): string {
  const strokes: string[] = [];
  for (let at = step; at < width + height; at += step) {
    const fromX = Math.min(at, width);
    const toX = Math.max(0, at - height);
    strokes.push(`M${x + fromX} ${y + at - fromX}L${x + toX} ${y + at - toX}`);
  }
  return strokes.join('');
}

/** A box that an attacker filled. */
const forged = (box: Box, radius: number, step: number): readonly Item[] => [
  rect(box, { radius, fill: 'ground-unsafe' }),
  path(hatch(box, step), { stroke: 'stage-coat-fold', strokeWidth: 1.5 }),
  rect(box, { radius, stroke: 'cast-attacker', strokeWidth: 2 }),
];

/** What stands in the drawing: literally, or a message in the reader's language. */
const textOf = (text: Text, say: Say): string =>
  typeof text === 'string' ? text : say(text.key, text.args);

/** The shorter form of a message; a test holds that each has one. */
const narrowKey = (key: MessageKey): MessageKey => `${key}.narrow` as MessageKey;

/** What stands on a chip, in this layout: a message has a shorter form for the narrow one. */
const chipWords = (text: Text, isNarrow: boolean, say: Say): readonly string[] =>
  typeof text === 'string'
    ? [text]
    : say(isNarrow ? narrowKey(text.key) : text.key, text.args).split('|');

const memoryLook = { fill: 'stage-memory', stroke: 'cast-memory', strokeWidth: 1.5 } as const;

const serverPaints = {
  dns: 'cast-dns',
  web: 'cast-policy-host',
  mail: 'cast-receiver',
} as const satisfies Readonly<Record<Line, Paint>>;

type ChipKind = 'asked' | 'passing' | 'answer' | 'weak' | 'struck' | 'forged' | 'nothing';
const theirs = { stroke: 'cast-attacker', ink: 'cast-attacker', isStrong: true } as const;
const chipLooks: Readonly<
  Record<ChipKind, Look & { readonly ink?: Paint; readonly isStrong?: boolean }>
> = {
  asked: { fill: 'paper', stroke: 'line-strong', strokeWidth: 1.25, ink: 'ink-soft' },
  passing: { fill: 'paper', stroke: 'cast-sender', strokeWidth: 1.75 },
  answer: { fill: 'accent-soft', stroke: 'cast-sender', strokeWidth: 1.75, isStrong: true },
  weak: { fill: 'soft', stroke: 'line-strong', strokeWidth: 1.75, dash: '5 4', isStrong: true },
  struck: { fill: 'paper', stroke: 'line-strong', strokeWidth: 1.5, dash: '4 3' },
  forged: { ...theirs, fill: 'ground-unsafe', strokeWidth: 2.25 },
  nothing: { ...theirs, fill: 'paper', strokeWidth: 2, dash: '5 4' },
};

interface Chip extends GroupItem {
  readonly width: number;
  readonly height: number;
}

function chip(
  layout: Layout,
  key: string,
  words: Text,
  x: number,
  y: number,
  kind: ChipKind,
  say: Say,
): Chip {
  const isNarrow = layout === layouts.narrow;
  const { ink = 'ink', isStrong = false, ...look } = chipLooks[kind];
  const texts = chipWords(words, isNarrow, say);
  const size = layout.text - (isNarrow ? 0.5 : 1);
  const side = isNarrow ? 7 : 13;
  const room = layout.chip - 2 * side;
  const rows = (texts.length === 1 ? lines(texts[0] ?? '', room, size, isStrong) : texts).map(
    (row) => fit(row, room, size, isStrong),
  );
  const width = Math.max(...rows.map((row) => widthOf(row, size, isStrong))) + 2 * side;
  const leading = size * 1.2;
  const height = rows.length * leading + (isNarrow ? 9 : 15);
  const items = [
    rect(
      { x: -width / 2, y: -height / 2, width, height },
      { radius: Math.min(height / 2, 14), ...look },
    ),
    ...rows.map((row, index) =>
      label(row, 0, base((index - (rows.length - 1) / 2) * leading, size), size, {
        isStrong,
        anchor: 'middle',
        fill: ink,
      }),
    ),
    // Slanted: the word under it stays legible.
    ...(kind === 'struck'
      ? [
          path(`M${-width / 2 + 5} ${height * 0.22}L${width / 2 - 5} ${-height * 0.22}`, {
            key: 'strike',
            stroke: 'cast-attacker',
            strokeWidth: 1.75,
          }),
        ]
      : []),
  ];
  return {
    ...group({ key, x, y, ...(kind === 'passing' && { isPassing: true }) }, items),
    width,
    height,
  };
}

/** The mark of a signature that was checked, on the corner of an answer. */
const signedMark = ({ x, y, width, height }: Chip, isNarrow: boolean): GroupItem =>
  group({ key: 'signed', x: x + width / 2 - 5, y: y + height / 2 - 1, scale: isNarrow ? 0.8 : 1 }, [
    circle(0, 0, 8.5, { fill: 'cast-dns', stroke: 'paper', strokeWidth: 1.5 }),
    path('M-3.6 .2-1 2.8 3.8-2.6', { stroke: 'paper', strokeWidth: 2 }),
  ]);

/** Draws a state in a layout; `say` gives the words of the drawing itself, those of the delivery are in the state. */
export function drawStage(state: State, name: LayoutName, say: Say): Drawn {
  const layout = layouts[name];
  const isNarrow = name === 'narrow';
  const { lines: height, leaves, attacker: figure, scale, text, label: small } = layout;
  const word = (key: MessageKey, args?: Readonly<Record<string, string | number>>) =>
    say(isNarrow ? narrowKey(key) : key, args);
  const fromX = layout.sender.x + layout.sender.width;
  const toX = layout.servers.mail.x;
  const safety = state.verdict && safetyOf[state.verdict];
  const { question, act } = state;
  const isAlone = state.attacker === 'absent';
  const asked: readonly Line[] = state.web ? ['dns', 'web'] : ['dns'];
  const mail = `M${fromX} ${height.mail}H${toX}`;
  const items = [
    // The attacker first: the lines pass before it, so that one sees that they pass it.
    ...(isAlone ? [] : [attacker(figure, state.attacker === 'gone')]),
    ...asked.map((line) =>
      path(
        `M${fromX} ${leaves[line]}C${fromX + 40} ${leaves[line]} ${fromX + 20} ${height[line]} ${fromX + (isNarrow ? 42 : 80)} ${height[line]}H${toX}`,
        { stroke: question?.line === line ? 'line-strong' : 'line', strokeWidth: 2, dash: '2 6' },
      ),
    ),
    ...(state.pipe === 'tls'
      ? [
          path(mail, { stroke: 'verdict-delivered-unproven', strokeWidth: isNarrow ? 9 : 12 }),
          path(mail, { stroke: 'ground-between', strokeWidth: isNarrow ? 5 : 7 }),
        ]
      : [path(mail, { stroke: 'line-strong', strokeWidth: isNarrow ? 2.5 : 3 })]),
    ...asked.flatMap(server),
    ...server('mail'),
    rect(layout.inbox, { radius: 6, ...groundWhere('goal') }),
    ...sender(),
    ...thought(),
    ...(isAlone ? [] : nameOfAttacker()),
    ...answers(),
    ...letters(),
  ];
  return { width: layout.width, height: layout.height, items };

  /** Where the letter lies in the end, the ground says whether it is safe. */
  function groundWhere(at: State['letter']): Look {
    return state.letter === at && safety
      ? { ...grounds[safety], strokeWidth: 2 }
      : { fill: 'soft', stroke: 'line', strokeWidth: 1.25 };
  }

  function server(line: Line): Item[] {
    const box = layout.servers[line];
    const stroke = serverPaints[line];
    const middle = box.x + box.width / 2;
    const size = isNarrow ? 0.85 : 1.15;
    const top = box.y + (isNarrow ? 5 : 6);
    const nameAt = top + size * 24 + text * 0.95;
    const room = box.width - 4;
    const title = line === 'mail' ? state.host : say(`stage.${line}`);
    return [
      rect(box, { radius: 8, fill: 'raised', stroke, strokeWidth: 1.75 }),
      path(serverPaths[line], {
        x: middle - 12 * size,
        y: top,
        scale: size,
        stroke,
        strokeWidth: 1.6,
      }),
      label(fit(title, room, text, true), middle, nameAt, text, { ...named, fill: stroke }),
      label(fit(word(`stage.${line}.what`), room, small), middle, nameAt + small * 1.22, small, {
        anchor: 'middle',
        fill: 'ink-soft',
      }),
    ];
  }

  function sender(): Item[] {
    const { sender: cabinet, rules, memory, queue } = layout;
    const pad = isNarrow ? 6 : 10;
    const soft = { fill: 'ink-soft' } as const;
    const inside = (box: Box) => box.width - 2 * pad;
    const head = (box: Box, words: string) =>
      label(
        fit(words, inside(box), small),
        box.x + pad,
        box.y + small * 1.15 + (isNarrow ? 0 : 2),
        small,
        soft,
      );
    const waiting = state.pile + 1;
    return [
      rect(cabinet, { radius: 8, fill: 'raised', stroke: 'cast-sender', strokeWidth: 1.75 }),
      label(
        word('stage.sender'),
        cabinet.x + cabinet.width / 2,
        cabinet.y + text * (isNarrow ? 1.12 : 1.25),
        text,
        { ...named, fill: 'cast-sender' },
      ),
      rect(rules, {
        radius: 4,
        ...(state.rules?.isBad
          ? { fill: 'ground-unsafe', stroke: 'cast-attacker', strokeWidth: 1.25 }
          : { fill: state.rules ? 'accent-soft' : 'soft' }),
      }),
      head(rules, word('stage.rules')),
      ...facts(),
      rect(memory, { radius: 5, fill: 'soft', stroke: 'line', strokeWidth: 1.25 }),
      head(memory, say('stage.memory')),
      path(
        `M${memory.x + memory.width - pad - (isNarrow ? 18 : 30)} ${memory.y + small * 0.8 + (isNarrow ? 0 : 2)}h${isNarrow ? 18 : 30}`,
        {
          stroke: 'cast-memory',
          strokeWidth: 4,
        },
      ),
      ...remembered(),
      rect(queue, { radius: 6, ...groundWhere('home') }),
      label(
        fit(
          state.returned > 0
            ? word('stage.queue.returned', { waiting, returned: state.returned })
            : state.pile > 0
              ? word('stage.queue.pile', { waiting })
              : say('stage.queue'),
          inside(queue),
          small,
        ),
        queue.x + pad,
        queue.y + queue.height - (isNarrow ? 8 : 12),
        small,
        soft,
      ),
    ];

    /** The rules for this letter: in two lines where there is room for them. */
    function facts(): Item[] {
      const known = state.rules;
      const words = known ? textOf(known.text, say) : say('stage.rules.none');
      const fill = known?.isBad ? 'cast-attacker' : 'ink';
      // Too long for a line: in two, and where the box is low smaller.
      const isLong = known !== undefined && widthOf(words, text, true) > inside(rules);
      const size = isLong && !isNarrow ? small : text;
      const rows = isLong ? lines(words, inside(rules), size, true) : [words];
      const first = rules.y + small * (isNarrow ? 2.4 : isLong ? 2.45 : 2.8);
      return rows.map((row, index) =>
        label(row, rules.x + pad, first + index * size * 1.15, size, {
          ...(known ? { isStrong: true, fill } : soft),
        }),
      );
    }

    function remembered(): Item[] {
      if (!state.memory) {
        const rows = state.neverRemembers
          ? [say('stage.memory.never'), say('stage.memory.asks')]
          : [say('stage.memory.empty')];
        return rows.map((row, index) =>
          label(
            fit(row, inside(memory), small),
            memory.x + pad,
            memory.y + small * 1.2 + (index + 1.35) * small * 1.25 + (isNarrow ? 0 : 4),
            small,
            soft,
          ),
        );
      }
      const { isForged, text: fact, until } = state.memory;
      const card = {
        x: memory.x + 6,
        y: memory.y + small * 1.75,
        width: memory.width - 12,
        height: memory.height - small * 1.75 - 6,
      };
      const rows = until
        ? [textOf(fact, say), textOf(until, say)]
        : lines(textOf(fact, say), card.width - 14, small, true);
      const leading = small * 1.22;
      const middle = card.y + card.height / 2;
      const ink = isForged ? 'cast-attacker' : 'ink';
      const written = rows.flatMap((row, index): Item[] => {
        const shown = fit(row, card.width - 14, small, true);
        const y = base(middle + (index - (rows.length - 1) / 2) * leading, small);
        const x = card.x + 7;
        const width = widthOf(shown, small, true) + 6;
        const under = { x: x - 3, y: y - small * 0.95, width, height: leading };
        return [
          ...(isForged ? [rect(under, { radius: 2, fill: 'ground-unsafe' })] : []),
          label(shown, x, y, small, { isStrong: true, fill: ink }),
        ];
      });
      const paper = isForged
        ? forged(card, 3, isNarrow ? 7 : 10)
        : [rect(card, { radius: 3, ...memoryLook })];
      return [group({ key: 'card', x: 0, y: 0 }, [...paper, ...written])];
    }
  }

  function thought(): Item[] {
    const { x, y, width, height: tall } = layout.thought;
    const middle = x + width / 2;
    const isWrong = state.isMistaken;
    const look = {
      fill: 'raised',
      stroke: isWrong ? 'cast-attacker' : 'line-strong',
      strokeWidth: isWrong ? 2.25 : 1.5,
    } as const;
    const size = isNarrow ? 14 : 20;
    const words = fit(textOf(state.thought, say), width - (isNarrow ? 12 : 30), size, true);
    const at = y + (isNarrow ? (isWrong ? 29 : 34) : isWrong ? 46 : 54);
    return [
      rect({ x, y, width, height: tall }, { radius: isNarrow ? 22 : 30, ...look }),
      circle(x + width * 0.3, y + tall + (isNarrow ? 4 : 8), isNarrow ? 2.5 : 4.5, {
        ...look,
        strokeWidth: 1.5,
      }),
      label(say('stage.thinks'), middle, y + (isNarrow ? 14 : 24), small, { anchor: 'middle' }),
      label(words, middle, at, size, { ...named, ...(isWrong && { isStruck: true }) }),
      ...(isWrong
        ? [
            label(say('stage.wrong'), middle, y + (isNarrow ? 45 : 70), isNarrow ? small : 17, {
              ...named,
              fill: 'cast-attacker',
            }),
          ]
        : []),
    ];
  }

  function nameOfAttacker(): Item[] {
    const x = figure.x + 60 * figure.scale;
    const y = figure.top + (isNarrow ? 16 : 44);
    const fill = 'cast-attacker';
    return [
      label(say('stage.attacker'), x, y, text, { isStrong: true, fill }),
      // Where there is no room on the line, what it does stands beside its name.
      ...(state.attacker === 'gone' || (isNarrow && act)
        ? [
            label(say(act ? `stage.act.${act.id}` : 'stage.gone'), x, y + small * 1.25, small, {
              fill,
            }),
          ]
        : []),
    ];
  }

  /** The question of this step with its answer, and what the attacker does to it. */
  function answers(): Item[] {
    const made: Item[] = [];
    let last: Chip | undefined;
    const at = question ?? act;
    const y = at ? height[at.line] - (question?.line === 'mail' ? layout.mailUp : 0) : 0;
    if (question) {
      const far = (key: string, words: Text, kind: ChipKind) =>
        chip(layout, key, words, layout.far, y, kind, say);
      const near = (words: Text, kind: ChipKind) =>
        chip(layout, 'answer', words, layout.near, y + layout.rowDown, kind, say);
      const isSpoilt = question.forged !== undefined || question.isBlocked;
      if (isSpoilt) {
        made.push(far('ask', question.ask, 'passing'), far('true', question.answer, 'struck'));
        last = question.forged
          ? near(question.forged, 'forged')
          : near(say('stage.no-answer'), 'nothing');
      } else {
        made.push(far('ask', question.ask, 'asked'));
        last = near(question.answer, question.kind ?? 'answer');
      }
      made.push(last);
      if (question.isSigned && !isSpoilt) made.push(signedMark(last, isNarrow));
    }
    if (!act || state.attacker !== 'present') return made;
    // Where it holds the letter, its hands say so.
    const isHolding = state.letter === 'cloak' && !question;
    const place =
      isNarrow && last
        ? { x: last.x - last.width / 2, y: last.y - last.height / 2, scale: 0.52 }
        : { x: figure.x, y, scale: isNarrow ? 0.72 : 1 };
    if (!isHolding) made.push(badge(act.id, { key: 'act', ...place }));
    if (!isNarrow) {
      const words = say(`stage.act.${act.id}`);
      const width = widthOf(words, small, true) + 18;
      const top = y + (isHolding ? 40 : 24);
      const look = { fill: 'raised', stroke: 'cast-attacker', strokeWidth: 1.25 } as const;
      made.push(
        group({ key: 'act-word', x: figure.x, y: top }, [
          rect(
            { x: -width / 2, y: 0, width, height: small * 1.5 },
            { radius: small * 0.75, ...look },
          ),
          label(words, 0, base(small * 0.75, small), small, { ...named, fill: 'cast-attacker' }),
        ]),
      );
    }
    return made;
  }

  function letters(): Item[] {
    const made: Item[] = [];
    const { home } = layout;
    // More letters than fit on each other are told by their number.
    for (let behind = Math.min(state.pile, 3); behind > 0; behind--)
      made.push(
        group(
          {
            x: home.x + (isNarrow ? 2 : 4) * behind,
            y: home.y - (isNarrow ? 8 : 10) * behind,
            scale,
          },
          letter('closed'),
        ),
      );
    if (state.verdict === 'stuck') {
      const x = fromX + (isNarrow ? 8 : 20);
      const reach = isNarrow ? 28 : 38;
      const bar = {
        x: x - (isNarrow ? 4 : 6),
        y: height.mail - reach,
        width: isNarrow ? 8 : 12,
        height: 2 * reach,
      };
      made.push(
        group({ key: 'barrier', x: 0, y: 0 }, forged(bar, 2, 6)),
        // Over lines: on a ground of their own.
        ...[word('stage.barrier.1'), word('stage.barrier.2')].flatMap((words, index) => {
          const left = x + (isNarrow ? 10 : 16);
          const y = height.mail + (isNarrow ? 26 : 32) + index * small * 1.3;
          const width = widthOf(words, small, true) + 8;
          const ground = { x: left - 4, y: y - small * 0.95, width, height: small * 1.3 };
          const look = { isStrong: true, anchor: 'start', fill: 'cast-attacker' } as const;
          return [rect(ground, { radius: 3, fill: 'raised' }), label(words, left, y, small, look)];
        }),
      );
    }
    const place = letterPlace(state, name);
    const signY = state.form === 'open' ? -30 : -22;
    made.push(
      group({ key: 'letter', ...place, scale }, [
        ...letter(state.form),
        ...(state.letter === 'cloak' ? hands : []),
        ...(state.verdict
          ? [signAt(state.verdict, 32, signY, isNarrow ? 1.55 : 1.35, 'sign')]
          : []),
      ]),
    );
    if (state.to && state.letter === 'home') {
      const room = layout.queue.width - 8;
      const words = say('stage.to', { host: state.to.name });
      // As on an envelope: the name alone, where there is no room for more.
      const shown =
        widthOf(words, small, true) > room ? fit(state.to.name, room, small, true) : words;
      const fill = state.to.isAttacker ? 'cast-attacker' : 'ink-soft';
      made.push(label(shown, home.x, home.y + 22 * scale + small * 1.1, small, { ...named, fill }));
    }
    return made;
  }
}

/** Where the letter is at rest, in a state. */
export function letterPlace(
  { letter: at, form }: Pick<State, 'letter' | 'form'>,
  name: LayoutName,
): { readonly x: number; readonly y: number } {
  const layout = layouts[name];
  const lower = form === 'open' ? 7 * layout.scale : 0;
  if (at === 'cloak')
    return { x: layout.attacker.x, y: layout.lines.mail + (name === 'narrow' ? 6 : 8) };
  const { x, y } = layout[at];
  return { x, y: y + lower };
}
