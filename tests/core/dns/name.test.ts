import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concatOctets } from '../../../src/core/dns/octets.ts';
import {
  commonAncestor,
  compareNames,
  decodeName,
  encodeName,
  isSubdomainOf,
  nameOf,
  parentOf,
  parseName,
  prefixName,
  suffixOf,
  wildcardOf,
} from '../../../src/core/dns/name.ts';

describe('parseName', () => {
  test.each([
    ['Example.NL.', 'example.nl'],
    ['example.nl', 'example.nl'],
    ['.', '.'],
    ['*.w.example', '*.w.example'],
    ['\\090.example', 'z.example'],
    ['a\\.b.example', 'a\\046b.example'],
    ['\\200.example', '\\200.example'],
  ])('reads %s as %s', (text, name) => {
    expect(parseName(text)).toMatchObject({ ok: true, value: name });
  });

  test.each([
    ['', 'empty'],
    ['a..b', 'empty-label'],
    ['.a', 'empty-label'],
    ['..', 'empty-label'],
    [`${'a'.repeat(64)}.nl`, 'label-too-long'],
    [Array.from({ length: 130 }, () => 'a').join('.'), 'name-too-long'],
    ['a\\', 'bad-escape'],
    ['a\\25.nl', 'bad-escape'],
    ['a\\256.nl', 'bad-escape'],
    ['café.nl', 'not-ascii'],
  ])('refuses %s as %s', (text, code) => {
    expect(parseName(text)).toMatchObject({ ok: false, problems: [{ code }] });
  });
});

describe('a name on the wire', () => {
  const label = fc.uint8Array({ minLength: 1, maxLength: 20 });
  test('comes back the same, but for case, whatever octets its labels hold', () => {
    fc.assert(
      fc.property(fc.array(label, { maxLength: 10 }), (labels) => {
        const octets = Uint8Array.from([...labels.flatMap((l) => [l.length, ...l]), 0]);
        const decoded = decodeName(octets, 0)!;
        expect(decoded.end).toBe(octets.length);
        expect(concatOctets(decoded.parts)).toEqual(octets);
        expect(parseName(decoded.name)).toMatchObject({ ok: true, value: decoded.name });
        expect(decodeName(encodeName(decoded.name), 0)!.name).toBe(decoded.name);
      }),
      { seed: 20261123 },
    );
  });

  test('refuses a pointer that leads to itself, forwards, or round in a loop', () => {
    expect(decodeName(Uint8Array.of(0xc0, 0), 0)).toBeUndefined();
    expect(decodeName(Uint8Array.of(0xc0, 2, 0), 0)).toBeUndefined();
    expect(decodeName(Uint8Array.of(1, 0x61, 0xc0, 0), 0)).toBeUndefined();
  });

  test('follows a pointer backwards', () => {
    const octets = Uint8Array.of(2, 0x6e, 0x6c, 0, 1, 0x61, 0xc0, 0);
    expect(decodeName(octets, 4)).toMatchObject({ name: 'a.nl', end: 8 });
  });

  test('refuses a chain of many pointers, a cut label, and a name of 256 octets', () => {
    const chain = [
      0,
      ...Array.from({ length: 40 }, (_, i) => [0xc0, i === 0 ? 0 : 2 * i - 1]).flat(),
    ];
    expect(decodeName(Uint8Array.from(chain), chain.length - 2)).toBeUndefined();
    expect(decodeName(Uint8Array.of(5, 0x61), 0)).toBeUndefined();
    const long = [
      ...Array.from({ length: 4 }, () => [63, ...Array<number>(63).fill(97)]).flat(),
      0,
    ];
    expect(decodeName(Uint8Array.from(long), 0)).toBeUndefined();
  });
});

describe('canonical order', () => {
  test('is that of the example in RFC 4034 §6.1', () => {
    const ordered = [
      'example',
      'a.example',
      'yljkjljk.a.example',
      'Z.a.example',
      'zABC.a.EXAMPLE',
      'z.example',
      '\\001.z.example',
      '*.z.example',
      '\\200.z.example',
    ].map(nameOf);
    expect(ordered.toReversed().toSorted(compareNames)).toEqual(ordered);
  });
});

describe('relations between names', () => {
  test('a name is below itself and its ancestors, and not below a name that only ends alike', () => {
    expect(isSubdomainOf(nameOf('a.example.nl'), nameOf('example.nl'))).toBe(true);
    expect(isSubdomainOf(nameOf('example.nl'), nameOf('example.nl'))).toBe(true);
    expect(isSubdomainOf(nameOf('badexample.nl'), nameOf('example.nl'))).toBe(false);
    expect(isSubdomainOf(nameOf('nl'), nameOf('.'))).toBe(true);
  });

  test('parent, suffix, wildcard, common ancestor', () => {
    expect(parentOf(nameOf('nl'))).toBe('.');
    expect(parentOf(nameOf('.'))).toBe('.');
    expect(suffixOf(nameOf('a.b.c'), 2)).toBe('b.c');
    expect(wildcardOf(nameOf('.'))).toBe('*');
    expect(commonAncestor(nameOf('a.b.c'), nameOf('x.b.c'))).toBe('b.c');
    expect(commonAncestor(nameOf('a.b'), nameOf('x.c'))).toBe('.');
  });

  test('labels before a name that is full already make no name', () => {
    const full = nameOf(Array.from({ length: 127 }, () => 'a').join('.'));
    expect(prefixName(['b'], full)).toBeUndefined();
    expect(wildcardOf(full)).toBeUndefined();
  });
});
