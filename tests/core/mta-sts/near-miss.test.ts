/** The slips of administrators, each with its own sentence beside what is right; and none of them accepted. */
import { describe, expect, test } from 'vitest';
import { mxFault, meantKey, otherFile } from '../../../src/core/mta-sts/near-miss.ts';
import { parseStsPolicy } from '../../../src/core/mta-sts/policy.ts';

const good = { version: 'STSv1', mode: 'enforce', mx: 'mx.example.nl', max_age: '604800' };
const file = (lines: Readonly<Record<string, string>>): string =>
  Object.entries(lines)
    .map(([key, value]) => `${key}: ${value}\r\n`)
    .join('');
const withMx = (...mx: readonly string[]): string =>
  `version: STSv1\r\nmode: enforce\r\n${mx.map((each) => `mx: ${each}\r\n`).join('')}max_age: 604800\r\n`;

/** Faults, then notes in brackets; what to write instead behind a colon. */
function told(text: string): string {
  const result = parseStsPolicy(text);
  const line = (name: string, instead?: string) =>
    instead === undefined ? name : `${name}:${instead}`;
  return [
    ...(result.ok ? [] : result.problems).map(
      ({ code, situation = code, slip = situation, instead }) => line(slip, instead),
    ),
    ...(result.warnings ?? []).map(({ code, slip = code, instead }) => `(${line(slip, instead)})`),
  ].join(' ');
}

describe('a name in mx', () => {
  test.each([
    ['mx.example.nl', ''],
    ['*.example.nl', ''],
    ['MX.Example.NL', ''],
    ['xn--mx-lka.example', ''],
    ['møx.example', 'mx-u-label:xn--mx-lka.example'],
    ['*.bücher.example', 'mx-u-label:*.xn--bcher-kva.example'],
    ['a.example.nl, b.example.nl', 'mx-list'],
    ['a.example.nl b.example.nl', 'mx-list'],
    ['a.example.nl;b.example.nl', 'mx-list'],
    ['a.example.nl\u00a0b.example.nl', 'mx-list'],
    ['a.example.nl ; b.example.nl', 'mx-list'],
    ['\u00a0mx.example.nl', 'mx-invisible:mx.example.nl'],
    ['a.example.nl\u2028mx: b.example.nl', 'mx-invisible'],
    ['mx.example.nl\u00a0', 'mx-invisible:mx.example.nl'],
    ['\u3000*.example.nl', 'mx-invisible:*.example.nl'],
    ['mx.\u200bexample.nl', 'mx-invisible:mx.example.nl'],
    ['mx.exam\u00adple.nl', 'mx-invisible:mx.example.nl'],
    ['\u202emx.example.nl', 'mx-invisible:mx.example.nl'],
    ['mx.example.nl\ufeff', 'mx-invisible:mx.example.nl'],
    ['mx.example.nl # main', 'mx-comment:mx.example.nl'],
    ['*.example.nl #main', 'mx-comment:*.example.nl'],
    ['mx.example.nl#', 'mx-comment:mx.example.nl'],
    ['mx.example.nl ; main', 'mx-comment:mx.example.nl'],
    ['mx.example.nl // main', 'mx-comment:mx.example.nl'],
    ['mx.example.nl (main)', 'mx-comment:mx.example.nl'],
    ['\u00a0mx.example.nl # main', 'mx-comment:mx.example.nl'],
    ['ｍｘ.example.nl', 'mx-look-alike:mx.example.nl'],
    ['mx。example．nl', 'mx-look-alike:mx.example.nl'],
    ['*.ｅxample.nl', 'mx-look-alike:*.example.nl'],
    ['mxﬁ.example.nl', 'mx-look-alike:mxfi.example.nl'],
    ['mx.example.nl:25', 'mx-port:mx.example.nl'],
    ['https://mx.example.nl/', 'mx-url:mx.example.nl'],
    ['smtp://mx.example.nl:25', 'mx-url:mx.example.nl'],
    ['mx.example.nl/mail', 'mx-url:mx.example.nl'],
    ['"mx.example.nl"', 'mx-quotes:mx.example.nl'],
    ['“mx.example.nl”', 'mx-quotes:mx.example.nl'],
    ['<mx.example.nl>', 'mx-quotes:mx.example.nl'],
    ['[192.0.2.1]', 'mx-address'],
    ['[IPv6:2001:db8::1]', 'mx-address'],
    ['2001:db8::1', 'mx-address'],
    ['postmaster@example.nl', 'mx-mail-address'],
    ['10 mx.example.nl.', 'mx-preference:mx.example.nl'],
    ['mx_1.example.nl', 'mx-underscore'],
    ['mx.example.nl.', 'mx-final-dot:mx.example.nl'],
    ['*.example.nl.', 'mx-final-dot:*.example.nl'],
    ['.example.nl', 'mx-leading-dot:*.example.nl'],
    ['*', 'mx-wildcard-place'],
    ['*.', 'mx-wildcard-place'],
    ['*example.nl', 'mx-wildcard-place'],
    ['mail.*.example.nl', 'mx-wildcard-place'],
    ['*.*.example.nl', 'mx-wildcard-place'],
    ['mx..example.nl', 'mx-not-a-pattern'],
    ['-mx.example.nl', 'mx-not-a-pattern'],
    ['', 'mx-empty'],
  ])('%s: %s', (value, expected) => {
    expect(told(withMx(value))).toBe(expected);
  });

  test.each([
    ['192.0.2.56', '(mx-address) (no-mx-can-match)'],
    ['localhost', '(mx-special-name) (no-mx-can-match)'],
    ['mail.localhost', '(mx-special-name) (no-mx-can-match)'],
    ['*.invalid', '(mx-special-name) (no-mx-can-match)'],
    ['mail.lan.local', '(mx-special-name) (no-mx-can-match)'],
    ['*.nl', '(mx-wildcard-top)'],
    ['localhost.example.nl', ''],
    ['invalid.example', ''],
    ['192.0.2.56.example.nl', ''],
  ])('that is %s fits the grammar: %s', (value, expected) => {
    expect(told(withMx(value))).toBe(expected);
  });

  test('among others that is no server is told, and the others can still match', () => {
    expect(told(withMx('mx.example.nl', '192.0.2.56'))).toBe('(mx-address)');
  });
});

describe('a key', () => {
  test.each([
    ['Version', 'version'],
    ['MODE', 'mode'],
    ['mdoe', 'mode'],
    ['max-age', 'max_age'],
    ['maxage', 'max_age'],
    ['Max_Age', 'max_age'],
    ['max_aeg', 'max_age'],
    ['MX', 'mx'],
    ['nmx', 'mx'],
    ['mxs', 'mx'],
    ['x', undefined],
    ['comment', undefined],
    ['contact', undefined],
    ['a'.repeat(32), undefined],
    ['constructor', undefined],
  ])('%s: did you mean %s', (key, expected) => {
    expect(meantKey(key)).toBe(expected);
  });

  test('in capitals is one fault each, with its place, and not told as missing too', () => {
    const capitals = file({ Version: 'STSv1', Mode: 'enforce', MX: 'mx.example.nl', Max_Age: '1' });
    expect(told(capitals)).toBe(
      'key-misspelt:version key-misspelt:mode key-misspelt:mx key-misspelt:max_age',
    );
    const result = parseStsPolicy(capitals);
    expect(result.ok ? [] : result.problems.map(({ found }) => found)).toEqual([
      'Version',
      'Mode',
      'MX',
      'Max_Age',
    ]);
  });

  test('near to one that is there is a note', () => {
    expect(told(file({ ...good, nmx: 'b.example.nl' }))).toBe('(key-misspelt:mx)');
  });

  test.each(['mode=enforce', 'mode = enforce'])('with an equals sign: %s', (line) => {
    const text = `version: STSv1\r\n${line}\r\nmx: mx.example.nl\r\nmax_age: 604800\r\n`;
    expect(told(text)).toBe('equals-for-colon');
  });
});

test.each([
  ['version', 'stsv1', 'version-misspelt:STSv1'],
  ['version', 'STSv1;', 'version-misspelt:STSv1'],
  ['version', 'v=STSv1', 'version-misspelt:STSv1'],
  ['version', 'STSv2', 'version-not-stsv1'],
  ['version', 'TLSRPTv1', 'version-not-stsv1'],
  ['mode', 'Enforce', 'mode-misspelt:enforce'],
  ['mode', 'enforced', 'mode-misspelt:enforce'],
  ['mode', 'enfore', 'mode-misspelt:enforce'],
  ['mode', 'test', 'mode-misspelt:testing'],
  ['mode', 'Testing', 'mode-misspelt:testing'],
  ['mode', 'non', 'mode-misspelt:none'],
  ['mode', 'report', 'mode-unknown'],
  ['mode', 'constructor', 'mode-unknown'],
])('%s: %s is %s', (key, value, expected) => {
  expect(told(file({ ...good, [key]: value }))).toBe(expected);
});

describe('a file that is something else is told once', () => {
  const utf16 = (text: string) => Buffer.from(text, 'utf16le');
  const utf32 = (text: string) =>
    Buffer.concat(Array.from(text, (each) => Buffer.from(`${each}\0`, 'utf16le')));
  test.each<[string, Uint8Array | string, string]>([
    ['UTF-16 with its mark', utf16(`\ufeff${file(good)}`), 'utf-16'],
    ['UTF-16 without', utf16(file(good)), 'utf-16'],
    ['UTF-16, the other way round', utf16(`\ufeff${file(good)}`).swap16(), 'utf-16'],
    ['UTF-32 with its mark', utf32(`\ufeff${file(good)}`), 'utf-32'],
    ['UTF-32 without', utf32(file(good)), 'utf-32'],
    ['UTF-32, the other way round', utf32(`\ufeff${file(good)}`).swap32(), 'utf-32'],
    ['zip', Buffer.from('504b0304140000000800', 'hex'), 'packed'],
    ['gzip', Buffer.from('1f8b0800000000000003', 'hex'), 'packed'],
    ['a web page', '\n<!DOCTYPE html>\n<html>\n<body>\nmode: x\n</html>\n', 'web-page'],
    ['a mark and nothing else wrong', `\ufeff${file(good)}`, 'byte-order-mark'],
  ])('%s', (_, body, expected) => {
    const result = parseStsPolicy(body);
    expect(result.ok).toBe(false);
    expect(result.ok ? [] : result.problems.map(({ situation }) => situation)).toEqual([expected]);
  });

  test('a policy is none of them', () => {
    expect(otherFile(file(good))).toBeUndefined();
    expect(otherFile('')).toBeUndefined();
  });
});

test('what is written instead is always right', () => {
  for (const value of ['møx.example.', '"*.x.nl"', 'https://x y/', '.', '..nl', ':25', '10 .']) {
    const { instead } = mxFault(value);
    if (instead !== undefined) expect(told(withMx(instead))).toBe('');
  }
});

test('long values take no longer than they are long', () => {
  for (const piece of [
    ':',
    '*.',
    'a ',
    '[',
    'a.',
    '\u00a0',
    ' #',
    ';a.a',
    '"',
    '/',
    'ø',
    '1',
    '\0a',
    '@',
    '.',
  ]) {
    const started = performance.now();
    told(withMx(piece.repeat(30_000)));
    told(file({ ...good, mode: piece.repeat(30_000), [`x${piece}`.slice(0, 9)]: 'y' }));
    expect(performance.now() - started).toBeLessThan(1000);
  }
});
