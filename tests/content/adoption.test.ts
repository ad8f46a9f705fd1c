/** The figures of counted use: shares that follow from their counts, and a picture that shows both. */
import { describe, expect, it } from 'vitest';
import { adoptionPanels, labelsOf } from '../../src/site/facts/adoption-scale.ts';
import { adoptionDrawing } from '../../src/site/figures/adoption-drawing.ts';
import { langs } from '../../src/view/messages/lang.ts';
import { sayWith } from '../../src/view/messages/say.ts';
import { allWords } from '../../src/site/messages.ts';
import { facts } from './facts.ts';

const frame = { left: 92, right: 532, top: 16 };
const dane = facts.adoption.find(({ id }) => id === 'dane-domains');

describe('the counts of DANE', () => {
  const figures = dane?.figures ?? [];

  it('each stand beside their share of the signed domains', () => {
    expect(figures.length).toBeGreaterThan(5);
    expect(figures.filter(({ share }) => share === undefined)).toEqual([]);
  });

  it.each(
    figures.flatMap(({ date, value, outOf, share = 0 }) =>
      outOf === undefined ? [] : [{ date, value, outOf, share }],
    ),
  )('of $date have the share that follows from them', ({ value, outOf, share }) => {
    // The survey does not round its shares: it cuts them off after two decimals.
    expect(Math.abs((100 * value) / outOf - share)).toBeLessThan(0.01);
  });
});

describe('the picture of a series', () => {
  it('has a panel for shares if the series has them, and one panel otherwise', () => {
    const kinds = facts.adoption.map((series) => [
      series.id,
      adoptionPanels(series, frame, 'nl').panels.map(({ kind }) => kind),
    ]);
    expect(Object.fromEntries(kinds)).toMatchObject({
      'dane-domains': ['series', 'share'],
      'nl-signed': ['series'],
    });
  });

  it('draws a percentage against the whole', () => {
    const series = facts.adoption.filter(({ unit }) => unit === 'percent');
    expect(series.length).toBeGreaterThan(0);
    for (const { panels } of series.map((one) => adoptionPanels(one, frame, 'en')))
      expect(panels.map(({ y }) => y.domain())).toEqual([[0, 100]]);
  });

  it.each(langs)('writes shares apart from each other and clear of the axis (%s)', (lang) => {
    const panel = dane && adoptionPanels(dane, frame, lang).panels.at(-1);
    if (!panel) throw new Error('no panel of shares');
    const labels = labelsOf(panel);
    expect(labels.at(-1)?.text).toBe(panel.say(panel.points.at(-1)?.value ?? 0));
    for (const [index, { x, y }] of labels.entries()) {
      expect(y).toBeLessThan(panel.bottom - 4);
      expect(x - (labels[index - 1]?.x ?? -Infinity)).toBeGreaterThanOrEqual(88);
    }
  });

  it.each(langs)('as a file says the shares too, drawn and in words (%s)', (lang) => {
    if (!dane) throw new Error('no series dane-domains');
    const { title, description, items } = adoptionDrawing(
      dane,
      lang,
      sayWith(allWords[lang], lang),
    );
    expect(title).toBe(dane.title[lang]);
    const panel = adoptionPanels(dane, frame, lang).panels.at(-1);
    const share = panel?.say(dane.figures.at(-1)?.share ?? 0);
    expect(description).toContain(share);
    expect(items).toContainEqual(expect.objectContaining({ kind: 'text', text: share }));
  });
});
