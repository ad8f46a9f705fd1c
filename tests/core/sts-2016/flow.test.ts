/** The sender of the 2016 draft where a server, a name or a record fails: the message is never lost in silence. */
import { describe, expect, test } from 'vitest';
import { defaultKnobs, type Knobs } from '../../../src/world/knobs.ts';
import { changeScenario, type WorldChange } from '../../../src/world/scenario-change.ts';
import { recipient, scenarioOfKnobs } from '../../../src/world/scenario-of-knobs.ts';
import { simulate } from '../../../src/world/simulate.ts';

const sent = (knobs: Partial<Knobs>, change: WorldChange = {}) => {
  const draft = { protection: 'smtp-sts-2016', zone: 'unsigned' } as const;
  const scenario = scenarioOfKnobs({ ...defaultKnobs, ...draft, ...knobs });
  const { trace } = simulate(changeScenario(scenario, change));
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
