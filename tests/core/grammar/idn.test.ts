/**
 * Names fold as they do in a browser (UTS 46, by `URL`), over all of Unicode: whatever both take is the
 * same name. Where one of the two refuses, the reason stands here.
 */
import { describe, expect, test } from 'vitest';
import { parseDomainInput } from '../../../src/core/check/domain-input.ts';
import { nameKey, toALabels, withoutIgnored } from '../../../src/core/grammar/idn.ts';
import { matchMx } from '../../../src/core/mta-sts/match.ts';
import { seeds } from '../../volume.ts';

const browser = (text: string): string | undefined => {
  try {
    return new URL(`http://${text}`).hostname;
  } catch {
    return undefined;
  }
};
const ours = (text: string): string | undefined => {
  const read = parseDomainInput(text);
  return read.ok ? read.domain : undefined;
};

/** Why we refuse what a browser takes: what it makes of the text is no name of a mail domain. */
function reasonToRefuse(text: string, host: string): string | undefined {
  const labels = host.split('.');
  const parts = withoutIgnored(text).split(/[.。．｡]/);
  if (
    labels.some(
      (label, index) =>
        label.startsWith('xn--') &&
        /[^\0-\x7f]/.test(parts[index] ?? '') &&
        /^xn--/.test((parts[index] ?? '').normalize('NFKC').toLowerCase()),
    )
  )
    return 'an A-label in other characters';
  if (labels.includes('')) return 'an empty label';
  if (labels.some((label) => !/^(?!-)[a-z0-9_-]{1,63}(?<!-)$/.test(label)))
    return 'letters, digits, hyphens inside and underscores only, at most 63';
  if (/^\d/.test(labels.at(-1) ?? '')) return 'ends in a number: an address';
  if (/\p{P}/u.test(text)) return 'punctuation, which no registry takes';
  if (/^\p{M}|[.。．｡]\p{M}/u.test(withoutIgnored(text).normalize('NFKC')))
    return 'begins with a mark';
  if (/[\u200c\u200d]/.test(text)) return 'a joiner between letters of which we know no rule';
  if (/\p{Default_Ignorable_Code_Point}/u.test(text)) return 'characters that nobody sees';
  if (/[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u.test(text))
    return 'two directions in one name';
  return /[\u2ff0-\u2fff\u31ef\u{10e60}-\u{10e7e}]/u.test(text) ? 'no sign of a name' : undefined;
}

/**
 * Why we take what a browser refuses: an A-label that stands for nothing is asked for as it is, because no
 * other name can be meant by it.
 */
const isALabelAsItIs = (text: string): boolean =>
  /(?:^|[.。．｡])xn--[\0-\x7f]/i.test(withoutIgnored(text));

function compare(text: string): string | undefined {
  const [theirs, own] = [browser(text), ours(text)];
  if (theirs === own) return undefined;
  if (theirs === undefined) return isALabelAsItIs(text) ? undefined : `only we take ${own}`;
  if (own === undefined)
    return reasonToRefuse(text, theirs) === undefined ? `only we refuse ${theirs}` : undefined;
  return `${own}, not ${theirs}`;
}

const told = (text: string): readonly string[] => {
  const difference = compare(text);
  return difference === undefined ? [] : [`${JSON.stringify(text)}: ${difference}`];
};

test.each([
  ['inside a label', (character: string) => `a${character}b.test`],
  ['as a label', (character: string) => `${character}.test`],
  ['at the end of a label', (character: string) => `ab${character}.test`],
  ['in another label', (character: string) => `x.${character}é.test`],
])('every character of Unicode, %s', (_, textWith) => {
  const found: string[] = [];
  let count = 0;
  for (let code = 0x80; code < 0x110000; code += 1) {
    const character = String.fromCodePoint(code);
    // What no table of today knows, tables of tomorrow do.
    if (/[\p{Cs}\p{Co}]|(?!\p{Default_Ignorable_Code_Point})\p{Cn}/u.test(character)) continue;
    count += 1;
    found.push(...told(textWith(character)));
  }
  expect(count).toBeGreaterThan(100_000);
  expect(found).toEqual([]);
});

/** All that nobody sees, unassigned ones too, and a name that holds one. */
const unseen = Array.from({ length: 0x110000 - 0x7f }, (_, at) => at + 0x7f)
  .filter((code) => code < 0xd800 || code > 0xdfff)
  .map((code) => String.fromCodePoint(code))
  .filter((character) => /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}]/u.test(character));

test.each([
  ['at the start', (character: string) => `${character}ab.nl`],
  ['in the middle', (character: string) => `a${character}b.nl`],
  ['before the dot', (character: string) => `ab${character}.nl`],
  ['at the end', (character: string) => `ab.nl${character}`],
  ['in an address', (character: string) => `jan@a${character}b.nl`],
  ['before a link', (character: string) => `${character}https://ab.nl/x`],
  ['in another script', (character: string) => `é${character}b.nl`],
])('what nobody sees, %s, is left out and told, or refused for what it is', (_, textWith) => {
  expect(unseen.length).toBeGreaterThan(4000);
  for (const character of unseen) {
    const typed = textWith(character);
    const read = parseDomainInput(typed);
    const isLeftOut = withoutIgnored(character) === '';
    // Never more than browsers leave out; by the tables of Unicode 17 exactly that.
    if (isLeftOut)
      expect([typed, browser(`a${character}b.nl`), read.ok && read.taken !== 'as-typed']).toEqual([
        typed,
        'ab.nl',
        true,
      ]);
    else expect(read).toEqual({ ok: false, typed, fault: 'invisible-character' });
  }
});

test('random words of letters that fold, join, combine or turn direction', () => {
  const pieces = [
    ...'abzABZßẞςΣσıİſﬁŉǅⅣⓐⓩ①²₂½㏒℡🄰ａＺ．。｡１９ᾀᾼͅÅÅéĖカガヵﾞᏣꭰ𝐚𝔞𝟙नक्षனாمهینااאבש١۲-_*',
    ...['\u0301', '\u0308', '\u094d', '\u200c', '\u200d', '\u00ad', '\u034f', '\u200b', '\u202e'],
    ...[
      '\ufe0f',
      '\u3099',
      '.',
      'xn--',
      '\u2060',
      '\ufeff',
      '…',
      '⒈',
      '／',
      '：',
      '＠',
      '％',
      '＃',
    ],
  ];
  let seed = 20160318;
  const chance = (most: number) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * most);
  };
  const found: string[] = [];
  for (let count = 0; count < seeds(20_000); count += 1) {
    let text = '';
    for (let length = 1 + chance(7); length > 0; length -= 1) text += pieces[chance(pieces.length)];
    found.push(...told(`${text}.test`));
  }
  expect(found.slice(0, 40)).toEqual([]);
});

// Node's URL does not compose these as Unicode does (UAX #15); Chromium 156 and Firefox 153 do.
test.each([
  ['\uaf2c\u11aa.nl', 'xn--yr0b.nl', 'a last consonant behind a syllable of Hangul'],
  ['x\u1e4f\u031b.nl', 'xn--x-ccb005s.nl', 'a mark that belongs before one that was composed'],
  ['a\u0219\u0327.nl', 'xn--a-1ma97k.nl', 'the same below'],
  ['\u0115\u0327.nl', 'xn--vgg.nl', 'the same, composed with the other mark'],
])('%j is %s: %s', (typed, domain) => expect(ours(typed)).toBe(domain));

describe('what people copy', () => {
  test.each([
    ['ｅｘａｍｐｌｅ.nl', 'example.nl'],
    ['example。nl', 'example.nl'],
    ['ⓔⓧⓐⓜⓟⓛⓔ.nl', 'example.nl'],
    ['𝐞𝐱𝐚𝐦𝐩𝐥𝐞.nl', 'example.nl'],
    ['oﬃce.nl', 'office.nl'],
    ['h²o.nl', 'h2o.nl'],
    ['straße.de', 'xn--strae-oqa.de'],
    ['STRAẞE.de', 'xn--strae-oqa.de'],
    ['βόλος.com', 'xn--nxasmm1c.com'],
    ['ΒΌΛΟΣ.com', 'xn--nxasmq6b.com'],
    ['नी‍.com', undefined],
    ['श्री‍.com', undefined],
    ['क्‍ष.com', browser('क्‍ष.com')],
    ['نامه‌ای.com', 'xn--mgba3gch31f060k.com'],
    ['exa\u200dmple.nl', undefined],
    ['a⒈nl', undefined],
    ['a…nl', undefined],
    ['a／b.nl', undefined],
    ['a＼b.nl', undefined],
    ['a\\b.nl', undefined],
    ['１９２．０．２．１', undefined],
    ['１.２', undefined],
    ['jan@ｅｘａｍｐｌｅ.nl', 'example.nl'],
    ['https://ｅｘａｍｐｌｅ.nl/x', 'example.nl'],
  ])('%s', (typed, domain) => {
    const read = parseDomainInput(typed);
    expect(read.ok ? read.domain : undefined).toBe(domain);
    // Another name than the one typed is never taken in silence.
    if (read.ok) expect(read.taken).not.toBe('as-typed');
  });
});

describe('one key for all spellings of a name', () => {
  test.each([
    ['Example.TEST.', 'example.test'],
    ['bücher.example', 'XN--BCHER-KVA.example.'],
    ['BÜCHER。example', 'bu\u0308cher.example'],
    ['ｂüｃｈｅｒ.example.', 'xn--bcher-kva.example'],
    ['*.Bücher.example', '*.xn--bcher-kva.example'],
    ['.', ''],
  ])('%s and %s', (one, other) => expect(nameKey(one)).toBe(nameKey(other)));

  test.each([
    ['bucher.example', 'bücher.example'],
    ['strasse.de', 'straße.de'],
    ['a..', 'a'],
    ['a\u2024b', 'a.b'],
  ])('not for %s and %s', (one, other) => expect(nameKey(one)).not.toBe(nameKey(other)));

  test('a text that is no name is its own key', () => {
    expect(toALabels('a…b')).toBeUndefined();
    expect(nameKey('A…b')).toBe('A…b');
    expect(toALabels(`xn--é.test`)).toBeUndefined();
  });

  test('a pattern of a policy fits in every spelling', () => {
    for (const pattern of ['bücher.example', 'XN--bcher-KVA.Example.', '*.EXAMPLE'])
      expect(matchMx([pattern], 'xn--bcher-kva.example').matches).toBe(true);
  });
});
