/** The flags of the timeline: none is cut off, none lies over another or over a pole. */
import { expect, test } from 'vitest';
import { factsOfBuild } from '../../src/site/facts/facts.ts';
import { placeTimeline } from '../../src/site/facts/timeline-place.ts';

test.each(['nl', 'en'] as const)('flags in %s can all be read', (lang) => {
  const { dots, width } = placeTimeline(factsOfBuild().timeline, lang);
  const flown = dots.flatMap(({ event, x, y, flag }) =>
    flag ? [{ event, x, dotY: y, flag }] : [],
  );
  expect(flown.length).toBeGreaterThan(30);
  expect(flown.filter(({ flag }) => flag.to > width).map(({ flag }) => flag.text)).toEqual([]);
  const over = flown.flatMap(({ event, x, flag }) =>
    flown
      .filter(
        (other) =>
          other.event.id !== event.id &&
          other.event.theme === event.theme &&
          other.x > x &&
          other.x < flag.to &&
          other.flag.y <= flag.y,
      )
      .map((other) => `${flag.text} × ${other.flag.text}`),
  );
  expect(over).toEqual([]);
});
