/**
 * What strangers write (certificates, reports, policies, lists, scenarios, names of files, words of servers)
 * is printed by every command without one raw control and without a line that looks like ours.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { connectionsJson, sayConnections, type Connected } from '../../src/command-line/connect.ts';
import { start } from '../../src/command-line/main.ts';
import {
  harmless,
  harmlessJson,
  lineCharactersMost,
  printed,
} from '../../src/command-line/terminal.ts';
import type { Certificate } from '../../src/core/pkix/certificate.ts';
import { nameOf } from '../../src/core/dns/name.ts';
import { readScenarios } from '../../src/site/scenarios/read.ts';
import { readWords } from '../../src/command-line/read-messages.ts';
import { sayWith } from '../../src/view/messages/say.ts';
import { causesOf } from '../strangers/node-parsers.ts';
import { speak, type Spoken } from './spoken.ts';

/** Each hides, moves, colours, reorders or breaks; behind each stands a line that would be forged. */
const signs = [
  ...[
    '\n',
    '\r',
    '\r\n',
    '\t',
    '\v',
    '\f',
    '\b',
    '\x7f',
    '\x1b[2K',
    '\x1b]0;x\x07',
    '\x85',
    '\x9b1A',
  ],
  ...['\u2028', '\u2029', '\u061c', '\u200e', '\u200f', '\u202a', '\u202e', '\u2066', '\u2069'],
  ...[
    '\u00ad',
    '\u034f',
    '\u180e',
    '\u200b',
    '\u200d',
    '\u2060',
    '\ufeff',
    '\ufe0f',
    '\u115f',
    '\u3164',
  ],
  ...[
    '\uffa0',
    '\u2800',
    '\ufff9',
    '\u{e0041}',
    '\u{e0100}',
    '\u{f0000}',
    '\ue000',
    '\ufffe',
    '\u0378',
  ],
];
const hostile = signs.map((sign) => `x${sign}FORGED: well`).join('');

const raw = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u;

function expectHarmless(text: string): void {
  for (const line of text.split('\n')) {
    expect(line).not.toMatch(raw);
    expect(line).not.toMatch(/^\s*(?:[-;\d.]+\s*)?FORGED/);
  }
}

let folder: string;
const write = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

beforeAll(() => {
  // The name of the folder is in every message about a file.
  const above = mkdtempSync(join(tmpdir(), 'sts-dane-hostile-'));
  folder = join(above, 'a\nFORGED: well\x1b[2K\u202e\u061c\r');
  mkdirSync(folder);
});
afterAll(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

/** A certificate whose names hold what no tool writes: placeholders of the same length, then changed. */
function hostileCertificate(): Uint8Array {
  const place = (count: number) => 'Q'.repeat(count);
  const names = [
    `mx${place(1)}FORGED.test`,
    `mx${place(2)}FORGED.test`,
    `mx${place(4)}FORGED.test`,
  ];
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
      ...['-keyout', '/dev/null', '-out', join(folder, 'raw.der'), '-outform', 'DER'],
      ...[
        '-subj',
        '/CN=x',
        '-addext',
        `subjectAltName=${names.map((name) => `DNS:${name}`).join()}`,
      ],
    ],
    { stdio: 'ignore' },
  );
  const octets = Buffer.from(readFileSync(join(folder, 'raw.der')));
  const put = (count: number, text: string) =>
    octets.write(text, octets.indexOf(`mx${place(count)}F`) + 2, 'latin1');
  put(1, '\n');
  put(2, '\r\n');
  put(4, '\x1b[2K');
  return Uint8Array.from(octets);
}

const report = JSON.stringify({
  'organization-name': hostile,
  'date-range': {
    'start-datetime': '2026-11-23T00:00:00Z',
    'end-datetime': '2026-11-23T23:59:59Z',
  },
  'contact-info': hostile,
  'report-id': hostile,
  policies: [
    {
      policy: { 'policy-type': hostile, 'policy-domain': hostile, 'mx-host': [hostile] },
      summary: { 'total-successful-session-count': 1, 'total-failure-session-count': 2 },
      'failure-details': [{ 'result-type': hostile, 'failed-session-count': 1 }],
    },
  ],
});

const [scenario] = readScenarios('content').scenarios;
const scenarioWith = (change: object) => JSON.stringify({ ...scenario?.scenario, ...change });

const cases: readonly (readonly [string, () => readonly string[]])[] = [
  ['tlsa', () => ['tlsa', write('cert.der', hostileCertificate()), write('other.der', 'x')]],
  ['tlsa of what is none', () => ['tlsa', write('none.pem', hostile), join(folder, 'absent')]],
  [
    'policy',
    () => [
      'policy',
      write('policy', `version: ${hostile}\nmode: ${hostile}\n${hostile}: x\nmx: ${hostile}\n`),
    ],
  ],
  [
    'policy that is good',
    () => [
      'policy',
      write(
        'good',
        `version: STSv1\nmode: none\nmax_age: 1\nx: ${hostile.replace(/[\n\r]/g, '')}\n`,
      ),
    ],
  ],
  ['report', () => ['report', write('report.json', report), write('no-report', hostile)]],
  [
    'report with a part at fault',
    () => ['report', write('fault.json', report.replace('"total-failure', '"total-x'))],
  ],
  [
    'simulate',
    () => ['simulate', write('bad.json', scenarioWith({ [hostile]: 1, domain: hostile }))],
  ],
  [
    'simulate, with texts in the world',
    () => {
      const policyHosts = (scenario?.scenario.policyHosts ?? []).map((each) => ({
        ...each,
        body: hostile,
        contentType: hostile,
      }));
      return ['simulate', write('good.json', scenarioWith({ policyHosts }))];
    },
  ],
  ['check of what is no domain', () => ['check', hostile, `jan@${hostile}`, 'Exa\u00admple..nl']],
  ['check of a list', () => ['check', '--list', write('list', `${hostile}\n"${hostile}"\na b\n`)]],
  ['check with anchors', () => ['check', 'a.nl', '--anchor', write('anchor', hostile)]],
  ['check with a resolver', () => ['check', 'a.nl', '--resolver', hostile]],
  ['an option', () => ['check', `--${hostile}`]],
  ['a language', () => ['check', '--lang', hostile]],
  ['a command', () => [hostile]],
];

describe.each([
  ['in words', [] as readonly string[]],
  ['as JSON', ['--json']],
])('%s', (_, more) => {
  test.each(cases)(
    '%s',
    async (_name, argv) => {
      const said: Spoken = await speak([...argv(), ...more, '--lang', 'en']);
      expect(said.out + said.err).not.toBe('');
      // A stack would be a mistake of ours.
      expect(said.err).not.toMatch(/^\s+at .*\.ts:/m);
      expect([0, 1, 2, 3]).toContain(said.code);
      expectHarmless(said.out);
      expectHarmless(said.err);
      if (more.length > 0)
        for (const line of said.out.split('\n').filter((each) => each !== ''))
          expect(() => JSON.parse(line) as unknown).not.toThrow();
    },
    60_000,
  );
});

test('what a mail server shows of itself makes no line', () => {
  const told = causesOf(hostile);
  expect(told.flatMap(({ causes }) => causes).length).toBeGreaterThan(8);
  const certificate = { dnsNames: [hostile], notBeforeSeconds: 0, notAfterSeconds: 1 };
  const connected = {
    port: 25,
    policy: {
      told,
      fetched: {
        kind: 'policy',
        policy: { mode: 'enforce', maxAgeSeconds: 1, mx: [hostile] },
        body: '',
      },
    },
    hosts: [
      {
        host: nameOf('mx.test'),
        address: '192.0.2.1',
        lines: [hostile],
        told,
        leftOut: 0,
        agreed: { protocol: hostile, cipher: hostile },
        presented: { chain: [certificate as unknown as Certificate] },
        dane: undefined,
        seen: { host: nameOf('mx.test'), channel: 'encrypted', sts: 'refused' },
      },
    ],
  } as unknown as Connected;
  const say = sayWith(readWords().en, 'en');
  const text = printed(sayConnections(say, connected));
  expect(text).toContain('Certificate 0: x\\x0aFORGED');
  expectHarmless(text);
  expectHarmless(harmlessJson(connectionsJson(say, connected)));
});

test('a mistake of ours ends without an answer, and what it says is as harmless', async () => {
  const written: string[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  vi.spyOn(process.stdout, 'write').mockImplementation(() => {
    throw new Error('a\x1b[2K\u202eb\nFORGED: well');
  });
  const code = process.exitCode;
  try {
    await start(['--version']);
    expect(process.exitCode).toBe(3);
  } finally {
    vi.restoreAllMocks();
    process.exitCode = code;
  }
  const text = written.join('');
  expect(text).toContain('a\\x1b[2K\\u202eb\\x0aFORGED');
  expectHarmless(text);
});

describe('the one place that makes a line harmless', () => {
  test.each([
    ['a\nb', 'a\\x0ab'],
    ['\x1b[31m', '\\x1b[31m'],
    ['\u202eabc', '\\u202eabc'],
    ['\u{e0041}', '\\u{e0041}'],
    ['\ud800', '\\ud800'],
    [`a${' '.repeat(60)}b`, 'a [\\x20×60] b'],
    ['e\u0301', 'e\u0301'],
    [`e${'\u0301'.repeat(6)}`, `e${'\u0301'.repeat(4)}\\u0301\\u0301`],
    [
      'gewoon Nederlands, één “zin” – met 日本語 en 😀',
      'gewoon Nederlands, één “zin” – met 日本語 en 😀',
    ],
  ])('%j', (given, shown) => expect(harmless(given)).toBe(shown));

  test('leaves JSON what it was', () => {
    const value = { [hostile]: [hostile, `${hostile}\ud800`] };
    const json = harmlessJson(value);
    expect(json).not.toMatch(raw);
    expect(JSON.parse(json)).toEqual(value);
  });

  test('bounds a line, and says how much it left out', () => {
    const text = printed(['a', 'b'.repeat(lineCharactersMost + 5), ['c']]);
    expect(text.split('\n').map((line) => line.length)).toEqual([1, lineCharactersMost + 6, 1]);
    expect(text).toContain(' […+5]\nc');
  });
});
