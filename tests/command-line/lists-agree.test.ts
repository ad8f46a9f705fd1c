/** One list, one result: what the site reads of an odd file and what `check --list` measures of it. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readLines } from '../../src/command-line/files.ts';
import type { Terminal } from '../../src/command-line/terminal.ts';
import { decoderOf } from '../../src/world/files/encoding.ts';
import { readList } from '../read-list.ts';
import { speak } from './spoken.ts';

interface ListCase {
  readonly title: string;
  readonly text: string | Uint8Array;
  readonly names: readonly string[];
  /** Line and fault. */
  readonly faults?: readonly (readonly [line: number, fault: string])[];
  readonly doubles?: number;
}

const utf16 = (text: string, isBig = false): Uint8Array => {
  const octets = Buffer.from(`\ufeff${text}`, 'utf16le');
  return new Uint8Array(isBig ? octets.swap16() : octets);
};
const utf32 = (text: string, isBig = false): Uint8Array => {
  const octets = Buffer.alloc(4 * [...text].length);
  for (const [at, each] of [...text].entries()) octets.writeUInt32LE(each.codePointAt(0)!, 4 * at);
  return new Uint8Array(isBig ? octets.swap32() : octets);
};
/** Without the mark, which is told by the zeros around ASCII. */
const unmarked = (octets: Uint8Array, mark: number): Uint8Array => octets.slice(mark);
const wideText = 'domein\tnaam\r\nbücher.nl\tX\r\na.nl\t😀\r\n';
const wideNames = ['xn--bcher-kva.nl', 'a.nl'];
const many = Array.from({ length: 40 }, (_, index) => `n${index}.example.nl`);

const cases: readonly ListCase[] = [
  {
    title: 'a byte order mark, and a heading behind it',
    text: '\ufeffDomein\r\na.nl\r\nb.nl\r\n',
    names: ['a.nl', 'b.nl'],
  },
  {
    title: 'UTF-16, as a spreadsheet saves it',
    text: utf16('domein\tnaam\r\nbücher.nl\tX\r\n'),
    names: ['xn--bcher-kva.nl'],
  },
  {
    title: 'UTF-16 with the large octet first',
    text: utf16('a.nl\r\nb.nl', true),
    names: ['a.nl', 'b.nl'],
  },
  ...[false, true].flatMap((isBig) => [
    {
      title: `UTF-16 without a mark, ${isBig ? 'large' : 'small'} octet first`,
      text: unmarked(utf16(wideText, isBig), 2),
      names: wideNames,
    },
    {
      title: `UTF-32, ${isBig ? 'large' : 'small'} octet first`,
      text: utf32(`\ufeff${wideText}`, isBig),
      names: wideNames,
    },
    {
      title: `UTF-32 without a mark, ${isBig ? 'large' : 'small'} octet first`,
      text: utf32(wideText, isBig),
      names: wideNames,
    },
  ]),
  {
    title: 'UTF-32 with a number that is no character, and cut off',
    text: Uint8Array.from([
      ...utf32('a.nl\nb'),
      ...[0xff, 0xff, 0xff, 0xff],
      ...utf32('.nl\nc.nl\n'),
      ...[0x64, 0],
    ]),
    names: ['a.nl', 'c.nl'],
    faults: [
      [2, 'not-a-domain'],
      [4, 'not-a-domain'],
    ],
  },
  { title: 'line ends of CR alone', text: 'a.nl\rb.nl\r\rc.nl\r', names: ['a.nl', 'b.nl', 'c.nl'] },
  {
    title: 'all line ends mixed, and a fault on the right line',
    text: 'a.nl\r\n\r\nb.nl\rc.nl\n!\n',
    names: ['a.nl', 'b.nl', 'c.nl'],
    faults: [[5, 'not-a-domain']],
  },
  {
    title: 'tabs',
    text: 'rank\tdomain\n1\ta.nl\n2\tb.nl\t\n\tc.nl\n',
    names: ['a.nl', 'b.nl', 'c.nl'],
  },
  {
    title: 'commas and semicolons on one line',
    text: 'a.nl,b.nl; c.nl ,\td.nl;',
    names: ['a.nl', 'b.nl', 'c.nl', 'd.nl'],
  },
  {
    title: 'quoted cells with separators and doubled quotes',
    text: '"naam";"domein"\n"Jansen; ""Jan""";"a.nl"\n"b.nl","x, y"\n',
    names: ['a.nl', 'b.nl'],
  },
  { title: 'headings of one column', text: 'E-mailadres\nx@a.nl\n', names: ['a.nl'] },
  {
    title: 'a heading that comes too late',
    text: 'a.nl\nDomein\n',
    names: ['a.nl'],
    faults: [[2, 'one-label']],
  },
  {
    title: 'doubles by case, final dot, U-label and address',
    text: 'Bücher.nl\nXN--BCHER-KVA.NL.\nbu\u0308cher.nl\nx@bücher.nl\n',
    names: ['xn--bcher-kva.nl'],
    doubles: 3,
  },
  {
    title: 'mail addresses as address books write them',
    text: '"Jansen, Jan" <jan@a.nl>\nJan <jan@b.nl>; Piet <piet@c.nl>\nmailto:x@d.nl?subject=y\n',
    names: ['a.nl', 'b.nl', 'c.nl', 'd.nl'],
  },
  {
    title: 'links with ports, users and paths; a name with a port',
    text: 'https://a.nl:8443/x?y#z\nhttp://u:p@b.nl:80\nftp://c.nl\nd.nl:25\n',
    names: ['a.nl', 'b.nl', 'c.nl'],
    faults: [[4, 'not-a-domain']],
  },
  {
    title: 'wildcards',
    text: '*.a.nl\n*\nb.*.nl\na.nl',
    names: ['a.nl'],
    faults: [
      [1, 'not-a-domain'],
      [2, 'not-a-domain'],
      [3, 'not-a-domain'],
    ],
  },
  {
    title: 'IP addresses and networks',
    text: '192.0.2.1\n2001:db8::1\n[192.0.2.1]\n192.0.2.1:25\n10.0.0.0/8\n１９２.0.2.1\n',
    names: [],
    faults: [
      [1, 'ip-address'],
      [2, 'ip-address'],
      [3, 'ip-address'],
      [4, 'ip-address'],
      [5, 'not-a-domain'],
      [6, 'ip-address'],
    ],
  },
  {
    title: 'what nobody sees: left out as browsers do, or refused',
    text: 'a\u00adb.nl\na\u202eb.nl\n\u200bc.nl\na\u{e0001}b.nl\nd.nl\u061c\n\u200b\n',
    names: ['ab.nl', 'c.nl'],
    faults: [
      [2, 'invisible-character'],
      [4, 'invisible-character'],
      [5, 'invisible-character'],
    ],
  },
  {
    title: 'empty lines, blanks of many kinds',
    text: '\n \n\t\n\u00a0\n\u3000a.nl\u2003\n\n',
    names: ['a.nl'],
  },
  {
    title: 'other scripts, and letters that look alike',
    text: 'exаmple.nl\nпример.рф\n例え.jp\nｅｘａｍｐｌｅ.nl\n',
    names: ['xn--exmple-4nf.nl', 'xn--e1afmkfd.xn--p1ai', 'xn--r8jz45g.jp', 'example.nl'],
  },
  {
    title: 'punctuation behind names',
    text: 'a.nl,\nb.nl;\nc.nl.\nd.nl..\ne.nl!\n(f.nl)\n',
    names: ['a.nl', 'b.nl', 'c.nl'],
    faults: [
      [4, 'not-a-domain'],
      [5, 'not-a-domain'],
      [6, 'not-a-domain'],
    ],
  },
  {
    title: 'comments before and behind names',
    text: '# x.nl\n; y.nl\n// z.nl\na.nl # why\nb.nl // because\nc.nl#d\nhttps://d.nl//x\n',
    names: ['a.nl', 'b.nl', 'd.nl'],
    faults: [[6, 'not-a-domain']],
  },
  {
    title: 'five thousand lines, most of them there before',
    text: Array.from({ length: 5000 }, (_, index) => many[index % many.length]).join('\r\n'),
    names: many,
    doubles: 4960,
  },
  {
    title: 'a line without end',
    text: `a.nl\n${'x'.repeat(200_000)}\r\nb.nl\r\n`,
    names: ['a.nl', 'b.nl'],
    faults: [[2, 'line-too-long']],
  },
  {
    title: 'octets that are no UTF-8, also at the end',
    text: Uint8Array.from([...Buffer.from('a.nl\nb\xfc.nl\nc.nl\xc3', 'latin1')]),
    names: ['a.nl'],
    faults: [
      [2, 'not-a-domain'],
      [3, 'not-a-domain'],
    ],
  },
  { title: 'nothing but a comment', text: '# nothing', names: [] },
];

let server: Server;
let resolver: string;
beforeAll(async () => {
  // Says of every question that it failed: what is measured does not matter here.
  server = createServer((request, response) => {
    const query = Buffer.from(
      new URL(request.url ?? '', 'http://x').searchParams.get('dns') ?? '',
      'base64url',
    );
    query[2] = (query[2] ?? 0) | 0x80;
    query[3] = 2;
    response.writeHead(200, { 'content-type': 'application/dns-message' });
    response.end(query);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  resolver = `http://127.0.0.1:${(server.address() as AddressInfo).port}/dns-query`;
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

interface Line {
  readonly line: number;
  readonly domain?: string;
  readonly typed?: string;
  readonly fault?: string;
}

test.each(cases)('$title', async ({ text, names, faults = [], doubles = 0 }) => {
  const octets = typeof text === 'string' ? new Uint8Array(Buffer.from(text)) : text;
  // As `Lists.svelte` takes a file.
  const site = readList(decoderOf(octets).decode(octets));
  expect(site.names).toEqual(names);
  expect(site.faults.map(({ line, fault }) => [line, fault])).toEqual(faults);
  expect(site.doubles).toBe(doubles);
  const { out, err } = await speak(
    ['check', '--list', '-', '--resolver', resolver, '--lang', 'en'],
    // In two chunks, cut where a line end or a character may be cut.
    {
      chunks: [
        octets.subarray(0, Math.ceil(octets.length / 2)),
        octets.subarray(Math.ceil(octets.length / 2)),
      ],
    },
  );
  const lines = out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
  expect(lines.flatMap(({ domain }) => domain ?? []).toSorted()).toEqual(names.toSorted());
  expect(
    lines.flatMap(({ line, typed, fault }) =>
      fault === undefined ? [] : [{ line, typed, fault }],
    ),
  ).toEqual(site.faults);
  expect(err).toContain(`${doubles.toLocaleString('en')} repeated`);
});

const cutText = 'é.nl\r\nb.nl\rc.nl\r\n!\r\n';
const isLine = ['xn--9ca.nl', 'b.nl', 'c.nl', '!'];
test('every place where a chunk of standard input may be cut gives the same lines', async () => {
  const octets = new Uint8Array(Buffer.from(cutText));
  for (let at = 1; at < octets.length; at += 1) {
    const { out } = await speak(['check', '--list', '-', '--resolver', resolver], {
      chunks: [octets.subarray(0, at), octets.subarray(at)],
    });
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);
    expect(lines.map(({ line, domain, typed }) => [line, domain ?? typed]).toSorted()).toEqual(
      isLine.map((each, index) => [index + 1, each]),
    );
  }
}, 60_000);

test.each([
  ['UTF-16', utf16(cutText)],
  ['UTF-16 without a mark', utf16(cutText.replace('é', 'e')).slice(2)],
  ['UTF-32', utf32(`\ufeff${cutText}`, true)],
])('and so does every place in %s', async (_, octets) => {
  for (let at = 1; at < octets.length; at += 1) {
    const lines: string[] = [];
    const input = Readable.from([octets.subarray(0, at), octets.subarray(at)]);
    for await (const line of readLines('-', { input } as Pick<Terminal, 'input'> as Terminal))
      lines.push(line.replace('\ufeff', ''));
    expect(lines.map((line) => line.replace('e.nl', 'é.nl'))).toEqual(['é.nl', ...isLine.slice(1)]);
  }
});
