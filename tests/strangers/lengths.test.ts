/** What is longer than we read is cut or refused at a stated length, and the reader is told so in words. */
import { describe, expect, test } from 'vitest';
import { parseDomainInput, typedCharactersMost } from '../../src/core/check/domain-input.ts';
import { lineCharactersMost, readListLine } from '../../src/core/check/list-input.ts';
import { readList } from '../read-list.ts';
import { readRow } from '../../src/core/check/list-row.ts';
import { parseRecording } from '../../src/core/check/recording.ts';
import { readTlsaLines } from '../../src/core/dane/tlsa-lines.ts';
import { parseTlsa, tlsaCharactersMost } from '../../src/core/dane/tlsa.ts';
import { parseStsPolicy } from '../../src/core/mta-sts/policy.ts';
import { anchorCharactersMost, parseAnchors } from '../../src/world/live/anchor.ts';
import { throughBounded } from '../../src/world/bounds.ts';
import { pemCharactersMost, readPem } from '../../src/world/certificates/pem.ts';
import { unpackRecording } from '../../src/world/recorded.ts';
import { certificateOctetsMost, readCertificate } from '../../src/world/certificates/x509.ts';
import { readWords } from '../../src/command-line/read-messages.ts';

const words = readWords();
type Result = { readonly ok: boolean; readonly problems?: readonly Problem[] };
type Problem = { readonly code: string; readonly situation?: string };
const faultOf = (result: Result): string | undefined =>
  result.problems?.[0]?.situation ?? result.problems?.[0]?.code;

test.each([
  ['lookup.input.line-too-long', lineCharactersMost],
  ['situation.pem.too-large', pemCharactersMost],
  ['cli.anchor.too-long', anchorCharactersMost],
])('%s states the length', (key, most) => {
  expect(words.nl[key]).toContain(most.toLocaleString('nl'));
  expect(words.en[key]).toContain(most.toLocaleString('en'));
});

test('each of the others has its words too', () => {
  for (const key of ['lookup.input.too-long', 'situation.dane.too-long'])
    for (const lang of ['nl', 'en'] as const) expect(words[lang][key], key).toBeTruthy();
});

test.each([
  ['a TLSA record', `3 1 1 ${'ab'.repeat(tlsaCharactersMost)}`, parseTlsa, 'too-long'],
  ['an anchor', `. IN DNSKEY 257 3 8 ${'A'.repeat(200_000)}`, parseAnchors, 'too-long'],
  ['PEM', `${'a\n'.repeat(pemCharactersMost)}`, readPem, 'too-large'],
  ['a policy', `version: STSv1\n${'a: b\n'.repeat(100_000)}`, parseStsPolicy, 'too-large'],
  [
    'a policy of one line',
    `version: STSv1\nx: ${'a'.repeat(100_000)}`,
    parseStsPolicy,
    'too-large',
  ],
] as const)('%s', (_, text, parse: (text: string) => Result, fault) => {
  expect(faultOf(parse(text))).toBe(fault);
});

test('a policy beyond the size that anybody reads has no problem for each line behind it', () => {
  const result = parseStsPolicy('\n'.repeat(10_000_000));
  expect(result.ok).toBe(false);
  if (!result.ok) expect(result.problems.length).toBeLessThan(66_000);
  expect(result.marks.at(-1)?.at.end).toBe(10_000_000);
});

describe('a line of a list', () => {
  test('that is long and not too long is read whole', () => {
    const names = Array.from({ length: 900 }, (_, index) => `n${index}.nl`);
    expect(readList(names.join(', ')).names).toEqual(names);
    expect(readList(names.join(', ')).faults).toEqual([]);
  });

  test('that is too long is read to the last whole name, and that is told', () => {
    const names = Array.from({ length: 5000 }, (_, index) => `n${index}.nl`);
    const { names: read, faults } = readList(`${names.join(',')}\nlast.nl`);
    expect(read.length).toBeGreaterThan(1000);
    expect([...read.slice(0, -1), read.at(-1)]).toEqual([
      ...names.slice(0, read.length - 1),
      'last.nl',
    ]);
    expect(faults).toMatchObject([{ line: 1, fault: 'line-too-long' }]);
  });

  test('that is one word is told, and what stands before and after it is read', () => {
    const { names, faults } = readList(
      `a.nl\nb${' '.repeat(60_000)}c\n${'d'.repeat(60_000)}\ne.nl`,
    );
    expect(names).toEqual(['a.nl', 'e.nl']);
    expect(faults.map(({ line, fault }) => [line, fault])).toContainEqual([2, 'line-too-long']);
    expect(faults.map(({ line, fault }) => [line, fault])).toContainEqual([3, 'line-too-long']);
    for (const { typed } of faults) expect(typed.length).toBeLessThan(100);
  });

  test('that is a comment is told as well: names may stand behind', () => {
    const read = readListLine(`# ${'x'.repeat(20_000)}`, 7, false);
    expect(read).toMatchObject({ kind: 'names', names: [], faults: [{ fault: 'line-too-long' }] });
  });
});

test('what is typed for a domain may be a long link, and not longer', () => {
  const link = (length: number) => `https://example.nl/${'a'.repeat(length)}`;
  expect(parseDomainInput(link(1000))).toMatchObject({ ok: true, domain: 'example.nl' });
  expect(parseDomainInput(link(typedCharactersMost))).toMatchObject({ fault: 'too-long' });
});

test('TLSA lines beside one that is too long are read', () => {
  const lines = readTlsaLines(`3 1 1 ${'ab'.repeat(tlsaCharactersMost)}\n3 1 1 ${'ab'.repeat(32)}`);
  expect(lines.map(({ result }) => result.ok)).toEqual([false, true]);
});

test('a certificate is not looked into where it is larger than any', () => {
  expect(readCertificate(new Uint8Array(certificateOctetsMost + 1).fill(0x30)).ok).toBe(false);
});

test('a moment that no date can hold is none', () => {
  const row = { domain: 'a.nl', standing: 'dane', mx: 'hosts', mxHosts: 1, dnssec: 'secure' };
  const rest = { dane: 'all-hosts', sts: 'absent', tlsRpt: 'absent' };
  const rowAt = (checkedAtSeconds: number) => readRow({ ...row, ...rest, checkedAtSeconds });
  expect(rowAt(1_750_000_000)).toBeDefined();
  expect(rowAt(8_640_000_000_001)).toBeUndefined();
  expect(rowAt(-1)).toBeUndefined();
  const recordingAt = (at: number) => JSON.stringify({ format: 1, domain: 'a.nl', at, l: [] });
  expect(parseRecording(recordingAt(8_640_000_000_000))).toBeDefined();
  expect(parseRecording(recordingAt(8_640_000_000_001))).toBeUndefined();
});

describe('unpacking', () => {
  /** Makes a thousand octets of each, and counts what it was given. */
  function inflater() {
    let taken = 0;
    const stream = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        taken += chunk.length;
        controller.enqueue(new Uint8Array(chunk.length * 1000));
      },
    });
    return { stream: stream as ReadableWritablePair<Uint8Array, BufferSource>, taken: () => taken };
  }

  test('takes in no more than a slice beyond what it may give', async () => {
    const { stream, taken } = inflater();
    expect(await throughBounded(new Uint8Array(1_000_000), stream, 500_000)).toBeUndefined();
    expect(taken()).toBeLessThanOrEqual(3 * 2048);
  });

  test.each([0, 1, 2047, 2048, 2049, 100_000])('gives back all of %i octets', async (length) => {
    const octets = Uint8Array.from({ length }, (_, index) => index % 251);
    const same = new TransformStream<Uint8Array, Uint8Array>();
    const stream = same as ReadableWritablePair<Uint8Array, BufferSource>;
    expect(await throughBounded(octets, stream, 100_000)).toEqual(octets);
  });

  test('rejects what is damaged', async () => {
    const stream = new DecompressionStream('gzip');
    await expect(throughBounded(new Uint8Array(5000), stream, 10_000)).rejects.toThrow();
  });

  test('a link that is longer than any of ours is not even decoded', async () => {
    expect(await unpackRecording('A'.repeat(10_000_000))).toBeUndefined();
  });
});
