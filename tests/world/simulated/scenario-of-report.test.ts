/** Domains of the test bed, recorded, and then attacked: the senders decide as the standards say. */
import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inspect } from '../../../src/core/check/inspect.ts';
import {
  formatRecording,
  parseRecording,
  recordingOf,
  type Recording,
} from '../../../src/core/check/recording.ts';
import { AttackedDomain, type AttackerChoice, sides } from '../../../src/view/check/attack.ts';
import {
  packRecording,
  recordedWorld,
  reportOfRecording,
  unpackRecording,
} from '../../../src/world/recorded.ts';
import { run } from '../../../src/world/run.ts';
import {
  hopeful,
  receivingSide,
  scenarioOfSide,
  type Assumptions,
} from '../../../src/world/simulated/scenario-of-report.ts';
import { SimulatedWorld } from '../../../src/world/simulated/simulated.ts';
import { defaultKnobs } from '../../../src/world/simulated/knobs.ts';

const files = globSync('tests/world/recordings/*.json').sort();
const recording = (domain: string): Recording => {
  const read = parseRecording(readFileSync(`tests/world/recordings/${domain}.json`, 'utf8'));
  if (read === undefined) throw new Error(`no recording of ${domain}`);
  return read;
};
const report = (domain: string) => reportOfRecording(recording(domain));

describe.each(files.map((file) => basename(file, '.json')))('%s', (domain) => {
  test('comes out of a link as it went in', async () => {
    const whole = { ...recording(domain), policyText: 'version: STSv1\r\n' };
    const back = await unpackRecording(await packRecording(whole));
    expect(back).toEqual(whole);
    expect(formatRecording(recordingOf(report(domain)))).toBe(formatRecording(recording(domain)));
  });

  test('answers a sender’s questions in the simulated world as it did in the DNS', () => {
    const found = report(domain);
    const side = receivingSide(found, { ...hopeful, certificate: 'neither' });
    const world = new SimulatedWorld(scenarioOfSide(side, 'dane', defaultKnobs, 'first-contact'));
    for (const { name, type, answer } of recording(domain).lookups) {
      const got = world.answer({ ask: 'lookup', name, type }).answer as typeof answer;
      expect([name, type, got.kind]).toEqual([name, type, answer.kind]);
      if (got.kind === 'failed' || answer.kind === 'failed') continue;
      expect([name, type, got.security]).toEqual([name, type, answer.security]);
      const links = ({ aliases }: typeof got) =>
        aliases.map(({ from, to, security }) => [from, to, security]);
      expect(links(got)).toEqual(links(answer));
      if (got.kind === 'found' && answer.kind === 'found')
        expect(got.records.length).toBe(answer.records.length);
    }
  });
});

const outcomes = (
  domain: string,
  attacker: AttackerChoice,
  assumptions: Assumptions = hopeful,
  history: 'first-contact' | 'known' = 'first-contact',
) => {
  const [row] = new AttackedDomain(report(domain), assumptions).grid(history, [attacker]).rows;
  return Object.fromEntries(
    row?.cells.map(({ protection, verdict }) => [protection, verdict]) ?? [],
  );
};

test('with DANE and MTA-STS in order, undisturbed mail is proven by whoever uses either', () => {
  expect(outcomes('gemeente-zilverdam.test', 'nobody')).toEqual({
    opportunistic: 'delivered-unproven',
    'mta-sts': 'delivered-proven',
    dane: 'delivered-proven',
    'dane-and-mta-sts': 'delivered-proven',
  });
});

test('STARTTLS removed and the policy blocked: at first contact only DANE waits, later MTA-STS does too', () => {
  expect(outcomes('gemeente-zilverdam.test', 'blocks')).toMatchObject({
    opportunistic: 'delivered-readable',
    'mta-sts': 'delivered-readable',
    dane: 'waits',
  });
  expect(outcomes('gemeente-zilverdam.test', 'blocks', hopeful, 'known')).toMatchObject({
    'mta-sts': 'waits',
    dane: 'waits',
  });
});

test('a policy in testing mode stops nothing', () => {
  const testing: Assumptions = { ...hopeful, policy: 'testing' };
  expect(outcomes('only-sts.test', 'strip', testing, 'known')['mta-sts']).toBe(
    'delivered-readable',
  );
  expect(outcomes('only-sts.test', 'strip', hopeful, 'known')['mta-sts']).toBe('waits');
});

test('a policy that was read decides by its own patterns', () => {
  const policyText = 'version: STSv1\r\nmode: enforce\r\nmx: other.test\r\nmax_age: 604800\r\n';
  const asRead: Assumptions = { ...hopeful, policy: 'as-read', policyText };
  expect(outcomes('only-sts.test', 'nobody', asRead)).toMatchObject({
    'mta-sts': 'waits',
    opportunistic: 'delivered-unproven',
  });
});

test('a certificate that no TLSA record names makes DANE wait, without any attacker', () => {
  const differs: Assumptions = { ...hopeful, certificate: 'only-public' };
  expect(outcomes('gemeente-zilverdam.test', 'nobody', differs)).toMatchObject({
    dane: 'waits',
    'mta-sts': 'delivered-proven',
    opportunistic: 'delivered-unproven',
  });
});

test('behind an unsigned domain a forged MX record leads everybody astray but who knows a policy', () => {
  const cells = outcomes('unsigned-domain.test', 'forges-dns');
  for (const side of sides) expect(cells[side]).toBe('delivered-to-attacker');
});

test('where the TLSA record is bogus a sender with DANE uses no such host', () => {
  const steps = new AttackedDomain(report('bogustlsa.test'), hopeful)
    .trace('dane', 'nobody', 'first-contact')
    .rows.map(({ rule }) => rule);
  expect(steps).toContain('dane.tlsa-lookup-failed');
});

test('a recording that somebody tampered with is refused or read, and never throws', async () => {
  const text = formatRecording(recording('mx-alias.test'));
  for (let at = 0; at < text.length; at += 7) {
    const cut = text.slice(0, at);
    const changed = `${cut}9${text.slice(at + 1)}`;
    for (const each of [cut, changed]) {
      const read = parseRecording(each);
      if (read !== undefined) run(inspect(read.domain), recordedWorld(read));
    }
  }
  expect(await unpackRecording('not a recording')).toBeUndefined();
});
