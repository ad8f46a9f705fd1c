import { describe, expect, test } from 'vitest';
import { format, sayWith } from '../../../src/view/messages/say.ts';
import { merge } from '../../../src/view/messages/merge.ts';

const days = '{n, plural, =0 {geen dagen} one {# dag} other {# dagen}}';

describe('format', () => {
  test.each([
    ['plain text stays as it is', 'Een zin.', {}, 'Een zin.'],
    ['a name is filled in', 'Naar {host}.', { host: 'mx.example' }, 'Naar mx.example.'],
    ['the dot of the root and that of the sentence are one', '{a}. {a}', { a: 'mx.' }, 'mx. mx.'],
    ['a name can stand twice', '{a}{a}', { a: 'x' }, 'xx'],
    ['a number gets Dutch thousands', '{n} keer', { n: 12345.5 }, '12.345,5 keer'],
    ['plural: exact zero', days, { n: 0 }, 'geen dagen'],
    ['plural: one', days, { n: 1 }, '1 dag'],
    ['plural: many', days, { n: 1200 }, '1.200 dagen'],
    ['select picks its word', '{k, select, a {A} other {B}}', { k: 'a' }, 'A'],
    ['select falls back to other', '{k, select, a {A} other {B}}', { k: 'zz' }, 'B'],
    ['arguments inside a choice', '{k, select, other {{x}!}}', { k: 1, x: 'ja' }, 'ja!'],
    ['a doubled apostrophe is one', "foto''s", {}, "foto's"],
    ['a lone apostrophe stays', "'s avonds", {}, "'s avonds"],
    ['a quoted brace is literal', "'{'host'}'", {}, '{host}'],
    ['markup in an argument stays text', '{x}', { x: '<b>{y}</b>' }, '<b>{y}</b>'],
  ])('%s', (_why, message, args, shown) => {
    expect(format(message, args as Record<string, string | number>, 'nl')).toBe(shown);
  });

  test.each([
    ['an argument that is missing', 'Naar {host}.', {}],
    ['a placeholder without end', 'Naar {host', { host: 'x' }],
    ['a plural without other', '{n, plural, one {x}}', { n: 2 }],
    ['a closing brace too many', 'a } b', {}],
  ])('%s is our own mistake and throws', (_why, message, args) => {
    expect(() => format(message, args as Record<string, string>, 'nl')).toThrow();
  });

  test('English numbers are written the English way', () => {
    expect(format('{n}', { n: 12345.5 }, 'en')).toBe('12,345.5');
  });
});

describe('merge', () => {
  test('joins the files of the rooms by language', () => {
    expect(
      merge({ 'a.nl.json': { x: 'X' }, 'nl.json': { y: 'Y' }, 'a.en.json': { x: 'Z' } }),
    ).toEqual({
      nl: { x: 'X', y: 'Y' },
      en: { x: 'Z' },
    });
  });
  test('refuses a key that two rooms claim', () => {
    expect(() => merge({ 'a.nl.json': { x: '1' }, 'b.nl.json': { x: '2' } })).toThrow(/already/);
  });
  test('refuses a file whose name has no language', () => {
    expect(() => merge({ 'a.json': {} })).toThrow(/does not end/);
  });
});

test('a word that a widget was not given shows as its key, and the page lives', () => {
  const words = { 'lookup.chain.key': 'Hallo {tag}' };
  expect(sayWith(words, 'nl')('lookup.chain.key', { tag: 1 })).toBe('Hallo 1');
  expect(sayWith({}, 'nl')('lookup.chain.key')).toBe('lookup.chain.key');
});

test('a key that no file has does not compile, also one that is put together', () => {
  const say = sayWith({}, 'nl');
  const standing = 'no-such-standing' as 'found' | 'no-such-standing';
  // @ts-expect-error: no file of messages has this key
  expect(say('no.such.key')).toBe('no.such.key');
  // @ts-expect-error: one of the two has no message
  expect(say(`lookup.mta-sts.${standing}`)).toBe('lookup.mta-sts.no-such-standing');
  expect(say(`lookup.mta-sts.${'found' as 'found' | 'absent'}`)).toBe('lookup.mta-sts.found');
});
