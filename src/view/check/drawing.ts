/** The conclusion of a check as a figure that stands alone: one sentence, a card a protection, its date. */
import { sayLine, type Tone } from '../messages/line.ts';
import type { ReportView } from './report-view.ts';
import type { Say } from '../messages/say.ts';
import { paragraph, stacked, type Drawing, type Letters } from '../drawing/drawing.ts';
import { rect, type Item } from '../drawing/items.ts';
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
  const told = sayLine(say, view.sentence);
  const sentence = paragraph(
    told,
    { x: 18, y: 6, width: width - 18, size: 17, isStrong: true },
    letters,
  );
  const dated = paragraph(
    when,
    { x: 18, y: sentence.end + 4, width: width - 18, size: 13, fill: 'ink-soft' },
    letters,
  );
  const top = dated.end + 16;
  const cardWidth = (width - gap * (view.cards.length - 1)) / view.cards.length;
  const words = view.cards.map((card) => ({
    card,
    name: say(`lookup.card.${card.id}`),
    tone: capitalised(say(card.toneWord ?? `lookup.tone.${card.tone}`)),
    verdict: sayLine(say, card.verdict),
    why: card.why.map((line) =>
      line.why ? `${line.args?.['host']}: ${say(line.why, line.args)}` : sayLine(say, line),
    ),
  }));
  const placed = words.map(({ card, name, tone, verdict, why }, index) => {
    const x = index * (cardWidth + gap);
    const written = stacked(
      [
        { text: name, size: 15, isStrong: true },
        { text: tone, size: 13, isStrong: true, fill: toneInk[card.tone] },
        { text: verdict, size: 13.5 },
        ...why.map((line) => ({ text: `– ${line}`, size: 12.5, fill: 'ink-soft' }) as const),
      ],
      { x: x + 12, y: top + 16, width: cardWidth - 24, gap: 6 },
      letters,
    );
    return { card, x, ...written };
  });
  const bottom = Math.max(...placed.map(({ end }) => end)) + 6;
  const cards = placed.flatMap(({ card, x, items }): readonly Item[] => [
    rect(
      { x: x + 0.5, y: top + 0.5, width: cardWidth - 1, height: bottom - top },
      { fill: 'paper', stroke: 'line', radius: 5 },
    ),
    rect({ x, y: top, width: cardWidth, height: 5 }, { fill: toneInk[card.tone] }),
    ...items,
  ]);
  return {
    width,
    height: bottom + 4,
    title: say('lookup.outcome', { domain: view.domain }),
    description: [
      told,
      when,
      ...words.map(
        ({ name, tone, verdict, why }) =>
          `${[name, tone].join(': ')}. ${[verdict, ...why].join(' ')}`,
      ),
    ].join(' '),
    items: [
      rect({ x: 0, y: 2, width: 6, height: sentence.end + 4 }, { fill: toneInk[view.tone] }),
      ...sentence.items,
      ...dated.items,
      ...cards,
    ],
  };
}
