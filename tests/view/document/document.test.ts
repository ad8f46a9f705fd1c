/** A paper as files: an archive that others read, and the same words in both. */
import { expect, test } from 'vitest';
import { htmlOf } from '../../../src/view/document/html.ts';
import { odtOf } from '../../../src/view/document/odt.ts';
import type { Paper } from '../../../src/view/document/paper.ts';
import { crc32, zipOf } from '../../../src/view/document/zip.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const paper: Paper = {
  lang: 'nl',
  title: 'Wachten & <doorgaan>',
  made: '2026-11-29T00:00:00',
  blocks: [
    { kind: 'heading', text: 'Uw “uitkomst”' },
    { kind: 'list', items: ['één', 'twee\u0007'] },
    {
      kind: 'table',
      widths: [2, 1],
      head: ['Bevinding', 'Gewicht'],
      rows: [[['1. a < b'], ['2', '3']]],
    },
  ],
};

test('the checksum is that of ISO 3309', () => {
  expect(crc32(utf8('123456789'))).toBe(0xcbf43926);
  expect(crc32(utf8(''))).toBe(0);
});

test('the directory at the end leads to each entry, with its checksum and its octets', () => {
  const given = [
    { name: 'mimetype', octets: utf8('a/b') },
    { name: 'x/e', octets: utf8('één') },
  ];
  const archive = zipOf(given);
  const view = new DataView(archive.buffer);
  const end = archive.length - 22;
  expect(view.getUint32(end, true)).toBe(0x06054b50);
  expect(view.getUint16(end + 10, true)).toBe(given.length);
  let at = view.getUint32(end + 16, true);
  for (const { name, octets } of given) {
    expect(view.getUint32(at, true)).toBe(0x02014b50);
    const [checksum, size, letters] = [
      view.getUint32(at + 16, true),
      view.getUint32(at + 20, true),
      view.getUint16(at + 28, true),
    ];
    const entry = view.getUint32(at + 42, true);
    expect(view.getUint32(entry, true)).toBe(0x04034b50);
    const start = entry + 30 + letters;
    expect(new TextDecoder().decode(archive.subarray(entry + 30, start))).toBe(name);
    expect(archive.subarray(start, start + size)).toEqual(octets);
    expect(checksum).toBe(crc32(octets));
    at += 46 + letters;
  }
  expect(at).toBe(end);
});

test('an OpenDocument file begins with its type, and names its language and styles', () => {
  const text = new TextDecoder().decode(odtOf(paper, Uint8Array.of(1)));
  expect(text.slice(30, 77)).toBe('mimetypeapplication/vnd.oasis.opendocument.text');
  for (const part of [
    'fo:language="nl"',
    '<dc:language>nl-NL</dc:language>',
    'text:outline-level="1">Wachten &#38; &#60;doorgaan&#62;<',
    '<text:list ',
    '<table:table-header-rows>',
  ])
    expect(text).toContain(part);
});

test('a page of it has its language, and both say the same words, without what XML forbids', () => {
  const html = htmlOf(paper);
  expect(html).toContain('<html lang="nl">');
  const words = (text: string) =>
    text
      .replace(/<style>[\s\S]*<\/style>|<title>.*<\/title>|<[^>]*>/g, ' ')
      .split(/\s+/)
      .filter(Boolean);
  const content = /<office:text>[\s\S]*<\/office:text>/.exec(
    new TextDecoder().decode(odtOf(paper, Uint8Array.of(1))),
  );
  expect(words(content?.[0] ?? '')).toEqual(words(html));
  expect(words(html)).toContain('twee');
});
