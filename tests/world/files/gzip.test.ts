/** Ends of members are found by our own reading of DEFLATE: held against zlib over many kinds of data. */
import { constants, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unpackGzip } from '../../../src/world/files/gzip.ts';

const most = 10_000_000;
const text = 'the quick brown fox jumps over the lazy dog. '.repeat(2000);
const noise = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 7919 * index) >> 5);

test.each([
  ['nothing', ''],
  ['an octet', 'x'],
  ['text', text],
  ['noise', noise],
  ['zeros', new Uint8Array(1_000_000)],
  ['text and noise', Buffer.concat([Buffer.from(text), noise])],
])('%s in every way that zlib packs it', async (_, data) => {
  const plain = new Uint8Array(Buffer.from(data));
  for (const level of [0, 1, 6, 9])
    for (const strategy of [
      constants.Z_DEFAULT_STRATEGY,
      constants.Z_FILTERED,
      constants.Z_HUFFMAN_ONLY,
      constants.Z_RLE,
      constants.Z_FIXED,
    ]) {
      const one = gzipSync(plain, { level, strategy });
      const packed = new Uint8Array(Buffer.concat([one, one, Buffer.from('\0\0rest')]));
      const read = await unpackGzip(packed, most);
      if (!read.ok) throw new Error(`${level}, ${strategy}: ${read.situation}`);
      expect(read.trailingOctets).toBe(4);
      expect(Buffer.compare(read.octets, Buffer.concat([plain, plain]))).toBe(0);
    }
});

test('any parts in any number come out as one', async () => {
  const parts = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(parts, async (given) => {
      const packed = new Uint8Array(Buffer.concat(given.map((part) => gzipSync(part))));
      const read = await unpackGzip(packed, most);
      expect(read.ok && Buffer.compare(read.octets, Buffer.concat(given)) === 0).toBe(true);
    }),
    { seed: 1952, numRuns: 200 },
  );
});

test('a cut or a changed octet is never read as something else', async () => {
  const packed = new Uint8Array(Buffer.concat([gzipSync('{"a": 1,'), gzipSync('"b": 2}')]));
  for (let at = 0; at < packed.length; at += 1) {
    const cut = await unpackGzip(packed.subarray(0, at), most);
    const whole = cut.ok && cut.octets.length === 15 && cut.trailingOctets === 0;
    expect(whole, `cut at ${at}`).toBe(false);
    const changed = packed.slice();
    changed[at] = (changed[at] ?? 0) ^ 0xff;
    const read = await unpackGzip(changed, most);
    const plain = read.ok ? new TextDecoder().decode(read.octets) : '';
    // Time, system and flags of the header carry no sum; a second member whose mark is gone is garbage.
    expect(['', '{"a": 1,"b": 2}', '{"a": 1,'], `changed at ${at}`).toContain(plain);
    if (read.ok && plain === '{"a": 1,') expect(read.trailingOctets).toBeGreaterThan(0);
  }
});

test('the limit holds over all members together', async () => {
  const packed = new Uint8Array(Buffer.concat([gzipSync('12345'), gzipSync('67890')]));
  expect(await unpackGzip(packed, 10)).toMatchObject({ ok: true });
  expect(await unpackGzip(packed, 9)).toEqual({ ok: false, situation: 'too-large' });
});

test('what is packed densely and large is looked through in time that grows with it', async () => {
  const time = async (octets: number) => {
    const packed = new Uint8Array(gzipSync(noise.slice(0, 64), { level: 0 }));
    const many = new Uint8Array(octets).fill(0xaa);
    many.set(packed.subarray(0, 10));
    const { user } = process.cpuUsage();
    await unpackGzip(many, most);
    return process.cpuUsage().user - user;
  };
  await time(100_000);
  const short = await time(400_000);
  expect(await time(4_000_000)).toBeLessThan(40 * Math.max(short, 20_000));
});
