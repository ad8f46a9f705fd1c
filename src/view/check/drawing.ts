/** The conclusion of a check as a figure that stands alone: one sentence, a card a protection, its date. */
import { sayLine, type Tone } from '../messages/line.ts';
import type { ReportView } from './report-view.ts';
import type { Say } from '../messages/say.ts';
import { paragraph, type Drawing, type Letters } from '../drawing/drawing.ts';
import type { Item } from '../drawing/items.ts';
import type { Paint } from '../drawing/paints.ts';

/** As the cards have them. */
const toneInk: Readonly<Record<Tone, Paint>> = {
  good: 'verdict-delivered-proven',
  attention: 'verdict-delivered-readable',
  bad: 'verdict-delivered-to-attacker',
  open: 'line-strong',
};

const width = 760;
const gap = 14;

const capitalised = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** `when` says how these answers were come by, and when. */
export function lookupDrawing(view: ReportView, when: string, say: Say, letters: Letters): Drawing {
  const shapes: Item[] = [];
  const sentence = paragraph(
    say(view.sentence.key, view.sentence.args),
    { x: 18, y: 6, width: width - 18, size: 17, isStrong: true },
    letters,
  );
  shapes.push(
    { kind: 'rect', x: 0, y: 2, width: 6, height: sentence.end + 4, fill: toneInk[view.tone] },
    ...sentence.items,
  );
  const dated = paragraph(
    when,
    { x: 18, y: sentence.end + 4, width: width - 18, size: 13, fill: 'ink-soft' },
    letters,
  );
  shapes.push(...dated.items);

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
    const parts: Item[] = [];
    let y = top + 16;
    const write = (text: string, size: number, isStrong: boolean, fill: Paint = 'ink') => {
      const lines = paragraph(text, { x, y, width: inner, size, isStrong, fill }, letters);
      parts.push(...lines.items);
      y = lines.end + 6;
    };
    write(name, 15, true);
    write(tone, 13, true, toneInk[card.tone]);
    write(verdict, 13.5, false);
    for (const line of why) write(`– ${line}`, 12.5, false, 'ink-soft');
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
        fill: 'paper',
        stroke: 'line',
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
    items: shapes,
  };
}
