/** What the evaluation of accessibility says was looked at by a machine, the machine can look at. */
import axe from 'axe-core';
import { expect, test } from 'vitest';
import { contentOfBuild } from '../../src/site/content.ts';
import { accessibilitySchema } from '../../src/site/schemas/accessibility.ts';

const { criteria } = contentOfBuild('accessibility.yaml', accessibilitySchema);
const rows = Object.entries(criteria);

/** Success criteria that some rule of axe belongs to; a tag writes 2.4.11 as wcag2411. */
const ofAxe = new Set(
  axe
    .getRules()
    .flatMap(({ tags }) => tags)
    .flatMap((tag) => {
      const [, one, two, three] = /^wcag(\d)(\d)(\d{1,2})$/.exec(tag) ?? [];
      return one === undefined ? [] : [`${one}.${two}.${three}`];
    }),
);

test('it has the 31 criteria of level A and the 24 of AA of WCAG 2.2', () => {
  expect(rows.filter(([, { level }]) => level === 'A')).toHaveLength(31);
  expect(rows.filter(([, { level }]) => level === 'AA')).toHaveLength(24);
});

test('axe is named only where it has a rule', () => {
  const named = rows.filter(([, { by }]) => by?.includes('axe'));
  expect(named.length).toBeGreaterThan(15);
  expect(named.map(([id]) => id).filter((id) => !ofAxe.has(id))).toEqual([]);
});

test('nothing is called passed that a person has to judge', () => {
  expect(rows.filter(([, { outcome }]) => outcome === 'passed').map(([id]) => id)).toEqual([
    '3.1.1',
  ]);
});
