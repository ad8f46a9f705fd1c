/** The sender of the 2016 draft where a server, a name or a record fails: the message is never lost in silence. */
import { describe, expect, test } from 'vitest';
import { byText, type Draft2016Switches } from '../../../src/core/sts-2016/switches.ts';
import { defaultKnobs, type Knobs } from '../../../src/world/simulated/knobs.ts';
import { changeScenario, type WorldChange } from '../../../src/world/simulated/scenario-change.ts';
import { recipient, scenarioOfKnobs } from '../../../src/world/simulated/scenario-of-knobs.ts';
import { simulate } from '../../../src/world/simulated/simulate.ts';

const sent = (
  knobs: Partial<Knobs>,
  change: WorldChange = {},
  switches: Partial<Draft2016Switches> = {},
) => {
  const draft = { protection: 'smtp-sts-2016', resolver: 'validating', zone: 'unsigned' } as const;
  const scenario = scenarioOfKnobs({ ...defaultKnobs, ...draft, ...knobs });
  const sender = { ...scenario.sender, draft2016: { ...byText, ...switches } };
  const { trace } = simulate({ ...changeScenario(scenario, change), sender });
  const rules = trace.events.flatMap((event) => (event.kind === 'step' ? [event.rule] : []));
  return { action: trace.result.action, rules };
};
const zone = (change: NonNullable<WorldChange['zones']>[string]): WorldChange => ({
  zones: { [recipient]: change },
});
const mx = (preference: number, exchange: string) =>
  ({ name: recipient, type: 'MX', preference, exchange }) as const;
const [one, two] = [`mx1.${recipient}`, `mx2.${recipient}`];
const policy = (text: string) =>
  zone({
    without: [`TXT _smtp_sts.${recipient}`],
    records: [{ name: `_smtp_sts.${recipient}`, type: 'TXT', text }],
  });

test('undisturbed it delivers to the first server, proved', () => {
  expect(sent({ mx: 'two' }).action).toMatchObject({
    kind: 'delivered',
    host: one,
    channel: 'authenticated',
  });
});

describe('where there is nobody to deliver to', () => {
  test('a domain that takes no mail gets it back to its author', () => {
    const change = zone({ without: [`MX ${recipient}`], records: [mx(0, '.')] });
    expect(sent({}, change).action).toEqual({ kind: 'bounced', reason: 'null-mx' });
  });
  test('a domain that is not there too', () => {
    expect(sent({ 'block-mx': 'nxdomain' }).action).toEqual({
      kind: 'bounced',
      reason: 'no-such-domain',
    });
  });
  test('a lookup of MX that fails makes it wait', () => {
    expect(sent({ 'block-mx': 'servfail' }).action).toMatchObject({
      kind: 'deferred',
      reason: 'mx-lookup-failed',
    });
  });
});

describe('where a server fails, the next is tried', () => {
  const reaches = { kind: 'delivered', host: two, channel: 'authenticated' };
  test('without an address', () => {
    const { action, rules } = sent({ mx: 'two' }, zone({ without: [`A ${one}`] }));
    expect(action).toMatchObject(reaches);
    expect(rules).toContain('smtp.no-address');
    expect(rules).toContain('sender.next-host');
  });
  test('with an address that cannot be looked up', () => {
    const broken = { name: 'broken.example', signed: false, failing: ['A', 'AAAA'], records: [] };
    const scenario = zone({
      without: [`MX ${recipient}`],
      records: [mx(10, 'mx.broken.example'), mx(20, two)],
    });
    const { action, rules } = sent({ mx: 'two' }, {
      zones: { ...scenario.zones, 'broken.example': broken },
    } as WorldChange);
    expect(rules).toContain('smtp.address-lookup-failed');
    expect(action).toMatchObject(reaches);
  });
  test('that is down', () => {
    const { action, rules } = sent({ mx: 'two' }, { servers: { '192.0.2.1': { down: true } } });
    expect(rules).toContain('smtp.host-unreachable');
    expect(action).toMatchObject(reaches);
  });
  test('and where all are down, it waits', () => {
    const servers = { '192.0.2.1': { down: true }, '192.0.2.2': { down: true } };
    expect(sent({ mx: 'two' }, { servers }).action).toMatchObject({
      kind: 'deferred',
      reason: 'no-connection',
    });
  });
});

describe('what the policy may leave out', () => {
  test('no address for reports: the failure counts, and nobody is told', () => {
    const text = `v=STS1; to=true; mx=${one}; a=dnssec; c=webpki; e=999999`;
    const { rules } = sent({ certificate: 'self-signed' }, policy(text));
    expect(rules).toContain('sts-2016.certificate-invalid');
    expect(rules).not.toContain('sts-2016.failure-reported');
  });
  test('no constraint: the certificate is judged as the web does', () => {
    const text = `v=STS1; to=true; mx=${one}; a=dnssec; e=999999; rua=mailto:r@${recipient}`;
    expect(sent({}, policy(text)).action).toMatchObject({ channel: 'authenticated' });
    const { rules } = sent({ certificate: 'self-signed' }, policy(text));
    expect(rules).toContain('sts-2016.certificate-invalid');
  });
});

describe('a policy in memory', () => {
  test('is not kept anew by a delivery that it served: its time does not start again', () => {
    for (const cached of ['once-validated', 'at-once'] as const) {
      const { action, rules } = sent({ history: 'known' }, {}, { cached });
      expect(action).toMatchObject({ channel: 'authenticated' });
      expect(rules).not.toContain('sts-2016.policy-cached');
    }
  });
  test('is renewed once: where the new one fails too, the message waits', () => {
    const { action, rules } = sent({ history: 'known', change: 'new-mx', line: 'strip' });
    expect(action).toMatchObject({ kind: 'deferred', reason: 'tls-not-offered' });
    const renewed = rules.filter((rule) => rule === 'sts-2016.new-policy-authenticated');
    expect(renewed).toHaveLength(1);
    expect(rules).toContain('sts-2016.treated-as-failure');
  });
  test('tells why it refuses', () => {
    const reasons = [
      { line: 'strip' },
      { starttls: 'broken' },
      { certificate: 'self-signed' },
    ] as const;
    const rejects = { firstContactRejects: true };
    expect(reasons.map((knobs) => sent(knobs, {}, rejects).action)).toMatchObject([
      { kind: 'deferred', reason: 'tls-not-offered' },
      { kind: 'deferred', reason: 'handshake-failed' },
      { kind: 'deferred', reason: 'not-authenticated' },
    ]);
  });
  test('has no part in a server that is down', () => {
    const { rules } = sent({ history: 'known' }, { servers: { '192.0.2.1': { down: true } } });
    expect(rules).toContain('smtp.host-unreachable');
    expect(rules).not.toContain('sts-2016.tls-missing');
    expect(rules).not.toContain('sts-2016.treated-as-failure');
    expect(rules).not.toContain('sts-2016.new-policy-looked-for');
  });
});

test('a first policy that rejects and failed is not kept, whatever becomes of those that only report', () => {
  const { rules } = sent({ certificate: 'self-signed' }, {}, { cacheFailedReportOnly: true });
  expect(rules).toContain('sts-2016.not-used-to-reject');
  expect(rules).not.toContain('sts-2016.policy-cached');
});

test('the certificate of a host that the policy does not name is not judged', () => {
  const { rules } = sent(
    { certificate: 'self-signed' },
    policy('v=STS1; to=true; mx=other.example; a=dnssec; e=9'),
  );
  expect(rules).toContain('sts-2016.mx-not-listed');
  expect(rules).not.toContain('sts-2016.certificate-invalid');
});

describe('a policy that wants TLSA', () => {
  const tlsa = { 'sts2016-cert': 'tlsa', zone: 'signed' } as const;
  test.each([
    ['a record of the key', { tlsa: '3-1-1' }, true],
    ['a record of the issuer, and the name fits', { tlsa: '2-1-1' }, true],
    [
      'a record of the issuer, and it does not',
      { tlsa: '2-1-1', certificate: 'other-name' },
      false,
    ],
    ['a record that does not fit', { tlsa: '3-1-1-wrong' }, false],
    ['no record', { tlsa: 'none' }, false],
    ['records that are not usable', { tlsa: '1-1-1' }, false],
    ['a record in an unsigned zone', { tlsa: '3-1-1', zone: 'unsigned' }, false],
  ] as const)('with %s: %o → valid %s', (_, knobs, isValid) => {
    const { rules } = sent({ ...tlsa, ...knobs });
    expect(rules.includes('sts-2016.host-valid')).toBe(isValid);
    expect(rules.includes('sts-2016.certificate-invalid')).toBe(!isValid);
  });
});
