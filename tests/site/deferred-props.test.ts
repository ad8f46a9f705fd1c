import { expect, test } from 'vitest';
import { defer } from '../../src/site/deferred-props.ts';
import { propsOf } from '../../src/widgets/deferred.ts';

const props = { words: { a: '<b> & it’s' }, numbers: [1, 2] };

test('a widget finds the props that its page deferred, under the name of their file', () => {
  expect(defer(props)).toMatch(/^props\.[0-9a-f]{8}\.json$/);
  expect(propsOf(defer(props))).toEqual(props);
});

test('pages with the same props share a file, and others have another', () => {
  expect(defer({ ...props })).toBe(defer(props));
  expect(defer({ ...props, numbers: [1] })).not.toBe(defer(props));
});

test('a widget gets at build what it gets in the browser: what JSON keeps', () => {
  expect(propsOf(defer({ at: new Date(0), not: undefined }))).toEqual({
    at: '1970-01-01T00:00:00.000Z',
  });
});
