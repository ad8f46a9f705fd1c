/** The conclusion of a check as a figure that stands alone: one sentence, a card a protection, its date. */
import { sayLine, type Tone } from '../messages/line.ts';
import type { ReportView } from './report-view.ts';
import type { Say } from '../messages/say.ts';
import { ink, paragraph, type Drawing, type Letters, type Shape } from '../drawing/drawing.ts';
import type { Paint } from '../stage/paints.ts';

/** As the cards have them. */
const toneInk: Readonly<Record<Tone, Paint>> = {
  good: 'verdict-delivered-proven',
  attention: 'verdict-delivered-readable',
  bad: ink.alarm,
  open: ink.strong,
};

const width = 760;
const gap = 14;

const capitalised = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** `when` says how these answers were come by, and when. */
export function lookupDrawing(view: ReportView, when: string, say: Say, letters: Letters): Drawing {
  const shapes: Shape[] = [];
  const sentence = paragraph(
    say(view.sentence.key, view.sentence.args),
    { x: 18, y: 6, width: width - 18, size: 17, weight: 700 },
    letters,
  );
  shapes.push(
    { kind: 'rect', x: 0, y: 2, width: 6, height: sentence.end + 4, fill: toneInk[view.tone] },
    ...sentence.shapes,
  );
  const dated = paragraph(
    when,
    { x: 18, y: sentence.end + 4, width: width - 18, size: 13, fill: ink.soft },
    letters,
  );
  shapes.push(...dated.shapes);

  const top = dated.end + 16;
  const cardWidth = (width - gap * (view.cards.length - 1)) / view.cards.length;
  const words = view.cards.map((card) => ({
    card,
    name: say(`lookup.card.${card.id}`),
    tone: capitalised(say(card.toneWord ?? `lookup.tone.${card.tone}`)),
    verdict: say(card.verdict.key, card.verdict.args),
    why: card.why.map((line) =>
      line.why ? `${line.args?.['host']}: ${say(line.why, line.args)}` : sayLine(say, line),
    ),
  }));
  const placed = words.map(({ card, name, tone, verdict, why }, index) => {
    const x = index * (cardWidth + gap) + 12;
    const inner = cardWidth - 24;
    const parts: Shape[] = [];
    let y = top + 16;
    const write = (text: string, size: number, weight: 400 | 700, fill: Paint = ink.ink) => {
      const lines = paragraph(text, { x, y, width: inner, size, weight, fill }, letters);
      parts.push(...lines.shapes);
      y = lines.end + 6;
    };
    write(name, 15, 700);
    write(tone, 13, 700, toneInk[card.tone]);
    write(verdict, 13.5, 400);
    for (const line of why) write(`– ${line}`, 12.5, 400, ink.soft);
    return { card, x: x - 12, parts, end: y + 6 };
  });
  const bottom = Math.max(...placed.map(({ end }) => end));
  for (const { card, x, parts } of placed)
    shapes.push(
      {
        kind: 'rect',
        x: x + 0.5,
        y: top + 0.5,
        width: cardWidth - 1,
        height: bottom - top,
        fill: ink.paper,
        stroke: ink.line,
        radius: 5,
      },
      { kind: 'rect', x, y: top, width: cardWidth, height: 5, fill: toneInk[card.tone] },
      ...parts,
    );
  return {
    width,
    height: bottom + 4,
    title: say('lookup.outcome', { domain: view.domain }),
    description: [
      say(view.sentence.key, view.sentence.args),
      when,
      ...words.map(
        ({ name, tone, verdict, why }) =>
          `${[name, tone].join(': ')}. ${[verdict, ...why].join(' ')}`,
      ),
    ].join(' '),
    shapes,
  };
}
