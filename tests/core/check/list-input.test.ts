import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linesOf, mostNames } from '../../../src/core/check/list-input.ts';
import { readList } from '../../read-list.ts';

describe('a list as people have it', () => {
  test.each([
    ['one a line', 'a.nl\nb.nl\r\nc.nl\rd.nl', ['a.nl', 'b.nl', 'c.nl', 'd.nl']],
    ['a byte order mark first', '\ufeffa.nl', ['a.nl']],
    ['comments', '# x\na.nl # why\n; y\n// z', ['a.nl']],
    ['doubles, however written', 'a.nl\nA.NL\nx@a.nl\nhttps://a.nl/', ['a.nl']],
    ['mail addresses', 'Jan <jan@a.nl>\nmailto:b@b.nl', ['a.nl', 'b.nl']],
    ['names of other scripts', 'bücher.example\nxn--bcher-kva.example', ['xn--bcher-kva.example']],
    ['a list on one line', 'a.nl, b.nl;c.nl\td.nl', ['a.nl', 'b.nl', 'c.nl', 'd.nl']],
    ['words with blanks between', 'a.nl b.nl', ['a.nl', 'b.nl']],
    ['a table with a heading', 'naam;domein\n"X; Y";a.nl\nZ;b.nl', ['a.nl', 'b.nl']],
    ['a table of ranks', '1,a.nl\n2,b.nl', ['a.nl', 'b.nl']],
    ['a heading of one column', 'domein\na.nl', ['a.nl']],
    ['words and commas on one line', 'a.nl b.nl,c.nl', ['a.nl', 'b.nl', 'c.nl']],
    [
      'JSON Lines, rows of an earlier run among them',
      '"a.nl"\n{"line":2,"domain":"b.nl","mx":"hosts"}',
      ['a.nl', 'b.nl'],
    ],
    ['soft hyphens and blanks without width', 'a.nl\u200b\n\ufeffb\u00ad.nl', ['a.nl', 'b.nl']],
    ['nothing', '', []],
  ])('%s', (_, text, names) => {
    const reading = readList(text);
    expect(reading.names).toEqual(names);
    expect(reading.faults).toEqual([]);
  });

  test('what is no domain is told with its line and what stood there; the rest is kept', () => {
    const { names, faults } = readList('a.nl\nlocalhost\n192.0.2.1\n<script>\0\nb.nl and c.nl\n');
    expect(names).toEqual(['a.nl', 'b.nl', 'c.nl']);
    expect(faults).toEqual([
      { line: 2, typed: 'localhost', fault: 'local-name' },
      { line: 3, typed: '192.0.2.1', fault: 'ip-address' },
      { line: 4, typed: '<script>\0', fault: 'not-a-domain' },
      { line: 5, typed: 'and', fault: 'one-label' },
    ]);
  });

  test('a name without a dot later on is a fault, not a heading', () => {
    expect(readList('a.nl\ndomein').faults).toHaveLength(1);
  });

  test.each(['""', '" "', '"",""', '{"domain":""}'])('%s is a fault, not nothing', (line) => {
    expect(readList(`a.nl\n${line}`).faults).toHaveLength(1);
  });

  test('beyond the most it counts what is left out', () => {
    const text = Array.from({ length: mostNames + 5 }, (_, n) => `n${n}.nl`).join('\n');
    const { names, leftOut } = readList(text);
    expect(names).toHaveLength(mostNames);
    expect(leftOut).toBe(5);
  });

  test('every line is accounted for, whatever it holds', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.domain(), fc.emailAddress())), (lines) => {
        const text = lines.join('\n');
        const { names, faults, doubles, comments, headings } = readList(text);
        const wordless = linesOf(text).filter((line) => line.replace(/^\ufeff/, '').trim() === '');
        const accounted = names.length + faults.length + doubles + comments + headings;
        expect(accounted + wordless.length).toBeGreaterThanOrEqual(linesOf(text).length);
      }),
    );
  });
});
