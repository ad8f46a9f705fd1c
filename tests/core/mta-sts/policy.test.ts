/** A policy file at its edges: sizes in octets, line ends, keys, and which of several faults is told. */
import { describe, expect, it, test } from 'vitest';
import { matchMx } from '../../../src/core/mta-sts/match.ts';
import {
  parseStsPolicy,
  policyOctetsMost,
  policyOctetsSure,
  type PolicyResponse,
} from '../../../src/core/mta-sts/policy.ts';
import { parseStsRecord } from '../../../src/core/mta-sts/record.ts';

const whole = ['version: STSv1', 'mode: enforce', 'mx: a.nl', 'max_age: 100'];
const file = (...lines: readonly string[]) => lines.map((line) => `${line}\r\n`).join('');

/** What is wrong, each fault in its order; else what is worth a word; else nothing. */
const told = (body: string | Uint8Array, response?: PolicyResponse): string => {
  const result = parseStsPolicy(body, response);
  const faults = result.ok ? [] : result.problems.map(({ code, situation }) => situation ?? code);
  return [...faults, ...(result.ok ? result.warnings.map(({ code }) => `(${code})`) : [])].join(
    ' ',
  );
};

describe('the size of a policy', () => {
  /** A policy of so many octets, all that is not needed being one character. */
  const sized = (octets: number, character = 'a', lines = whole): string => {
    const start = `${file(...lines)}x: b`;
    const left = octets - start.length - 2;
    const each = new TextEncoder().encode(character).length;
    return `${start}${'b'.repeat(left % each)}${character.repeat(Math.floor(left / each))}\r\n`;
  };
  const table: readonly (readonly [number, string])[] = [
    [policyOctetsSure, '(unknown-key)'],
    [policyOctetsSure + 1, '(size-in-doubt) (unknown-key)'],
    [policyOctetsMost, '(size-in-doubt) (unknown-key)'],
    [policyOctetsMost + 1, 'too-large'],
  ];
  for (const character of ['a', '~', '\u00a0', '\u07ff', '\u0800', '\uffee', '\u{10000}', '😀'])
    it.each(table)(
      `of %i octets, most of them of U+${character.codePointAt(0)!.toString(16)}: %s`,
      (octets, expected) => {
        const text = sized(octets, character);
        expect(new TextEncoder().encode(text)).toHaveLength(octets);
        expect(told(text)).toBe(expected);
        expect(told(new TextEncoder().encode(text))).toBe(expected);
      },
    );
  it('in doubt is a fault where there is another', () => {
    const broken = whole.map((line) => line.replace('enforce', 'maybe'));
    expect(told(sized(policyOctetsSure + 1, 'a', broken))).toBe('too-large mode-unknown');
    expect(told(sized(policyOctetsSure, 'a', broken))).toBe('mode-unknown');
  });
});

describe('the answer around a policy', () => {
  test.each<[PolicyResponse, string]>([
    [{ status: 200, contentType: 'text/plain' }, ''],
    [{ contentType: 'TEXT/plain ; charset=x' }, ''],
    [{ contentType: ' text/plain' }, ''],
    [{ status: 299 }, 'status-not-200'],
    [{ status: 300 }, 'redirected'],
    [{ status: 399 }, 'redirected'],
    [{ status: 400 }, 'status-not-200'],
    [{ contentType: '' }, 'content-type-missing'],
    [{ contentType: 'text/plainer' }, 'content-type-not-text'],
    [{ status: 404, contentType: 'text/html' }, 'status-not-200 content-type-not-text'],
  ])('%o: %s', (response, expected) => {
    expect(told(file(...whole), response)).toBe(expected);
  });
});

describe('the lines of a policy', () => {
  const long = 'k'.repeat(32);
  const table: readonly (readonly [string, string, string])[] = [
    ['with CRLF', file(...whole), ''],
    ['with line feeds, told once', whole.map((line) => `${line}\n`).join(''), '(bare-line-feed)'],
    ['without a line end at the end', whole.join('\r\n'), '(no-line-end-at-end)'],
    ['none', '', 'empty-policy'],
    ['one of them blank', file(...whole, ''), 'blank-line'],
    ['with a byte order mark', `\ufeff${file(...whole)}`, 'byte-order-mark'],
    ['with a blank before one', file(' x: y', ...whole), 'leading-blank'],
    ['with a blank before the colon', file(...whole, 'x : y'), 'blank-before-colon'],
    ['without a colon', file(...whole, 'x y'), 'line-without-colon'],
    ['without a colon, and one in the next', file(...whole, 'x', 'y: z'), 'line-without-colon'],
    ['without a key', file(...whole, ': y'), 'bad-key'],
    ['with a key that begins with a sign', file(...whole, '_x: y'), 'bad-key'],
    ['with a key of 32 characters', file(...whole, `${long}: y`), '(unknown-key)'],
    ['with a key of 33 characters', file(...whole, `${long}k: y`), 'bad-key'],
    ['with blanks behind a value', file(...whole.map((line) => `${line} \t`)), ''],
    ['with an extension that is empty', file(...whole, 'x:'), 'empty-extension'],
    ['with an extension of blanks', file(...whole, 'x:  '), 'empty-extension'],
    ['with a tab in a value of ours', file(...whole, 'mx: a\tb.nl'), 'mx-not-a-pattern'],
    ['with a tab in an extension', file(...whole, 'x: a\tb'), 'control-character'],
    ['with a carriage return in a value', file(...whole, 'x: a\rb'), 'bare-carriage-return'],
    ['with what is no UTF-8', file(...whole, 'x: a\ufffdb'), 'control-character'],
    [
      'with a value that cannot be read, told once',
      file(whole[0]!, 'mode: \u0001', whole[2]!, whole[3]!),
      'control-character',
    ],
    ['of which a field stands twice', file(...whole, 'mode: maybe'), '(repeated-key)'],
    ['of which a field stands twice, once empty', file(...whole, 'mode:'), 'empty-extension'],
    [
      'of which a field stands twice, once with a tab',
      file(...whole, 'mode: a\tb'),
      'empty-extension',
    ],
    ['without a version', file(...whole.slice(1)), 'version-missing'],
    ['without a mode', file(whole[0]!, ...whole.slice(2)), 'mode-missing'],
    ['without an age', file(...whole.slice(0, 3)), 'max-age-missing'],
    ['without a name', file(whole[0]!, whole[1]!, whole[3]!), 'mx-missing'],
    [
      'without a name, where there is no mode either',
      file(whole[0]!, whole[3]!),
      'mode-missing mx-missing',
    ],
    ['of one field only', file('x: y'), 'version-missing mode-missing max-age-missing mx-missing'],
    ['of nothing that can be read', file('x y'), 'line-without-colon'],
    [
      'with two faults, in their order',
      file('version: 1', 'mode: x', whole[2]!, whole[3]!),
      'version-not-stsv1 mode-unknown',
    ],
    [
      'with a fault of a line below one of a field',
      file('version: 1', 'x y', ...whole.slice(1)),
      'version-not-stsv1 line-without-colon',
    ],
    ['with a name that ends in a dot', file(...whole, 'mx: b.nl.'), 'mx-final-dot'],
    ['with two dots at its end', file(...whole, 'mx: b.nl..'), 'mx-not-a-pattern'],
    ['with a name that is none', file(...whole, 'mx: b_.nl'), 'mx-not-a-pattern'],
    ['with an age of nothing', file(...whole.slice(0, 3), 'max_age: 0'), '(max-age-zero)'],
    ['with no age behind the key', file(...whole.slice(0, 3), 'max_age:'), 'max-age-not-a-number'],
    ['with the longest age', file(...whole.slice(0, 3), 'max_age: 31557600'), ''],
    ['with a longer one', file(...whole.slice(0, 3), 'max_age: 31557601'), 'max-age-above-maximum'],
    [
      'with an age of eleven digits',
      file(...whole.slice(0, 3), 'max_age: 00000000001'),
      'max-age-not-a-number',
    ],
  ];
  for (const [why, text, expected] of table)
    it(`${why}: ${expected === '' ? 'nothing to tell' : expected}`, () => {
      expect(told(text)).toBe(expected);
    });

  it('with a policy that ends MTA-STS need no names, and names in it are told', () => {
    const none = [whole[0]!, 'mode: none', whole[3]!];
    expect(told(file(...none))).toBe('');
    expect(told(file(...none, 'mx: a.nl'))).toMatch(/^\([a-z-]+\)$/);
    expect(told(file(...whole))).toBe('');
  });
});

describe('a record', () => {
  const table: readonly (readonly [string, string])[] = [
    ['v=STSv1; id=a;', ''],
    [`v=STSv1; id=${'a'.repeat(32)};`, ''],
    [`v=STSv1; id=${'a'.repeat(33)};`, 'id-too-long'],
    [`v=STSv1; id=${'a'.repeat(31)}-;`, 'id-not-alphanumeric'],
    ['v=STSv1;', 'no-field'],
    ['v=STSv1; x=1;', 'no-id'],
    ['v=STSv1; id=a; id=b;', '(repeated-field)'],
    ['v=STSv1; id=a; x=1; x=2; x=3;', '(repeated-field) (repeated-field)'],
    ['v=STSv1; id=a; x=1; y=2;', ''],
  ];
  for (const [text, expected] of table)
    it(`${text} → ${expected === '' ? 'nothing to tell' : expected}`, () => {
      const result = parseStsRecord([[text]]);
      const known = ['(repeated-field)'];
      const faults = result.ok ? [] : result.problems.map(({ situation }) => situation);
      const warnings = (result.warnings ?? [])
        .map(({ code }) => `(${code})`)
        .filter((each) => known.includes(each));
      expect([...faults, ...warnings].join(' ')).toBe(expected);
    });
});

describe('a name beside the patterns', () => {
  test.each([
    [['a.nl'], 'a.nl', 'a.nl', []],
    [['b.nl', '*.nl'], 'a.nl', '*.nl', []],
    [['*.nl'], 'nl', undefined, []],
    [['nl'], 'nl', 'nl', []],
    [['*.a.nl'], '.a.nl', undefined, []],
    [['*.a.nl'], ' .a.nl', undefined, []],
    [['a.nl', 'b.nl.'], 'b.nl', 'b.nl.', ['pattern-final-dot']],
    [['*.nl'], '*.nl', '*.nl', ['star-in-host']],
    [[], 'a.nl', undefined, []],
  ])('of %j: %s fits %s, with notes %j', (patterns, host, pattern, notes) => {
    const match = matchMx(patterns, host);
    expect(match.matches).toBe(pattern !== undefined);
    expect(match.pattern).toBe(pattern);
    expect(match.notes).toEqual(notes);
  });
});

test.each(whole)('a blank before "%s" is one fault, and the line is not missing too', (line) => {
  const lines = whole.map((each) => (each === line ? ` \t${each}` : each));
  expect(told(file(...lines))).toBe('leading-blank');
});
