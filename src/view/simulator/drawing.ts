/** One delivery as a figure that stands alone: the cast's lanes, each step's sentence and its messages. */
import type { Say } from '../messages/say.ts';
import {
  ink,
  paragraph,
  wrap,
  type Drawing,
  type Letters,
  type Shape,
} from '../drawing/drawing.ts';
import { cast, castIcons, type CastMember } from '../trace/cast.ts';
import { lanesOf, type Row } from '../trace/row.ts';
import { sentenceOf } from '../trace/sentence.ts';
import { endsWith, laneAt, placeRow, type SequenceMessage } from '../trace/sequence.ts';
import { gapOf } from '../verdict.ts';
import type { Simulation } from './simulation.ts';

/** The cast's own colours, as the site's light theme has them. */
const castInk: Readonly<Record<CastMember, string>> = {
  sender: '#14508c',
  dns: '#6a3d94',
  'policy-host': '#0a6470',
  receiver: '#0b6648',
  attacker: ink.alarm,
  memory: '#855300',
};

const width = 820;
const headHeight = 62;
const labelSize = 12.5;
const labelLeading = labelSize * 1.3;

const kindInk: Readonly<Record<SequenceMessage['kind'], string>> = {
  asked: ink.ink,
  answered: ink.ink,
  struck: ink.soft,
  forged: ink.alarm,
  remembered: castInk.memory,
};

export function simulatorDrawing(
  { rows, outcome }: Pick<Simulation, 'rows' | 'outcome'>,
  title: string,
  say: Say,
  letters: Letters,
): Drawing {
  const lanes = lanesOf(rows, cast);
  const at = (lane: number) => (laneAt(lane, lanes.length) / 100) * width;
  const over: Shape[] = [];
  let y = headHeight;
  for (const row of rows) {
    const step = placeStep(row, y);
    over.push(...step.shapes);
    y = step.end;
  }
  const end = placeEnd(y);
  return {
    width,
    height: end.end,
    title,
    description: [
      ...rows.map((row) => `${row.number}. ${sentenceOf(row, say)}`),
      `${say('outcome.happened')}: ${say(`verdict.${outcome.verdict}`)}.`,
      `${say('outcome.believed')}: ${say(`belief.${outcome.belief}`)}.`,
    ].join(' '),
    shapes: [
      // The lanes first: what is said lies on them.
      ...lanes.map((lane, index): Shape => ({
        kind: 'line',
        x1: at(index),
        x2: at(index),
        y1: headHeight - 8,
        y2: y + 8,
        stroke: castInk[lane],
        width: 1.2,
      })),
      ...lanes.flatMap((lane, index): Shape[] => [
        {
          kind: 'mark',
          d: castIcons[lane],
          x: at(index) - 13,
          y: 2,
          scale: 26 / 24,
          stroke: castInk[lane],
          width: 1.7,
        },
        {
          kind: 'text',
          x: at(index),
          y: 46,
          text: say(`cast.${lane}`),
          size: 13.5,
          weight: 700,
          anchor: 'middle',
          fill: castInk[lane],
        },
      ]),
      ...over,
      ...end.shapes,
    ],
  };

  function placeStep(row: Row, top: number): { shapes: Shape[]; end: number } {
    const text = paragraph(
      sentenceOf(row, say),
      { x: 34, y: top + 5, width: width - 44, size: 14 },
      letters,
    );
    const shapes: Shape[] = [
      {
        kind: 'rect',
        x: 0,
        y: top,
        width,
        height: text.end - top + 4,
        fill: ink.ground,
        radius: 3,
      },
      { kind: 'text', x: 8, y: top + 19, text: `${row.number}.`, size: 14, weight: 700 },
      ...text.shapes,
    ];
    const { messages, decidedAt } = placeRow(row, lanes);
    let below = text.end + 8;
    if (decidedAt !== undefined) {
      const fill = castInk.sender;
      shapes.push({ kind: 'circle', x: at(decidedAt), y: below + 6, radius: 4.5, fill });
      below += 14;
    }
    for (const message of messages) {
      const placed = placeMessage(message, below);
      shapes.push(...placed.shapes);
      below = placed.end;
    }
    return { shapes, end: below + 6 };
  }

  function placeMessage(message: SequenceMessage, top: number): { shapes: Shape[]; end: number } {
    const column = width / (2 * lanes.length);
    const [left, right] = [(message.labelStart - 1) * column, (message.labelEnd - 1) * column];
    const weight = message.kind === 'forged' ? 700 : 400;
    const marked = message.mark
      ? `${message.label} (${say(`exchange.mark.${message.mark}`)})`
      : message.label;
    const lines = wrap(marked, right - left - 12, labelSize, letters, weight);
    const fill = message.mark && message.mark !== 'silent' ? ink.alarm : kindInk[message.kind];
    const shapes = lines.flatMap((text, index): Shape[] => {
      const long = letters.widthOf(text, labelSize, weight);
      const base = top + labelSize + index * labelLeading;
      const x = (left + right) / 2;
      return [
        {
          kind: 'rect',
          x: x - long / 2 - 3,
          y: base - labelSize,
          width: long + 6,
          height: labelLeading,
          fill: ink.paper,
        },
        { kind: 'text', x, y: base, text, size: labelSize, weight, anchor: 'middle', fill },
        ...(message.kind === 'struck'
          ? ([
              {
                kind: 'line',
                x1: x - long / 2,
                x2: x + long / 2,
                y1: base - 4,
                y2: base - 4,
                stroke: ink.soft,
              },
            ] as const)
          : []),
      ];
    });
    return {
      shapes: [...shapes, ...arrow(message, top + lines.length * labelLeading + 8)],
      end: top + lines.length * labelLeading + 18,
    };
  }

  function arrow(message: SequenceMessage, y: number): Shape[] {
    const [from, to] = [at(message.from), at(message.to)];
    const stroke = kindInk[message.kind];
    const stops = message.kind === 'struck' || message.mark === 'blocked';
    const isDashed = message.kind === 'answered' || message.kind === 'struck';
    const sign = to > from ? -1 : 1;
    return [
      // Inside TLS two lines: only the ends can read it.
      ...(message.sealed ? [-1.8, 1.8] : [0]).map((shift): Shape => ({
        kind: 'line',
        x1: from,
        x2: to,
        y1: y + shift,
        y2: y + shift,
        stroke,
        width: message.kind === 'forged' ? 2.4 : 1.6,
        ...(isDashed ? { dash: '6 3' } : {}),
      })),
      stops
        ? {
            kind: 'mark',
            d: 'M-5-5 5 5M5-5-5 5',
            x: to,
            y,
            scale: 1,
            stroke: ink.alarm,
            width: 2.5,
          }
        : {
            kind: 'mark',
            d: `M0 0L${10 * sign} -5V5z`,
            x: to,
            y,
            scale: 1,
            fill: stroke,
          },
      ...(message.markLane === undefined
        ? []
        : ([
            {
              kind: 'mark',
              d: 'M-9 0C-5-6 5-6 9 0 5 6-5 6-9 0z',
              x: at(message.markLane),
              y,
              scale: 1,
              fill: ink.paper,
              stroke: ink.alarm,
              width: 2,
            },
            { kind: 'circle', x: at(message.markLane), y, radius: 2.6, fill: ink.alarm },
          ] as const)),
    ];
  }

  function placeEnd(top: number): { shapes: Shape[]; end: number } {
    const lane = Math.max(0, lanes.indexOf(endsWith(outcome)));
    const gap = gapOf(outcome);
    const shapes: Shape[] = [
      { kind: 'verdict', verdict: outcome.verdict, x: at(lane), y: top + 24, scale: 1.3 },
    ];
    let below = top + 44;
    const parts = [
      [say('outcome.happened'), say(`verdict.${outcome.verdict}`)],
      [say('outcome.believed'), say(`belief.${outcome.belief}`)],
    ] as const;
    for (const [name, value] of parts) {
      const label = `${name}:`;
      const long = letters.widthOf(label, 14, 400);
      shapes.push(
        { kind: 'text', x: 8, y: below + 14, text: label, size: 14, fill: ink.soft },
        { kind: 'text', x: 8 + long + 6, y: below + 14, text: value, size: 14, weight: 700 },
      );
      below += 21;
    }
    if (gap === 'false-security') {
      const warning = paragraph(
        `${say('gap.false-security.name')} ${say('gap.false-security')}`,
        { x: 8, y: below, width: width - 16, size: 14, weight: 700, fill: ink.alarm },
        letters,
      );
      shapes.push(...warning.shapes);
      below = warning.end;
    }
    return { shapes, end: below + 4 };
  }
}
