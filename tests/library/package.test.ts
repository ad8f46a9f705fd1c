/**
 * The package as a stranger has it: the tarball in an empty folder, and nothing else. Its examples run as they stand in
 * its README, with the test bed in the place of the internet; another implementation is held to its corpus.
 */
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath } from '../../commands/browsers.ts';
import { listen, siteServer } from '../../commands/serve.ts';
import type * as certificatesEntry from '../../src/library/certificates.ts';
import type * as corpusEntry from '../../src/library/corpus.ts';
import type * as daneEntry from '../../src/library/dane.ts';
import type * as dnssecEntry from '../../src/library/dnssec.ts';
import type * as liveEntry from '../../src/library/live.ts';
import type * as mtaStsEntry from '../../src/library/mta-sts.ts';
import type * as recordedEntry from '../../src/library/recorded.ts';
import type * as tlsRptEntry from '../../src/library/tls-rpt.ts';
import type { CorpusCases } from '../../src/site/scenarios/cases.ts';
import type { Scenario } from '../../src/world/simulated/scenario.ts';
import { freePort } from '../testbed/servers.ts';
import { startTestbed, type Testbed } from '../testbed/testbed.ts';

const folder = mkdtempSync(join(tmpdir(), 'sts-dane-package-'));
const app = join(folder, 'app');
const installed = join(app, 'node_modules/sts-dane');
/** Not at once: the test bed answers in this process. */
const spoken = (program: string, ...args: string[]) =>
  new Promise<{ stdout: string; stderr: string; status: number | null }>((resolve) => {
    const child = execFile(program, args, { cwd: app }, (_, stdout, stderr) =>
      resolve({ stdout, stderr, status: child.exitCode }),
    );
  });
const command = (name: string, ...args: string[]) =>
  spoken(process.execPath, join(installed, 'bin/command-line', `${name}.js`), ...args);

let bed: Testbed;
/** The examples of the README, by the file that their first line names. */
let examples: ReadonlyMap<string, string>;
/** Runs one as it stands, but for what is in the internet. */
const run = async (name: string, ...replaced: readonly (readonly [string, string])[]) => {
  const text = replaced.reduce((all, [from, to]) => {
    expect(all).toContain(from);
    return all.replace(from, to);
  }, examples.get(name) ?? '');
  writeFileSync(join(app, name), text);
  const { stdout, stderr, status } = await spoken(process.execPath, name);
  expect(stderr).toBe('');
  expect(status).toBe(0);
  return stdout.trim().split('\n');
};

beforeAll(async () => {
  bed = await startTestbed();
  execFileSync(process.execPath, ['commands/library.ts', '--out', join(folder, 'library')]);
  mkdirSync(app);
  writeFileSync(join(app, 'package.json'), '{"private":true,"type":"module"}');
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const install = ['install', '--offline', '--no-audit', '--no-fund', `../sts-dane-${version}.tgz`];
  execFileSync('npm', install, { cwd: app, stdio: 'ignore' });
  const readme = readFileSync(join(installed, 'README.md'), 'utf8');
  examples = new Map(
    [...readme.matchAll(/```js\n\/\/ (\S+)\n([\s\S]*?)```/g)].map(([, name = '', text = '']) => [
      name,
      text,
    ]),
  );
});
afterAll(async () => {
  await bed.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('in an empty folder', () => {
  test('it is installed alone, and says how to get it without a name in a registry', () => {
    const lock = readFileSync(join(app, 'package-lock.json'), 'utf8');
    const { packages } = JSON.parse(lock) as { packages: object };
    expect(Object.keys(packages)).toEqual(['', 'node_modules/sts-dane']);
    expect(examples.size).toBe(5);
    const readme = readFileSync(join(installed, 'README.md'), 'utf8');
    expect(readme).not.toMatch(/\bnpx\b|npm (?:i|install|exec) (?!\.\/)/);
  });

  test('the command line checks a domain of the test bed', async () => {
    const anchor = ['--anchor', bed.anchorFile, '--resolver', bed.doh];
    const { stdout, status } = await command(
      'sts-dane',
      ...['check', 'gemeente-zilverdam.test', '--lang', 'en', ...anchor],
    );
    expect(stdout).toContain('gemeente-zilverdam.test');
    expect(status).toBe(0);
  });

  test('validate.mjs', async () => {
    expect(
      await run(
        'validate.mjs',
        ["'example.nl'", "'gemeente-zilverdam.test'"],
        ["'https://resolver.example/dns-query'", JSON.stringify(bed.doh)],
        ['dane.rootAnchors', JSON.stringify(bed.anchors.join('\n'))],
      ),
    ).toEqual(['gemeente-zilverdam.test all-hosts found signed']);
  });

  test('policy.mjs', async () => {
    expect(await run('policy.mjs')).toEqual(['enforce true', 'mode 21 enforced']);
  });

  test('deliver.mjs', async () => {
    const [end, ...steps] = await run('deliver.mjs');
    expect(end).toBe('deferred tls-not-offered');
    expect(steps).toContain('dane.tls-missing 2.2');
  });

  test('replay.mjs', async () => {
    expect((await run('replay.mjs'))[0]).toMatch(/^delivery\/\S+ [a-z-]+ true [a-z-]+\.[a-z-]+$/);
  });

  test('proof.js in Chromium, from the packed file itself: proved, and not when an octet is another', async () => {
    const { nameOf } = await import('../../src/core/dns/name.ts');
    const { recordProof, parseAnchors } = (await import(
      pathToFileURL(join(installed, 'lib/live.js')).href
    )) as typeof liveEntry;
    const anchors = parseAnchors(bed.anchors.join('\n'));
    if (!anchors.ok) throw new Error('the test bed gave no anchors');
    const proof = await recordProof(nameOf('gemeente-zilverdam.test'), 'MX', {
      address: bed.doh,
      anchors: anchors.value,
    });
    writeFileSync(join(app, 'proof.json'), proof);
    writeFileSync(join(app, 'anchors.txt'), bed.anchors.join('\n'));
    writeFileSync(join(app, 'proof.js'), examples.get('proof.js') ?? '');
    writeFileSync(
      join(app, 'index.html'),
      '<!doctype html><title>Proof</title><body><script type="module" src="/proof.js"></script></body>',
    );
    const server = siteServer(app);
    const address = await listen(server, await freePort());
    const browser = await chromium.launch({
      executablePath: chromiumPath,
      args: ['--no-sandbox'],
    });
    const shown = async () => {
      const page = await browser.newPage();
      await page.goto(address);
      await page.waitForFunction(() => document.body.textContent.includes('dnssec.'));
      return page.textContent('body');
    };
    try {
      expect(await shown()).toBe('gemeente-zilverdam.test MX secure dnssec.chain-secure');
      const { messages, ...rest } = JSON.parse(proof) as { messages: string[] };
      const changed = messages.map((each) => {
        const octets = Buffer.from(each, 'base64url');
        const at = octets.indexOf(Buffer.from('gemeente-zilverdam'), 40);
        // A letter of the mail host, where the answer names it.
        if (at > 0) octets[at - 2]! ^= 1;
        octets[octets.length - 40]! ^= 1;
        return octets.toString('base64url');
      });
      writeFileSync(join(app, 'proof.json'), JSON.stringify({ ...rest, messages: changed }));
      expect(await shown()).not.toContain(' secure ');
    } finally {
      await browser.close();
      server.close();
      server.closeAllConnections();
    }
  });

  test('its types are whole, also for who has their libraries checked', async () => {
    writeFileSync(
      join(app, 'use.mts'),
      `import { parseStsPolicy } from 'sts-dane/mta-sts';
${['dnssec', 'dane', 'certificates', 'tls-rpt', 'sender', 'live', 'recorded', 'corpus'].map((each) => `import * as a${each.length}${each.charCodeAt(0)} from 'sts-dane/${each}';\nvoid a${each.length}${each.charCodeAt(0)};`).join('\n')}
const read = parseStsPolicy('');
if (read.ok) read.value.mode satisfies 'enforce' | 'testing' | 'none';
// @ts-expect-error: a policy that was not read has no value.
void read.value;
`,
    );
    writeFileSync(
      join(app, 'tsconfig.json'),
      JSON.stringify({
        compilerOptions: {
          ...{ target: 'ES2023', lib: ['ES2023', 'DOM'], module: 'nodenext', strict: true },
          ...{ skipLibCheck: false, noEmit: true, types: [] },
        },
        files: ['use.mts'],
      }),
    );
    const { stdout } = await spoken(
      process.execPath,
      resolve('node_modules/@typescript/native/bin/tsc'),
      '-p',
      '.',
    );
    expect(stdout).toBe('');
  });
});

/** What a page moves that takes one entry: its file and all that those import at once. */
function weightOf(entry: string): number {
  const seen = new Map<string, string>();
  const read = (file: string) => {
    if (seen.has(file)) return;
    const text = readFileSync(file, 'utf8');
    seen.set(file, text);
    for (const [, path = ''] of text.matchAll(/(?:\bfrom|\bimport)\s*["'](\.[^"']+\.js)["']/g))
      read(join(dirname(file), path));
  };
  read(join(installed, 'lib', `${entry}.js`));
  return gzipSync([...seen.values()].join('\n')).length;
}

test.each([
  ['dnssec', 35_000],
  ['dane', 12_000],
  ['mta-sts', 12_000],
])('sts-dane/%s weighs at most %i octets in gzip, with all that it imports', (entry, most) => {
  const octets = weightOf(entry);
  expect(octets).toBeGreaterThan(2000);
  expect(octets).toBeLessThanOrEqual(most);
});

test('every reader says what is wrong with malformed text and octets, and none throws', async () => {
  const load = async <Module>(name: string): Promise<Module> =>
    (await import(pathToFileURL(join(installed, 'lib', `${name}.js`)).href)) as Module;
  const dnssec = await load<typeof dnssecEntry>('dnssec');
  const dane = await load<typeof daneEntry>('dane');
  const sts = await load<typeof mtaStsEntry>('mta-sts');
  const rpt = await load<typeof tlsRptEntry>('tls-rpt');
  const live = await load<typeof liveEntry>('live');
  const recorded = await load<typeof recordedEntry>('recorded');
  const corpus = await load<typeof corpusEntry>('corpus');
  const certificates = await load<typeof certificatesEntry>('certificates');
  const octets = (text: string) => new TextEncoder().encode(text);
  const { judgeChain } = certificates;
  const judged = (der: Uint8Array) =>
    judgeChain({ chain: [der], tlsa: [], referenceNames: [], nowSeconds: 0 });
  /** Each says no with a reason: a list of problems, one word, or that there is nothing. */
  const readers: readonly ((text: string) => unknown)[] = [
    dnssec.parseName,
    (text) => dnssec.decodeMessage(octets(text)),
    dnssec.parseAnchors,
    dnssec.parseProof,
    dane.parseTlsa,
    (text) => dane.decodeTlsa(octets(text).subarray(0, 2)),
    sts.parseStsPolicy,
    (text) => sts.parseStsPolicy(octets(text)),
    (text) => sts.parseStsRecord([[text]]),
    (text) => rpt.parseTlsRptRecord([[text]]),
    rpt.parseTlsReport,
    live.parseDomainInput,
    recorded.parseRecording,
    recorded.unpackRecording,
    corpus.replay,
    certificates.readPem,
    (text) => certificates.readCertificate(octets(text)),
    (text) => judged(octets(text)),
  ];
  const malformed = [
    ...['', ' ', '\0', '\ud800', '..', '{', '[]', 'null', '{"format":1}', '🙂', '\\', '"'],
    ...['v=STSv1', 'version: STSv1', '3 1 1', '-----BEGIN CERTIFICATE-----', `${'['.repeat(1e5)}`],
    '{"format":1,"name":"a.nl","type":"MX","at":1,"messages":["AA"]}',
    ...['a'.repeat(300), '\u00ff'.repeat(70_000), `. DS 1 8 2 ${'z'.repeat(9000)}`],
  ];
  for (const [place, reader] of readers.entries())
    for (const text of malformed) {
      const found = (await reader(text)) as { ok?: boolean; problems?: unknown[] } | undefined;
      if (found?.ok !== false) {
        // A label of bare characters may be a name; nothing else here is anything.
        expect(found === undefined || reader === dnssec.parseName, `${place}: ${text.slice(0, 40)}`).toBe(true);
        continue;
      }
      expect('fault' in found || (found.problems?.length ?? 0) > 0).toBe(true);
    }
});

describe('another implementation, in Python', () => {
  const program = ['python3', resolve('tests/corpus/implementation.py')];
  const hold = (cases: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    spawnSync(
      process.execPath,
      [
        join(installed, 'bin/command-line/sts-dane-corpus.js'),
        ...cases.flatMap((id) => ['--case', id]),
        ...['--', ...program],
      ],
      { encoding: 'utf8', env: { ...process.env, ...env } },
    );
  const twenty = [
    ...['rfc-example', 'strings-split-in-id', 'with-v2-record', 'duplicate-later-with-equals'].map(
      (name) => `mta-sts-txt/${name}`,
    ),
    ...['rfc-example', 'maxage-hex', 'mx-address-literal', 'ext-ctl'].map(
      (name) => `mta-sts-policy/${name}`,
    ),
    ...['rfc-wild-apex', 'rfc-wild-two', 'wild-host-dot'].map((name) => `mta-sts-mx-match/${name}`),
    ...['hex-with-spaces', 'generic-rfc3597'].map((name) => `tlsa-record/${name}`),
    ...['stripped-opportunistic', 'sts-undisturbed', 'sts-rogue-policy', 'dane-stripped'].map(
      (name) => `delivery/${name}`,
    ),
    ...['dane-mx-forged', 'both-rogue-certificate', 'tlsa-stale'].map((name) => `delivery/${name}`),
  ];

  test('passes twenty chosen cases', () => {
    expect(new Set(twenty).size).toBe(20);
    const { stdout, status } = hold(twenty);
    expect(stdout.trim()).toBe('20 passed, 0 failed, 0 skipped');
    expect(status).toBe(0);
  });

  test('passes all that there are but those that it leaves to others: departures, and the draft of 2016', () => {
    const { stdout, status } = hold([]);
    const { cases } = JSON.parse(readFileSync(join(installed, 'corpus/cases.json'), 'utf8')) as CorpusCases;
    const isLeft = ({ profile, protection }: Scenario['sender']) =>
      profile !== 'strict' || protection === 'smtp-sts-2016';
    const others = cases.filter(
      ({ kind, input }) => kind === 'delivery' && isLeft((input as Scenario).sender),
    ).length;
    expect(stdout).toBe(`${cases.length - others} passed, 0 failed, ${others} skipped\n`);
    expect(status).toBe(0);
  });

  test('fails where it is wrong on purpose, and is told the case and both values', () => {
    const { stdout, status } = hold(twenty, { WRONG: '1' });
    expect(stdout).toMatch(
      /^failed mta-sts-mx-match\/rfc-wild-two \(RFC 8461.*\): match: expected false, got true\n19 passed, 1 failed, 0 skipped\n$/,
    );
    expect(status).toBe(1);
  });

  test('that dies is told at which case, and goes on with the next', () => {
    const { stdout, status } = hold(twenty, { DIES_AT: 'delivery/sts-undisturbed' });
    expect(stdout).toMatch(
      /^failed delivery\/sts-undisturbed \(.*\): the program ended, with code 3\n19 passed, 1 failed, 0 skipped\n$/,
    );
    expect(status).toBe(1);
  });

  test.each([
    ['a program that is not there', ['--', 'no-such-program'], 'could not be started'],
    ['a case that is not there', ['--case', 'x/y', '--', 'true'], 'there is no case x/y'],
    ['no program', [], 'no program'],
    ['cases that cannot be read', ['--cases', 'none.json', '--', 'true'], 'cannot be read'],
    ['JSON without cases', ['--cases', 'package.json', '--', 'true'], 'no list of cases'],
  ])('%s: nothing is run, and it says why', async (_, args, says) => {
    const { stdout, stderr, status } = await command('sts-dane-corpus', ...args);
    expect(stdout + stderr).toContain(says);
    expect(status).toBe(2);
  });

  test('the cases fit their schema', async () => {
    const { faultsOf } = await import('../json-schema.ts');
    const read = (name: string) =>
      JSON.parse(readFileSync(join(installed, 'corpus', name), 'utf8')) as object;
    const cases = read('cases.json') as { cases: object[] };
    expect(faultsOf(read('cases.schema.json'), cases)).toEqual([]);
    const broken = { ...cases, cases: [{ ...cases.cases[0], expect: { verdict: 'lost' } }] };
    expect(faultsOf(read('cases.schema.json'), broken)).not.toEqual([]);
  });
});
