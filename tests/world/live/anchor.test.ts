/** Trust anchors as people keep them: what is read, and what is refused, each with its reason. */
import { describe, expect, test } from 'vitest';
import { parseAnchors } from '../../../src/world/live/anchor.ts';

const [sha1, sha256, sha384] = ['ab'.repeat(20), 'ab'.repeat(32), 'ab'.repeat(48)];
const ds = `20326 8 2 ${sha256}`;
const key = 'AwEAAaz/tAm8yTn4Mfeh5eyI96WSVexTBAvkMgJzkKTOiW1vkIbzxeF3';

describe('trust anchors are read', () => {
  test.each([
    ['with class', `. IN DS ${ds}`, ['. DS']],
    ['with TTL and class', `. 172800 IN DS ${ds}`, ['. DS']],
    ['with class and TTL', `. IN 172800 DS ${ds}`, ['. DS']],
    ['with a TTL in units and the class by number', `. 2d CLASS1 DS ${ds}`, ['. DS']],
    ['with neither', `nl. DS ${ds}`, ['nl DS']],
    ['in lower case', `. in ds ${ds}`, ['. DS']],
    ['with each digest', `. DS 1 8 1 ${sha1}\n. DS 1 8 4 ${sha384}`, ['. DS', '. DS']],
    ['with a digest of a type that is not known', '. DS 1 8 9 ab', ['. DS']],
    ['as a key', `. IN DNSKEY 257 3 8 ${key}`, ['. DNSKEY']],
    [
      'as a key, with what Unbound keeps beside it',
      `. IN DNSKEY 257 3 8 ${key} ;{id = 1}`,
      ['. DNSKEY'],
    ],
    ['in lines that end as on old Macs', `. DS ${ds}\r. DS ${ds}`, ['. DS', '. DS']],
    ['in lines that end as on Windows', `. DS ${ds}\r\n\r\n. DS ${ds}\r\n`, ['. DS', '. DS']],
    [
      'in brackets over lines, with comments',
      `. IN DS 20326 8 2 ( ${'ab'.repeat(16)} ; half\n  ${'ab'.repeat(16)} )\n. DS ${ds}`,
      ['. DS', '. DS'],
    ],
    ['in brackets from the class on', `. (IN\nDS\n20326 8 2 ${sha256})`, ['. DS']],
  ])('%s', (_, text, expected) => {
    const read = parseAnchors(text);
    expect(read.ok && read.value.map(({ name, type }) => `${name} ${type}`)).toEqual(expected);
  });
});

describe('trust anchors are refused', () => {
  test.each([
    ['that are none', '; nothing\n', 'no-anchor'],
    ['of other types', `. IN A 192.0.2.1`, 'not-a-record'],
    ['without a name', `IN DS ${ds}`, 'no-name'],
    ['without a name, with a TTL', `3600 IN DS ${ds}`, 'no-name'],
    ['without a name or class', `DNSKEY 257 3 8 ${key}`, 'no-name'],
    ['with a name that is none', `a..nl. IN DS ${ds}`, 'bad-name'],
    ['of another class', `. CH DS ${ds}`, 'bad-head'],
    ['of another class by number', `. CLASS3 DS ${ds}`, 'bad-head'],
    ['with words that are none', `. x y DS ${ds}`, 'bad-head'],
    ['with the class twice', `. IN IN DS ${ds}`, 'bad-head'],
    ['with numbers out of range', `. DS 65536 8 2 ${sha256}`, 'bad-data'],
    ['with half an octet', `. DS 1 8 2 ${sha256}a`, 'bad-data'],
    ['with a digest cut off', '. DS 1 8 2 ab', 'bad-digest'],
    ['with SHA-1 called SHA-256', `. DS 1 8 2 ${sha1}`, 'bad-digest'],
    ['with SHA-256 called SHA-1', `. DS 1 8 1 ${sha256}`, 'bad-digest'],
    ['with SHA-256 called SHA-384', `. DS 1 13 4 ${sha256}`, 'bad-digest'],
    ['that were revoked', `. DNSKEY 385 3 8 ${key}`, 'revoked'],
    ['that were revoked, of a key for data', `. DNSKEY 384 3 8 ${key}`, 'revoked'],
    ['of a key that signs no zone', `. DNSKEY 1 3 8 ${key}`, 'not-a-zone-key'],
    ['of another protocol', `. DNSKEY 257 2 8 ${key}`, 'not-a-zone-key'],
    ['beside one that is right', `. DS ${ds}\r. DS 1 8 2 ab`, 'bad-digest'],
    ['in a bracket that is not closed', `. DS 1 8 2 ( ${sha256}\n. DS ${ds}`, 'bad-data'],
  ])('%s', (_, text, code) => {
    const read = parseAnchors(text);
    expect(read.ok ? [] : read.problems.map((problem) => problem.code)).toEqual([code]);
  });
});
