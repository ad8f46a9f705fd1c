/**
 * The readings of postfix-mta-sts-resolver 1.1, one thing changed at a time. What is expected is what
 * `content/profiles/postfix-policy-daemon-1.1.yaml` says was observed; here the imitation is held to it.
 */
import { expect, test } from 'vitest';
import {
  looseMatchList,
  loosePolicy,
  looseRecordId,
} from '../../../src/core/mta-sts/loose-reading.ts';

test.each<[readonly string[], string | undefined]>([
  [['v=STSv1; id=a;'], 'a'],
  [['v=STSv1;id=a'], 'a'],
  [['v=STSv1 ; ; id=a'], 'a'],
  [['v=STSv1; id=a; id=b'], 'b'],
  [['v=STSv1; id=a=b'], 'a=b'],
  [['v=STSv1; id'], ''],
  [['v=STSv1; =x; id=a'], 'a'],
  [['v=STSv1; v; id=a'], undefined],
  [['v=STSv1'], undefined],
  [['v=STSv10; id=a'], undefined],
  [[' v=STSv1; id=a'], undefined],
  [['v=spf1 -all', 'v=STSv1; id=a'], 'a'],
  [['v=STSv1; id=a', 'v=STSv1; id=a'], undefined],
  [['v=STSv1; id=\u00e9'], undefined],
  [['v=STSv1; id=\u007f'], '\u007f'],
  [['id=a; v=STSv1'], undefined],
  [[], undefined],
])('records %j: id %s', (records, expected) => {
  expect(looseRecordId(records.map((text) => [text]))).toBe(expected);
});

test('strings of one record are joined', () => {
  expect(looseRecordId([['v=STSv1; ', 'id=a']])).toBe('a');
});

const lines = (...all: readonly string[]) => all.join('\n');
const body = (age: string, ...more: readonly string[]) =>
  lines('version: STSv1', 'mode: enforce', 'mx: a.nl', `max_age: ${age}`, ...more);
const ageOf = (text: string, contentType = 'text/plain') =>
  loosePolicy(text, contentType)?.maxAgeSeconds;

test.each<[string, number | undefined]>([
  ['100', 100],
  ['+100', 100],
  ['-0', -0],
  ['-1', undefined],
  ['0', 0],
  ['1_000', 1000],
  ['1_00_0', 1000],
  ['1__0', undefined],
  ['_1', undefined],
  ['1_', undefined],
  ['1_a', undefined],
  ['a1', undefined],
  ['1a', undefined],
  ['', undefined],
  ['31557600', 31_557_600],
  ['31557601', undefined],
])('an age of "%s" is %s', (age, expected) => {
  expect(ageOf(body(age))).toBe(expected);
});

test.each<[string, string, boolean]>([
  ['no version', lines('mode: enforce', 'mx: a.nl', 'max_age: 1'), false],
  ['another mode', lines('version: STSv1', 'mode: maybe', 'mx: a.nl', 'max_age: 1'), false],
  ['no name', lines('version: STSv1', 'mode: enforce', 'max_age: 1'), false],
  ['no name in testing', lines('version: STSv1', 'mode: testing', 'max_age: 1'), false],
  ['no name where the mode is none', lines('version: STSv1', 'mode: none', 'max_age: 1'), true],
  ['a line without a colon', body('1', 'x'), true],
  ['a field without a colon', body('1', 'mode'), false],
  ['a line that begins with a colon', body('1', ':mode'), true],
  ['blanks behind a line', body('1', 'mode: enforce \t'), true],
  ['a blank before a field', body('1', ' mode: maybe'), true],
  ['the last of a field', body('1', 'mode: maybe'), false],
])('a file with %s is taken: %s', (_, text, expected) => {
  expect(loosePolicy(text, 'text/plain') !== undefined).toBe(expected);
});

test('every kind of line end ends a line, and no letter does', () => {
  for (const end of [
    '\r\n',
    '\n',
    '\r',
    '\v',
    '\f',
    '\x1c',
    '\x1d',
    '\x1e',
    '\x85',
    '\u2028',
    '\u2029',
  ])
    expect(
      loosePolicy(`${body('1')}\nx: y${end}mx: b.nl`, 'text/plain; charset=utf-8')?.mx,
    ).toEqual([...['a.nl', 'b.nl']]);
  expect(loosePolicy(`${body('1')}\nx: yVmx: b.nl`, 'text/plain')?.mx).toEqual(['a.nl']);
});

test.each<[string, boolean, boolean]>([
  ['text/plain', true, false],
  ['text/plain; charset=utf-8', true, true],
  ['text/plain;charset=UTF8', true, true],
  ['text/plain; charset="utf-8"', true, true],
  ['text/plain; charset = utf-8 ; x=y', true, true],
  ['text/plain; charset=us-ascii', true, false],
  ['text/plain; charset=ascii', true, false],
  ['text/plain; charset=iso-8859-1', true, true],
  ['text/plain; charset=iso8859-15', true, true],
  ['text/plain; charset=latin1', true, true],
  ['text/plain; charset=latin-1', true, true],
  ['text/plain; charset=windows-1252', true, true],
  ['text/plain; charset=windows-12522', false, false],
  ['text/plain; charset=x-utf-8', false, false],
  ['text/plain; charset=utf-80', false, false],
  ['text/plain; charset=iso-8859-x', false, false],
  ['text/plain; charset=klingon', false, false],
])('by "%s" ASCII can be read: %s, and other signs: %s', (contentType, ascii, others) => {
  expect(ageOf(body('1'), contentType)).toBe(ascii ? 1 : undefined);
  expect(ageOf(body('1', 'x: \u00e9'), contentType)).toBe(others ? 1 : undefined);
});

test('a file has a size at most', () => {
  const filled = (length: number) => body('1', 'x: ').padEnd(length, 'a');
  expect(ageOf(filled(65_536))).toBe(1);
  expect(ageOf(filled(65_537))).toBeUndefined();
});

test('the list that is looked for has no stars, and a colon parts it', () => {
  expect(looseMatchList(['*.a.nl', '**.b.nl', 'c.*.nl', 'd.nl:e.nl'])).toEqual([
    ...['.a.nl', '.b.nl', 'c.*.nl', 'd.nl', 'e.nl'],
  ]);
});
