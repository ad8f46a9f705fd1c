/** Each command as a user types it; what the core decides is tested elsewhere. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseTlsa } from '../../src/core/dane/tlsa.ts';
import { readWords } from '../../src/command-line/read-messages.ts';
import { sayWith } from '../../src/view/messages/say.ts';
import { rowsOf } from '../../src/view/trace/rows.ts';
import { printSteps } from '../../src/view/trace/printed.ts';
import type { Scenario } from '../../src/world/simulated/scenario.ts';
import { simulate } from '../../src/world/simulated/simulate.ts';
import { startTestbed, type Testbed } from '../testbed/testbed.ts';
import { listKind, listName } from '../testbed/zones.ts';
import { speak, starter } from './spoken.ts';

let folder: string;
const path = (name: string) => join(folder, name);
const write = (name: string, text: string | Uint8Array) => {
  writeFileSync(path(name), text);
  return path(name);
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sts-dane-command-line-'));
  const server = ['mx.example.nl', 'basicConstraints=critical,CA:FALSE'] as const;
  certify('cert.pem', 'key.pem', ...server);
  certify('other.pem', 'other.key', ...server);
  certify('ca.pem', 'ca.key', 'Some CA', 'keyUsage=keyCertSign');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const seconds = 60_000;

/** A certificate that signs itself, with its key. */
function certify(certificate: string, key: string, name: string, extension: string) {
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
      ...['-keyout', key, '-out', certificate, '-days', '30', '-subj', `/CN=${name}`],
      ...['-addext', extension],
    ],
    { cwd: folder, stdio: 'ignore' },
  );
}

describe('tlsa', () => {
  test(
    'gives all eight records, one a line, 3 1 1 first and marked',
    async () => {
      const { out, code } = await speak(['tlsa', path('cert.pem')]);
      const lines = out.trim().split('\n');
      expect(lines.map((line) => line.slice(0, 5)).sort()).toEqual([
        '2 0 1',
        '2 0 2',
        '2 1 1',
        '2 1 2',
        '3 0 1',
        '3 0 2',
        '3 1 1',
        '3 1 2',
      ]);
      expect(lines[0]).toMatch(/^3 1 1 [0-9a-f]{64} ; advies: eerste keus$/);
      expect(lines.filter((line) => line.includes('advies'))).toHaveLength(1);
      for (const line of lines) expect(parseTlsa(line).ok).toBe(true);
      expect(code).toBe(0);
    },
    seconds,
  );

  test(
    'refuses a private key and repeats nothing of it',
    async () => {
      const { out, err, code } = await speak(['tlsa', path('key.pem')]);
      const secret = readFileSync(path('key.pem'), 'utf8').split('\n')[1] ?? '';
      expect(out).toBe('');
      expect(err).toContain('geheime sleutel');
      expect(err).not.toContain(secret);
      expect(code).toBe(2);
    },
    seconds,
  );

  test(
    'says what a file without certificate is, and still reads the others',
    async () => {
      const not = write('not.pem', 'hello');
      const { out, err, code } = await speak(['tlsa', not, path('absent.pem'), path('cert.pem')]);
      expect(out.split('\n')[0]).toMatch(/^3 1 1 /);
      expect(err).toContain('staat geen certificaat');
      expect(err).toContain('dit bestand bestaat niet');
      expect(code).toBe(2);
    },
    seconds,
  );
});

describe('tlsa for a host', () => {
  const files = () => [path('cert.pem'), '--host', 'mx.example.nl', '--lang', 'en'];

  test(
    'gives the line for the zone, of the one record that is advised',
    async () => {
      const { out, code } = await speak(['tlsa', ...files(), '--port', '465', '--ttl', '60']);
      expect(out).toMatch(/^_465\._tcp\.mx\.example\.nl\. 60 IN TLSA 3 1 1 [0-9a-f]{64}\n$/);
      expect(code).toBe(0);
    },
    seconds,
  );

  test(
    'finds the server in a chain in any order, with its key in the same file',
    async () => {
      const read = (name: string) => readFileSync(path(name), 'utf8');
      const chain = write('chain.pem', read('ca.pem') + read('key.pem') + read('cert.pem'));
      const alone = await speak(['tlsa', ...files()]);
      const whole = await speak(['tlsa', chain, '--host', 'mx.example.nl', '--lang', 'en']);
      expect(whole.out).toBe(alone.out);
      // Of an issuer alone no usage 3 is advised.
      const issuer = await speak(['tlsa', path('ca.pem'), '--host', 'mx.example.nl']);
      expect(issuer.out).toContain('IN TLSA 2 0 1 ');
    },
    seconds,
  );

  test(
    'makes the plan of a change as text, JSON and calendar, from a certificate or a public key',
    async () => {
      const next = path('other.pem');
      const text = await speak(['tlsa', ...files(), '--next', next, '--on', '2031-12-24']);
      expect(text.out).toContain('by 24 December 2031 at 07:00 UTC at the latest');
      expect(text.out.match(/IN TLSA 3 1 1/g)).toHaveLength(3);
      const key = write(
        'next.pub',
        execFileSync('openssl', ['x509', '-in', next, '-noout', '-pubkey']),
      );
      const json = await speak(['tlsa', ...files(), '--next', key, '--json']);
      expect(JSON.parse(json.out)).toMatchObject({
        steps: [
          {
            id: 'tlsa-publish-both',
            zoneLines: [{}, {}].map(() => expect.stringContaining('3 1 1') as unknown),
          },
          { id: 'tlsa-deploy' },
          { id: 'tlsa-check' },
          { id: 'tlsa-remove-old' },
        ],
      });
      const ics = await speak(['tlsa', ...files(), '--next', next, '--format', 'ics']);
      expect(ics.out).toMatch(/^BEGIN:VCALENDAR\r\n[\s\S]*END:VCALENDAR\r\n$/);
      expect(ics.out.match(/BEGIN:VEVENT/g)).toHaveLength(4);
      const same = await speak(['tlsa', ...files(), '--next', path('cert.pem')]);
      expect(same.out).toContain('Nothing changes');
    },
    seconds,
  );

  test.each([
    [['--host', 'not a host'], 'mx.example.nl', '--host: '],
    [
      ['--host', 'mx.example.nl', '--next', 'absent.pem'],
      '',
      'absent.pem: this file does not exist',
    ],
    [['--host', 'mx.example.nl', '--next', 'key.pem'], '', 'key'],
  ])(
    'says what is wrong with %j',
    async (more, _, says) => {
      const given = more.map((word) => (word.endsWith('.pem') ? path(word) : word));
      const { err, out, code } = await speak(['tlsa', path('cert.pem'), ...given, '--lang', 'en']);
      expect(err).toContain(says);
      expect([out, code]).toEqual(['', 2]);
    },
    seconds,
  );

  test(
    'says what is wrong with a day',
    async () => {
      for (const day of ['tomorrow', '2026-13-01', '2026-02-30', '12-24-2026']) {
        const next = ['--next', path('other.pem'), '--on', day];
        const { err, code } = await speak(['tlsa', ...files(), ...next]);
        expect([err.trim(), code]).toEqual(['The day with --on has the form 2026-12-24.', 2]);
      }
    },
    seconds,
  );
});

describe('plan', () => {
  test(
    'is dated, and names what is wrong with its words',
    async () => {
      const words = ['--domain', 'example.nl', '--from', 'mx.example.nl', '--lang', 'en'];
      const move = (...more: string[]) => speak(['plan', 'move', ...words, ...more]);
      const good = await move(
        '--to',
        'mx.b.nl,mx2.b.nl',
        '--max-age',
        '86400',
        '--on',
        '2031-12-24',
      );
      expect(good.out).toContain('Now point the MX records of example.nl to the new mail servers');
      expect(good.out).toContain('24 December 2031 at 09:00 UTC');
      expect(good.code).toBe(0);
      for (const more of [[], ['--to', 'localhost'], ['--to', 'mx.b.nl,localhost']]) {
        const { err, code } = await move(...more);
        expect([err.startsWith('--to: '), code]).toEqual([true, 2]);
      }
      const same = await move('--to', 'MX.example.nl.');
      expect([same.err.trim(), same.code]).toEqual([expect.stringContaining('are the same'), 2]);
      expect((await speak(['plan', 'stay', ...words])).code).toBe(2);
    },
    seconds,
  );
});

describe('policy', () => {
  const good = 'version: STSv1\r\nmode: enforce\r\nmx: *.example.nl\r\nmax_age: 604800\r\n';

  test(
    'reads a good one from standard input',
    async () => {
      const { out, code } = await speak(['policy', '-', '--lang', 'en'], { input: good });
      expect(out).toContain('follows the standard');
      expect(out).toContain('(7 days)');
      expect(code).toBe(0);
    },
    seconds,
  );

  test(
    'names line and character of each fault',
    async () => {
      const file = write('bad.txt', good.replace('enforce', 'Enforce'));
      const { out, code } = await speak(['policy', file, '--json']);
      expect(JSON.parse(out)).toMatchObject({
        ok: false,
        problems: [{ code: 'mode', line: 2, column: 7, found: 'Enforce' }],
      });
      expect(code).toBe(1);
    },
    seconds,
  );

  test(
    'no octets of a file move the cursor',
    async () => {
      const file = write('escape.txt', `${good}\x1b[2J\x9b2J: x\u202e\r\n`);
      const { out, err, code } = await speak(['policy', file]);
      expect(out + err).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]/);
      expect(code).toBe(1);
    },
    seconds,
  );
});

const report = {
  'organization-name': 'Example Sender',
  'date-range': {
    'start-datetime': '2026-11-23T00:00:00Z',
    'end-datetime': '2026-11-23T23:59:59Z',
  },
  'contact-info': 'tls@example.com',
  'report-id': 'one',
  policies: [
    {
      policy: {
        'policy-type': 'sts',
        'policy-domain': 'example.nl',
        'mx-host': ['mx.example.nl'],
      },
      summary: { 'total-successful-session-count': 10, 'total-failure-session-count': 2 },
      'failure-details': [{ 'result-type': 'certificate-expired', 'failed-session-count': 2 }],
    },
  ],
};

describe('report', () => {
  test(
    'adds up files of both kinds, and says what to do; a report that is there twice counts once',
    async () => {
      const plain = write('one.json', JSON.stringify(report));
      const other = { ...report, 'report-id': 'two' };
      const packed = write('two.json.gz', gzipSync(JSON.stringify(other)));
      const double = write('double.json.gz', gzipSync(JSON.stringify(report)));
      const { out, err, code } = await speak(['report', plain, packed, double, '--lang', 'en']);
      expect(out).toContain('2 reports');
      expect(out).toContain('20 succeeded, 4 failed');
      expect(out).toContain('Renew it');
      expect(err).toContain(`${double}: This report was there already`);
      expect(code).toBe(0);
    },
    seconds,
  );

  test(
    'shows each failure with domain, servers, addresses and reason, most sessions first, to a limit',
    async () => {
      const detail = (index: number) => ({
        'result-type': 'validation-failure',
        'sending-mta-ip': '192.0.2.25',
        'receiving-mx-hostname': `mx${index}.example.nl`,
        'receiving-ip': '2001:db8::25',
        'failed-session-count': index,
        'failure-reason-code': 'code-7',
        'additional-information': `more${'x'.repeat(1000)}\n2026-11-24: forged`,
      });
      const details = Array.from({ length: 250 }, (_, index) => detail(index));
      const policies = [{ ...report.policies[0], 'failure-details': details }];
      const file = write('many.json', JSON.stringify({ ...report, policies }));
      const { out } = await speak(['report', file, '--lang', 'en']);
      const lines = out.split('\n');
      const first = lines.findIndex((line) => line === 'All failures one by one:') + 1;
      expect(lines[first]).toMatch(
        /^ {2}2026-11-23: 249 × validation-failure, domain example\.nl, from 192\.0\.2\.25 to mx249\.example\.nl, 2001:db8::25; code: code-7; explanation: morex+; reported by Example Sender$/,
      );
      expect(lines[first]?.length).toBeLessThan(700);
      expect(lines[first + 199]).toContain('50 × validation-failure');
      expect(lines.slice(first + 200)).toEqual([
        '  There are 50 more rows, which count in the totals.',
        ...['', '', ''],
      ]);
      const { failures, failuresLeftOut } = JSON.parse(
        (await speak(['report', file, '--json'])).out,
      ) as { failures: readonly object[]; failuresLeftOut: number };
      expect([failures.length, failuresLeftOut]).toEqual([250, 0]);
      expect(failures[0]).toMatchObject({
        ...{ sendingMtaIp: '192.0.2.25', receivingMxHostname: 'mx249.example.nl' },
        ...{ failureReasonCode: 'code-7', failedSessions: 249, policyDomain: 'example.nl' },
      });
    },
    seconds,
  );

  test(
    'a small file that unpacks to a giant is refused, and the other one is still read',
    async () => {
      const bomb = write('bomb.json.gz', gzipSync(Buffer.alloc(64 * 1024 * 1024)));
      const plain = write('one.json', JSON.stringify(report));
      const none = path('none.json');
      const { out, err, code } = await speak(['report', bomb, none, plain, '--json']);
      expect(err).toContain('16 MiB');
      expect(JSON.parse(out)).toMatchObject({
        totals: [{ failedSessions: 2 }],
        skipped: [
          { file: none, situation: 'not-opened' },
          { file: bomb, situation: 'too-large' },
        ],
      });
      expect(code).toBe(2);
    },
    seconds,
  );
});

describe('a large report', () => {
  /** Details with signs of JSON in their texts, cut by chunks at any place. */
  const detail = (index: number) => ({
    'result-type': index % 3 === 0 ? 'certificate-expired' : 'validation-failure',
    'receiving-mx-hostname': `mx${index}.example.nl`,
    'failure-reason-code': `] } , " \\\\ é ${index}`,
    'failed-session-count': (index % 1000) + 1,
  });
  const many = 60_000;
  function* parts(count: number, filler: string): Generator<string> {
    // Some of it is kept, the rest only read: a heap that is nearly full is swept all the time.
    const told = { 'additional-information': filler.slice(0, 300), more: filler.slice(300) };
    const { policies, ...head } = {
      ...report,
      'report-id': 'large',
      policies: [report.policies[0]],
    };
    yield `${JSON.stringify(head).slice(0, -1)},"policies":[{"policy":${JSON.stringify(policies[0]?.policy)},"failure-details":[ `;
    for (let index = 0; index < count; index += 1)
      yield `${index === 0 ? '' : ' ,\n'}${JSON.stringify({ ...detail(index), ...told })}`;
    yield `],"summary":{"total-successful-session-count":5,"total-failure-session-count":${sumOf(count)}}}]}`;
  }
  const sumOf = (count: number) =>
    Array.from({ length: count }, (_, index) => (index % 1000) + 1).reduce(
      (one, other) => one + other,
      0,
    );
  const writeLarge = (name: string, count: number, filler: string, gzipped = false) => {
    const text = [...parts(count, filler)].join('');
    return write(name, gzipped ? gzipSync(text) : text);
  };
  interface Answer {
    readonly totals: readonly {
      readonly failedSessions: number;
      readonly failedByResultType: Record<string, number>;
    }[];
    readonly failures: readonly {
      readonly receivingMxHostname?: string;
      readonly failedSessions: number;
    }[];
    readonly reports: readonly {
      readonly remarks: readonly { readonly situation: string; readonly part: string }[];
    }[];
  }

  test(
    'is read to the last detail, packed or not, and every sum is right',
    async () => {
      const filler = 'x'.repeat(200);
      const plain = writeLarge('large.json', many, filler);
      const packed = writeLarge('large.json.gz', many, filler, true);
      for (const file of [plain, packed]) {
        const { out, code } = await speak(['report', file, '--json']);
        const { totals, failures, reports } = JSON.parse(out) as Answer;
        const [only] = totals;
        expect(only?.failedSessions).toBe(sumOf(many));
        expect(
          Object.values(only?.failedByResultType ?? {}).reduce((one, other) => one + other, 0),
        ).toBe(sumOf(many));
        expect(failures).toHaveLength(10_000);
        // The others first, added up; then the most frequent.
        expect(failures.slice(0, 2).every(({ receivingMxHostname: of }) => of === undefined)).toBe(
          true,
        );
        expect(failures[2]?.failedSessions).toBe(1000);
        expect(reports[0]?.remarks).toEqual([
          { situation: 'details-merged', part: String(many - 10_000) },
        ]);
        expect(code).toBe(0);
      }
    },
    seconds,
  );

  test(
    'says the same of a report as the usual reader, where both can read it',
    async () => {
      const small = writeLarge('small.json', 50, 'x');
      const { streamReport } = await import('../../src/command-line/report-stream.ts');
      const { readReportFile } = await import('../../src/world/files/report-file.ts');
      const [usual] = await readReportFile(readFileSync(small), small);
      expect(await streamReport(small, false)).toEqual(usual);
    },
    seconds,
  );

  test.each([
    [
      'damaged in a detail',
      (text: string) => text.replace('"failed-session-count":7', '"failed-session-count":"7"'),
      'count-not-a-number',
    ],
    ['cut off', (text: string) => text.slice(0, -50), 'json-cut-off'],
    ['no report', (text: string) => text.replace('"date-range"', '"dates"'), 'not-a-report'],
  ])(
    'that is %s is refused, with the reason',
    async (_, change, situation) => {
      const file = write('damaged.json', change([...parts(many, 'x'.repeat(250))].join('')));
      const { out, code } = await speak(['report', file, '--json']);
      const { skipped } = JSON.parse(out) as { skipped: readonly { situation: string }[] };
      expect(skipped.map((each) => each.situation)).toEqual([situation]);
      expect(code).toBe(2);
    },
    seconds,
  );

  test(
    'of a hundred megabytes fits into a heap of eighty',
    () => {
      const file = writeLarge('huge.json', 100_000, 'x'.repeat(900));
      expect(statSync(file).size).toBeGreaterThan(100e6);
      const { status, stdout } = spawnSync(
        process.execPath,
        ['--max-old-space-size=80', starter, 'report', file, '--json'],
        { encoding: 'utf8', maxBuffer: 1e8 },
      );
      expect(status).toBe(0);
      expect((JSON.parse(stdout) as Answer).totals[0]?.failedSessions).toBe(sumOf(100_000));
    },
    seconds,
  );
});

test(
  'csv has a row for each policy and each failure, and nothing that a spreadsheet would run',
  async () => {
    const policies = [
      {
        ...report.policies[0],
        'failure-details': [
          {
            'result-type': '=cmd()',
            'failed-session-count': 1,
            'additional-information': 'a "b",\nc',
          },
        ],
      },
    ];
    const file = write('csv.json', JSON.stringify({ ...report, policies }));
    const { out } = await speak(['report', file, '--format', 'csv']);
    const [head = '', summary, failure] = out.split('\r\n');
    expect(head.split(',')).toHaveLength(14);
    expect(summary).toBe('summary,2026-11-23,Example Sender,example.nl,sts,10,2,,,,,,,');
    expect(failure).toContain(",1,'=cmd(),");
    expect(out).toContain('"a ""b"",');
  },
  seconds,
);

test(
  'reports of several days and senders have a trend',
  async () => {
    const on = (day: string, sender: string) => {
      const range = { 'start-datetime': `${day}T00:00:00Z`, 'end-datetime': `${day}T23:59:59Z` };
      const changed = { ...report, 'organization-name': sender, 'date-range': range };
      return write(`${day}${sender}.json`, JSON.stringify(changed));
    };
    const files = [on('2026-11-24', 'B'), on('2026-11-23', 'A'), on('2026-11-24', 'A')];
    const { out } = await speak(['report', ...files, '--lang', 'en']);
    expect(out).toContain(
      'By day:\n  2026-11-23: 10 succeeded, 2 failed\n  2026-11-24: 20 succeeded, 4 failed\n',
    );
    expect(out).toContain('By sender:\n  A: 20 succeeded, 4 failed\n  B: 10 succeeded, 2 failed\n');
  },
  seconds,
);

describe('simulate', () => {
  const scenario = {
    format: 1,
    clockSeconds: 1_800_000_000,
    domain: 'example.nl',
    sender: { protection: 'dane', profile: 'strict', attempt: 1, queueLifetimeOver: false },
    resolver: { validates: true, path: 'trusted' },
    zones: [
      {
        name: 'example.nl',
        signed: true,
        records: [
          { name: 'example.nl', type: 'MX', preference: 10, exchange: 'mx.example.nl' },
          { name: 'mx.example.nl', type: 'A', address: '192.0.2.1' },
          {
            name: '_25._tcp.mx.example.nl',
            ...{ type: 'TLSA', usage: 3, selector: 1, matchingType: 1 },
            of: { certificate: 'own', part: 'leaf' },
          },
        ],
      },
    ],
    certificates: { own: { issuer: 'self', names: ['mx.example.nl'] } },
    servers: [
      {
        ...{ address: '192.0.2.1', host: 'mx.example.nl', owner: 'genuine' },
        ...{ starttls: true, certificate: 'own' },
      },
    ],
    policyHosts: [],
    attacker: {},
  };

  test(
    'plays an undisturbed delivery, and one under attack',
    async () => {
      const calm = write('calm.json', JSON.stringify(scenario));
      const attacked = JSON.stringify({ ...scenario, attacker: { smtp: 'strip' } });
      const one = await speak(['simulate', calm, '--json']);
      const other = await speak(['simulate', '-', '--json'], { input: attacked });
      expect(JSON.parse(one.out)).toMatchObject({ verdict: 'delivered-proven', belief: 'proven' });
      expect(JSON.parse(other.out)).toMatchObject({ verdict: 'waits', belief: 'undelivered' });
      expect([one.code, other.code]).toEqual([0, 0]);
    },
    seconds,
  );

  test(
    'in words, every step says what rule it rests on',
    async () => {
      const { out } = await speak(['simulate', write('calm.json', JSON.stringify(scenario))]);
      const steps = out.split('\n').filter((line) => /^\d+\. /.test(line));
      expect(steps.length).toBeGreaterThan(5);
      for (const step of steps) expect(step).toMatch(/ \[RFC \d+ §[\d.]+.*\]$/);
      expect(out).toContain('afgeleverd, server bewezen');
    },
    seconds,
  );

  test(
    'in words, the trace is that of the page: its steps, and what went over the line',
    async () => {
      const run = simulate(scenario as unknown as Scenario);
      const { out } = await speak(['simulate', write('calm.json', JSON.stringify(scenario))]);
      const printed = printSteps(rowsOf(run), sayWith(readWords().nl, 'nl'));
      expect(printed.filter((line) => line.startsWith('   ')).length).toBeGreaterThan(3);
      const shown = out.split('\n').map((line) => line.trim());
      for (const line of printed) expect(shown).toContain(line.trim());
    },
    seconds,
  );

  test(
    'tells what is wrong with a file, and where',
    async () => {
      const server = { ...scenario.servers[0], address: 7, hots: 'x', certificate: 'other' };
      const file = write('bad.json', JSON.stringify({ ...scenario, servers: [server] }));
      const { out, err, code } = await speak(['simulate', file, '--lang', 'en']);
      expect(out).toBe('');
      expect(err).toContain('servers[0].address must be an IP address');
      expect(err).toContain('servers[0].hots: the format has no such field');
      expect(err).toContain(
        'servers[0].certificate names a certificate that is not in certificates',
      );
      expect(code).toBe(2);
    },
    seconds,
  );
});

describe('check', () => {
  let bed: Testbed;
  beforeAll(async () => {
    bed = await startTestbed();
    // Signing its zones takes a busy machine longer than any one command.
  }, 3 * seconds);
  afterAll(() => bed.stop());
  const source = () => ['--resolver', bed.doh, '--anchor', bed.anchorFile];

  test(
    'says of a domain what the page says of it',
    async () => {
      const { out, code } = await speak(['check', 'gemeente-zilverdam.test', ...source()]);
      expect(out).toContain('heeft voor elke mailserver een bewezen TLSA-record');
      expect(out).toContain('in1.post-hosting.test');
      expect(out).not.toMatch(/DANE is geldig|browser niet/);
      expect(code).toBe(0);
    },
    seconds,
  );

  test(
    'tells proved absence, a bogus answer and a bad name apart, also by how it ends',
    async () => {
      const absent = await speak(['check', 'nothing-here.test', '--json', ...source()]);
      const bogus = await speak(['check', 'expired.test', '--json', ...source()]);
      const bad = await speak(['check', 'localhost', ...source()]);
      expect(JSON.parse(absent.out)).toMatchObject({ sts: 'proved-absent' });
      expect(JSON.parse(bogus.out)).toMatchObject({ standing: 'unknown', dnssec: 'bogus' });
      expect(bad.err).toContain('bestaat niet in het openbare DNS');
      expect([absent.code, bogus.code, bad.code]).toEqual([1, 3, 2]);
    },
    seconds,
  );

  test(
    'a script in a record is text',
    async () => {
      const { out } = await speak(['check', 'inert-script.test', ...source()]);
      expect(out).toContain('<script>alert(1)</script>');
    },
    seconds,
  );

  test(
    'measures a list from standard input: every name once, every line accounted for',
    async () => {
      const names = Array.from({ length: 25 }, (_, index) => listName(index + 1));
      const input = [
        '# names',
        'domein',
        ...names,
        names[0]?.toUpperCase(),
        `"${names[1]}"`,
        `{"domain":"${names[2]}"}`,
        'localhost',
        `postmaster@${names[3]}`,
      ].join('\n');
      const { out, err, code } = await speak(['check', '--list', '-', ...source()], { input });
      const lines = out
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { domain?: string; standing?: string; fault?: string });
      const rows = lines.filter(({ domain }) => domain !== undefined);
      expect(rows.map(({ domain }) => domain).sort()).toEqual(names);
      const kinds = {
        dane: 'dane',
        both: 'dane-and-sts',
        'mta-sts': 'sts-only',
        'null-mx': 'no-mail',
      };
      for (const { domain, standing } of rows)
        expect(standing).toBe(
          { ...kinds, neither: 'neither' }[listKind(names.indexOf(domain ?? '') + 1)],
        );
      expect(lines.filter(({ fault }) => fault !== undefined)).toEqual([
        expect.objectContaining({ line: 31, typed: 'localhost', fault: 'local-name' }),
      ]);
      expect(err).toContain('25 namen gemeten, 4 dubbel');
      expect(code).toBe(1);
    },
    seconds,
  );

  test('a resolver that says "too many" is given time, and the names are measured all the same', async () => {
    const input = [1, 2, 3].map(listName).join('\n');
    const limiting = ['--resolver', bed.bad({ 'x-fault': '429', 'x-every': '4' })];
    const { out, code } = await speak(
      ['check', '--list', '-', ...limiting, '--anchor', bed.anchorFile],
      { input },
    );
    const rows = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { standing: string });
    expect(rows.map(({ standing }) => standing).sort()).toEqual([
      'dane',
      'dane-and-sts',
      'sts-only',
    ]);
    expect(code).toBe(0);
  }, 120_000);

  test(
    'says what is wrong with a file of anchors or names',
    async () => {
      const anchors = write('anchors', '. IN DS 1 2 3 zz\n');
      const one = await speak(['check', 'a.test', '--resolver', bed.doh, '--anchor', anchors]);
      expect(one.err).toContain('gegevens van dit record kloppen niet');
      const other = await speak(['check', '--list', path('absent'), ...source()]);
      expect(other.err).toContain('dit bestand bestaat niet');
      expect([one.code, other.code]).toEqual([2, 2]);
    },
    seconds,
  );
});

test(
  'help is there in both languages, for everything and for each command',
  async () => {
    for (const [lang, word] of [
      ['nl', 'Gebruik'],
      ['en', 'Usage'],
    ] as const) {
      const { out, code } = await speak(['--help', '--lang', lang]);
      expect(out).toContain(word);
      expect(code).toBe(0);
    }
    const { out } = await speak(['check', '--help', '--lang', 'en']);
    for (const option of ['--resolver', '--anchor', '--list', '--connect', '--port', '--at-once'])
      expect(out).toContain(option);
  },
  seconds,
);
