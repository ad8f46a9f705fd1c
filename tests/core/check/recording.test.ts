/** A recording comes from a link that anyone may have written: what does not fit is refused whole. */
import { describe, expect, test } from 'vitest';
import { formatRecording, parseRecording, recordingOf } from '../../../src/core/check/recording.ts';
import { nameOf } from '../../../src/core/dns/name.ts';
import { reportOf } from '../../world.ts';

const address = ['a.nl', 60, 'wAACAQ'];
const found = ['a.nl', 'A', 'secure', 'dnssec.chain-secure', ['r', 'secure', [], [address]]];
const whole = { format: 1, domain: 'a.nl', at: 1_750_000_000, l: [found] };
const read = (value: unknown) => parseRecording(JSON.stringify(value));
const withAnswer = (answer: unknown) => read({ ...whole, l: [[...found.slice(0, 4), answer]] });

describe('comes back', () => {
  test('as it was: found, absent, failed, and a policy', () => {
    const report = reportOf('example.nl', { 'example.nl MX': 'timeout' });
    const recording = recordingOf(report, 'version: STSv1');
    expect(parseRecording(formatRecording(recording))).toEqual({
      ...recording,
      lookups: recording.lookups.map((each) => ({ ...each, links: [], zones: [] })),
    });
    expect(parseRecording(formatRecording(recordingOf(report)))).not.toHaveProperty('policyText');
  });
  test('with its records and aliases', () => {
    const alias = ['www.a.nl', 'a.nl', 'insecure', 300];
    const recording = withAnswer(['r', 'secure', [alias, alias.slice(0, 3)], [address]])!;
    expect(recording.lookups[0]?.answer).toMatchObject({
      kind: 'found',
      aliases: [
        { from: 'www.a.nl', to: 'a.nl', security: 'insecure', ttlSeconds: 300 },
        { from: 'www.a.nl', to: 'a.nl', security: 'insecure' },
      ],
      records: [{ name: 'a.nl', ttlSeconds: 60, type: 'A', address: '192.0.2.1' }],
    });
    expect(parseRecording(formatRecording(recording))).toEqual(recording);
  });
  test('with the aliases that were followed before a failure', () => {
    const recording = withAnswer(['f', 'bogus', [['www.a.nl', 'localhost', 'secure', 300]]])!;
    expect(recording.lookups[0]?.answer.aliases).toMatchObject([{ to: 'localhost' }]);
    expect(parseRecording(formatRecording(recording))).toEqual(recording);
  });
  test('without a policy that is too long', () => {
    expect(read({ ...whole, p: 'x'.repeat(65_537) })).not.toHaveProperty('policyText');
    expect(read({ ...whole, p: 7 })).not.toHaveProperty('policyText');
  });
  test.each([-1, 1.5, 2 ** 31, 2 ** 32])(
    'a made-up time to live of an alias does not: %d',
    (ttlSeconds) => {
      const alias = ['b.nl', 'a.nl', 'secure', ttlSeconds];
      const { aliases } = withAnswer(['a', 'secure', 'nodata', [alias]])!.lookups[0]!.answer as {
        aliases: readonly object[];
      };
      expect(aliases).toEqual([{ from: nameOf('b.nl'), to: nameOf('a.nl'), security: 'secure' }]);
    },
  );
  test('each record once, however often a link holds it', () => {
    const copies = [address, ['A.NL', 30, 'wAACAQ'], ['a.nl', 60, 'wAACAg'], address];
    expect(withAnswer(['r', 'secure', [], copies])?.lookups[0]?.answer).toMatchObject({
      records: [
        { address: '192.0.2.1', ttlSeconds: 30 },
        { address: '192.0.2.2', ttlSeconds: 30 },
      ],
    });
  });
});

test('the example that is bent below fits', () => {
  expect(read(whole)?.lookups).toHaveLength(1);
});

describe('is refused', () => {
  test.each<[string, unknown]>([
    ['what is no object', [whole]],
    ['nothing', null],
    ['another format', { ...whole, format: 2 }],
    ['no domain', { ...whole, domain: 7 }],
    ['a domain that is no name', { ...whole, domain: 'a..nl' }],
    ['no moment', { ...whole, at: 'now' }],
    ['a moment before 1970', { ...whole, at: -1 }],
    ['a moment that is no whole number', { ...whole, at: 1.5 }],
    ['no lookups', { ...whole, l: {} }],
    ['too many lookups', { ...whole, l: Array(401).fill(found) }],
    ['a lookup that is none', { ...whole, l: ['a.nl'] }],
    ['a lookup of no name', { ...whole, l: [['', ...found.slice(1)]] }],
    ['a lookup of a type that is not asked', { ...whole, l: [['a.nl', 'ANY', ...found.slice(2)]] }],
    [
      'a word for how sure it is that is none',
      { ...whole, l: [['a.nl', 'A', 'sure', ...found.slice(3)]] },
    ],
    ['a reason that is none', { ...whole, l: [['a.nl', 'A', 'secure', 'because', found[4]]] }],
    [
      'a reason of the language itself',
      { ...whole, l: [['a.nl', 'A', 'secure', 'toString', found[4]]] },
    ],
  ])('%s', (_, value) => {
    expect(read(value)).toBeUndefined();
  });
  test.each<[string, unknown]>([
    ['none', undefined],
    ['of no kind', ['x', 'secure', [], [address]]],
    ['failed, and why is no reason', ['f', 'bored']],
    ['failed, and its aliases are none', ['f', 'bogus', [['a.nl']]]],
    ['absent, and how sure is not said', ['a', 'bogus', 'nodata', []]],
    ['absent, and how is not said', ['a', 'secure', 'gone', []]],
    ['absent, without a list of aliases', ['a', 'secure', 'nodata', 'none']],
    ['found, without a list of aliases', ['r', 'secure', 7, [address]]],
    ['found, without records', ['r', 'secure', [], []]],
    ['found, with too many records', ['r', 'secure', [], Array(501).fill(address)]],
    ['found, with records that are no list', ['r', 'secure', [], 'x']],
    [
      'with too many aliases',
      ['a', 'secure', 'nodata', Array(17).fill(['b.nl', 'a.nl', 'secure'])],
    ],
    ['with an alias that is none', ['a', 'secure', 'nodata', ['b.nl']]],
    ['with an alias of no name', ['a', 'secure', 'nodata', [['', 'a.nl', 'secure']]]],
    ['with an alias nobody is sure of', ['a', 'secure', 'nodata', [['b.nl', 'a.nl', 'bogus']]]],
    ['with a record that is none', ['r', 'secure', [], ['a.nl']]],
    ['with a record of no name', ['r', 'secure', [], [[7, 60, 'wAACAQ']]]],
    ['with a record without octets', ['r', 'secure', [], [['a.nl', 60]]]],
    ['with octets that are no base64', ['r', 'secure', [], [['a.nl', 60, 'wAA*AQ']]]],
    ['with octets that are no address', ['r', 'secure', [], [['a.nl', 60, 'wAAC']]]],
    ['with a time to live that is none', ['r', 'secure', [], [['a.nl', 'long', 'wAACAQ']]]],
    ['with a time to live that is too long', ['r', 'secure', [], [['a.nl', 2 ** 31, 'wAACAQ']]]],
  ])('an answer %s', (_, answer) => {
    expect(withAnswer(answer)).toBeUndefined();
  });
  test('what is no JSON', () => {
    expect(parseRecording('{')).toBeUndefined();
  });
});
