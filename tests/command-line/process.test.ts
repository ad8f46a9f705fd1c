/** Each command started as a user starts it: it says what it says in the process of a test, and ends as that one does. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Command } from '../../src/command-line/arguments.ts';
import { readScenarios } from '../../src/site/scenarios/read.ts';
import { reportText } from '../world/files/report-files.ts';
import { speak, speakAsProcess, starter, type Spoken } from './spoken.ts';

const dead = 'http://127.0.0.1:9/dns-query';
const policy = 'version: STSv1\r\nmode: Enforce\r\nmx: *.example.nl\r\nmax_age: 604800\r\n';
const [scenario] = readScenarios('content').scenarios;
const { certificate } = parse(readFileSync('content/examples.yaml', 'utf8')) as {
  certificate: string;
};

interface Typed {
  readonly words: string;
  /** What stands on standard input. */
  readonly input?: string;
  readonly env?: NodeJS.ProcessEnv;
}
const typed: Readonly<Record<Command | 'no command', readonly Typed[]>> = {
  check: [
    { words: `check a.nl localhost --resolver ${dead}` },
    {
      words: 'check a.nl --format nagios',
      env: { STS_DANE_RESOLVERS: dead, LC_ALL: 'en_GB.UTF-8' },
    },
    {
      words: `check --list - --resolver ${dead}`,
      input: 'localhost\r\nb\u00fccher.nl',
    },
  ],
  watch: [{ words: `watch - --resolver ${dead} --format junit`, input: 'a.nl\nlocalhost' }],
  simulate: [{ words: 'simulate -', input: JSON.stringify(scenario?.scenario) }],
  policy: [{ words: 'policy - --lang en', input: policy }],
  tlsa: [{ words: 'tlsa -', input: certificate }],
  plan: [
    {
      words: 'plan move --domain a.nl --from mx.a.nl --to mx.b.nl --max-age 86400 --on 2031-12-24',
    },
  ],
  report: [{ words: 'report - --json', input: reportText('one', { failed: 2 }) }],
  schema: [{ words: 'schema list' }],
  'no command': ['', '--version', 'help tlsa', 'chekc a.nl'].map((words) => ({ words })),
};

/** Without the moment at which it was said. */
const timeless = ({ out, ...said }: Spoken) => ({
  ...said,
  out: out.replace(/\d{10,}|\d\d:\d\d/g, '…'),
});

describe.each(Object.entries(typed))('%s', (_, each) => {
  test.each(each)('$words', async ({ words, input = '', env = {} }) => {
    const argv = words.split(' ').filter(Boolean);
    const octets = Buffer.from(input);
    // Cut within a line and within a character: a pipe hands over what it has.
    const [half, odd] = [octets.length >> 1, octets.indexOf(0xc3) + 1];
    const at = odd > 0 ? odd : half;
    const chunks = input === '' ? [] : [octets.subarray(0, at), octets.subarray(at)];
    const said = await speakAsProcess(argv, { chunks, env });
    expect(said.out + said.err).not.toBe('');
    expect(timeless(said)).toEqual(timeless(await speak(argv, { input, env })));
  });
});

test('who stops reading what we write is no error', async () => {
  const child = spawn(process.execPath, [starter, 'schema', 'check'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.destroy();
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  expect(await once(child, 'close')).toEqual([0, null]);
  expect(said).toBe('');
});
