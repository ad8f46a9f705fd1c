import { expect, test } from 'vitest';
import { parametersOf, withoutComments } from '../../../src/world/files/mail-parameters.ts';

test.each([
  ['plain', 'a/b; c=d', { c: 'd' }],
  [
    'quoted, with a semicolon and escapes',
    'a/b; c="d; e=\\"f\\\\"; g=h',
    { c: 'd; e="f\\', g: 'h' },
  ],
  ['names in any case, blanks anywhere', 'a/b ;C = d ; E="f"', { c: 'd', e: 'f' }],
  ['of two the first', 'a/b; c=1; c=2', { c: '1' }],
  ['an empty one', 'a/b; c=""; d=', { c: '', d: '' }],
  ['a quotation that does not end', 'a/b; c="d; e=f', { c: '"d', e: 'f' }],
  // RFC 2231 §3
  ['pieces', 'a/b; c*0="x "; c*1=y', { c: 'x y' }],
  ['pieces in another order', 'a/b; c*1=y; c*2=z; c*0=x', { c: 'xyz' }],
  ['pieces of which one is missing', 'a/b; c*0=x; c*2=z', { c: 'x' }],
  ['pieces without a first', 'a/b; c*1=y', {}],
  [
    'eleven pieces',
    `a/b${Array.from({ length: 11 }, (_, n) => `; c*${n}=${n}`).join('')}`,
    { c: '012345678910' },
  ],
  // RFC 2231 §4
  ['encoded', "a/b; c*=UTF-8'nl'%E2%82%AC%20x", { c: '€ x' }],
  ['encoded in another character set', "a/b; c*=iso-8859-1''r%E9", { c: 'ré' }],
  ['encoded in a character set that nobody knows', "a/b; c*=x-none''r%E9", { c: 'r\xe9' }],
  ['encoded without quotes', 'a/b; c*=r%41', { c: 'rA' }],
  ['a percent sign that encodes nothing', "a/b; c*=''100%", { c: '100%' }],
  // RFC 2231 §4.1
  [
    'encoded pieces, one of them plain',
    "a/b; c*0*=us-ascii'en'a%20; c*1=%20; c*2*=%62",
    { c: 'a %20b' },
  ],
  ['a character cut by two pieces', "a/b; c*0*=utf-8''%C3; c*1*=%BC", { c: 'ü' }],
  ['both forms', "a/b; c=plain; c*=utf-8''%C3%BC", { c: 'ü' }],
  [
    'names of Object itself',
    'a/b; __proto__=x; constructor*0=y',
    { ['__proto__']: 'x', constructor: 'y' },
  ],
  // RFC 6532
  ['octets of UTF-8', 'a/b; c="b\xc3\xbccher"', { c: 'bücher' }],
  ['octets of something else', 'a/b; c="r\xe9"', { c: 'r\xe9' }],
])('%s', (_, field, expected) => {
  expect(Object.fromEntries(parametersOf(field))).toEqual(expected);
});

test.each([
  ['before the value', '(c) base64', '  base64'],
  ['behind the value', 'base64(c)', 'base64 '],
  ['between parameters', 'a/b; (c) d=e', 'a/b;   d=e'],
  ['around the sign', 'a/b; d(c)=(c)e', 'a/b; d = e'],
  ['inside each other', 'a (b (c) d) e', 'a   e'],
  ['with a parameter in them', 'a/b; (c; boundary=z) boundary=b', 'a/b;   boundary=b'],
  ['with escaped brackets', 'a (b \\) c) d', 'a   d'],
  ['with a quotation mark', 'a (say "b) c', 'a   c'],
  ['two', '(a)(b)c', '  c'],
  ['inside quotes: none', 'a="(b)"', 'a="(b)"'],
  ['behind an escaped quotation mark: none', 'a="\\"(b)"', 'a="\\"(b)"'],
  ['inside a word: none', 'name=report(1).json', 'name=report(1).json'],
  ['that are not closed: none', 'a (b c', 'a (b c'],
  ['closed without a beginning: none', 'a) b', 'a) b'],
])('comments %s', (_, field, expected) => {
  expect(withoutComments(field)).toBe(expected);
});
