/** What the check offers to copy does what it says: our own parsers read it, and a shell runs the command. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ActionId } from '../../../src/core/check/actions.ts';
import type { DomainName } from '../../../src/core/dns/name.ts';
import { parseStsPolicy } from '../../../src/core/mta-sts/policy.ts';
import { parseStsRecord } from '../../../src/core/mta-sts/record.ts';
import { parseTxtData } from '../../../src/core/publish/plan.ts';
import { parseTlsRptRecord } from '../../../src/core/tls-rpt/record.ts';
import { recordedRun } from '../../../src/site/recordings.ts';
import { examplesOfBuild } from '../../../src/site/schemas/examples.ts';
import { readyFor } from '../../../src/view/check/ready.ts';

const { report } = recordedRun();
const readyOf = (id: ActionId, host?: string) =>
  readyFor(
    { who: 'you', id, card: 'dane', ...(host === undefined ? {} : { host: host as DomainName }) },
    report,
  );
const txtOf = (line = '') => [parseTxtData(line.replace(/^.* IN TXT /, '')) ?? []];

test.each(['publish-sts', 'mend-policy', 'list-host', 'enforce-policy'] as const)(
  '%s has a policy with every mail server, and the record that announces it',
  (id) => {
    const [policy, record] = readyOf(id);
    const read = parseStsPolicy(policy?.text ?? '');
    expect(read.ok && read.value.mx).toEqual(['in1.post-hosting.test', 'in2.post-hosting.test']);
    expect(record?.text).toMatch(/^_mta-sts\.gemeente-zilverdam\.test\. /);
    expect(parseStsRecord(txtOf(record?.text)).ok).toBe(true);
  },
);

test('publish-rpt has a record that can be read', () => {
  const [record] = readyOf('publish-rpt');
  expect(parseTlsRptRecord(txtOf(record?.text)).ok).toBe(true);
});

test('publish-tlsa and second-record have a command that writes the record', () => {
  const { host, certificate, tlsa } = examplesOfBuild();
  const folder = mkdtempSync(join(tmpdir(), 'ready-'));
  try {
    const run = (command = '') => execFileSync('sh', ['-c', command], { cwd: folder }).toString();
    writeFileSync(join(folder, 'cert.pem'), certificate);
    expect(run(readyOf('publish-tlsa', host)[0]?.text).trim()).toBe(tlsa);
    execFileSync(
      'openssl',
      ['ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', 'next.key'],
      { cwd: folder },
    );
    expect(run(readyOf('second-record', host)[0]?.text)).toMatch(
      /^_25\._tcp\.in2\.post-hosting\.test\. 3600 IN TLSA 3 1 1 [0-9a-f]{64}\n$/,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a name that a shell would read otherwise gets no command', () => {
  expect(readyOf('publish-tlsa', 'a\\"b.example')).toEqual([]);
});

test('a failed look-up has nothing to publish', () => {
  expect(readyOf('look-up-again')).toEqual([]);
});
