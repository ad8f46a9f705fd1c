/** Where the draft of March 2016 contradicts itself, each choice changes what happens, and only that. */
import { describe, expect, it } from 'vitest';
import {
  byPseudocode,
  byText,
  type Draft2016Switches,
} from '../../../src/core/sts-2016/switches.ts';
import { defaultKnobs, type Knobs } from '../../../src/world/simulated/knobs.ts';
import { recipient, scenarioOfKnobs } from '../../../src/world/simulated/scenario-of-knobs.ts';
import type { Scenario } from '../../../src/world/simulated/scenario.ts';
import { simulate, type ScenarioRun } from '../../../src/world/simulated/simulate.ts';

/** Its sender can do what the draft may ask: DNSSEC too. */
const draft = { protection: 'smtp-sts-2016', resolver: 'validating', zone: 'unsigned' } as const;

const scenarioWith = (knobs: Partial<Knobs>): Scenario =>
  scenarioOfKnobs({ ...defaultKnobs, ...draft, ...knobs });

/** Runs with the text's choices, but for those given. */
const runWith = (scenario: Scenario, switches: Partial<Draft2016Switches>): ScenarioRun =>
  simulate({
    ...scenario,
    sender: { ...scenario.sender, draft2016: { ...byText, ...switches } },
  });

const told = ({ outcome, trace }: ScenarioRun): string => {
  const remembers = trace.result.memory.draft2016.size > 0;
  return `${outcome.verdict}, believed ${outcome.belief}, ${remembers ? 'remembered' : 'forgotten'}`;
};

const rules = ({ trace }: ScenarioRun): readonly string[] =>
  trace.events.flatMap((event) => (event.kind === 'step' ? [event.rule] : []));

describe('X5, the first policy', () => {
  const forged = scenarioWith({ 'forge-mx': 'yes', 'forge-policy': 'yes' });

  it('is trusted by the text: a forged one makes the attacker’s server the proved one', () => {
    const run = runWith(forged, { firstPolicy: 'trusted' });
    expect(told(run)).toBe('delivered-to-attacker, believed proven, remembered');
    expect(rules(run)).toContain('sts-2016.first-policy-trusted');
  });

  it('is authenticated by the pseudocode: a forged one counts as none', () => {
    const run = runWith(forged, { firstPolicy: 'authenticated' });
    expect(told(run)).toBe('delivered-to-attacker, believed encrypted, forgotten');
    expect(rules(run)).toContain('sts-2016.first-policy-not-authenticated');
  });

  it('can be authenticated by the web or by DNSSEC', () => {
    for (const knobs of [
      { 'sts2016-auth': 'webpki' },
      { 'sts2016-auth': 'dnssec', zone: 'signed' },
    ] as const)
      expect(told(runWith(scenarioWith(knobs), { firstPolicy: 'authenticated' }))).toBe(
        'delivered-proven, believed proven, remembered',
      );
    const unsigned = scenarioWith({ 'sts2016-auth': 'dnssec' });
    expect(told(runWith(unsigned, { firstPolicy: 'authenticated' }))).toBe(
      'delivered-unproven, believed encrypted, forgotten',
    );
  });
});

describe('X6, a policy that never fitted', () => {
  const misfit = scenarioWith({ certificate: 'self-signed' });

  it('is kept at once by the flow, and only after it fitted by §3.3', () => {
    expect(told(runWith(misfit, { cached: 'once-validated' }))).toMatch(/forgotten$/);
    expect(told(runWith(misfit, { cached: 'at-once' }))).toMatch(/remembered$/);
  });

  it('may not reject mail by §3.4, and does by the pseudocode', () => {
    const text = runWith(misfit, { firstContactRejects: false });
    expect(told(text)).toMatch(/^delivered-unproven/);
    expect(rules(text)).toContain('sts-2016.not-used-to-reject');
    expect(told(runWith(misfit, { firstContactRejects: true }))).toMatch(/^waits/);
  });
});

describe('X7, a policy that just failed and only asks for reports', () => {
  const failing = scenarioWith({ sts2016: 'report-only', certificate: 'self-signed' });

  it('is cached by the pseudocode and not by the text', () => {
    const text = runWith(failing, { cacheFailedReportOnly: false });
    expect(told(text)).toBe('delivered-unproven, believed encrypted, forgotten');
    const code = runWith(failing, { cacheFailedReportOnly: true });
    expect(told(code)).toBe('delivered-unproven, believed encrypted, remembered');
  });

  it('is reported to its own address, though the connection is not secure', () => {
    const { trace } = runWith(failing, {});
    const reported = trace.events.find(
      (event) => event.kind === 'step' && event.rule === 'sts-2016.failure-reported',
    );
    expect(reported).toMatchObject({
      evidence: { rua: [`mailto:reports@${recipient}`], fault: 'not-authenticated' },
    });
    expect(trace.result.action.kind).toBe('delivered');
  });
});

describe('X8, a second fetch that yields nothing', () => {
  const blocked = scenarioWith({
    history: 'known',
    'block-policy': 'nxdomain',
    line: 'mitm-self',
  });

  it('leaves the old policy standing, or leaves no policy: then the attacker gets the mail', () => {
    expect(told(runWith(blocked, { emptyRefresh: 'keep-old' }))).toMatch(/^waits/);
    expect(told(runWith(blocked, { emptyRefresh: 'no-policy' }))).toMatch(/^delivered-to-attacker/);
  });
});

describe('X12, whose address proves a new policy', () => {
  /** The domain moves its mail server, and its web copy to another host; the old copy stays. */
  const moved = (): Scenario => {
    const scenario = scenarioWith({ history: 'known', change: 'new-mx' });
    const host = `sts2.${recipient}`;
    const rename = (text: string) =>
      text.replace(`https://smtp-sts.${recipient}`, `https://${host}`);
    const old = scenario.past?.policyHosts?.find((each) => each.host.startsWith('smtp-sts.'));
    const now = scenario.policyHosts.find((each) => each.host.startsWith('smtp-sts.'));
    if (old === undefined || now === undefined) throw new Error('no web copy');
    return {
      ...scenario,
      certificates: {
        ...scenario.certificates,
        moved: { issuer: 'public-ca', names: [host] },
      },
      policyHosts: [old, { ...now, host, certificate: 'moved', body: rename(now.body) }],
      zones: scenario.zones.map((zone) => ({
        ...zone,
        records: [
          ...zone.records.map((record) =>
            record.type === 'TXT' && record.name.startsWith('_smtp_sts.')
              ? { ...record, text: rename(record.text) }
              : record,
          ),
          ...(zone.name === recipient
            ? [{ name: host, type: 'A' as const, address: '192.0.2.80' }]
            : []),
        ],
      })),
    };
  };

  it('is the cached policy’s, where only the old copy stands, or the new policy’s', () => {
    const cached = runWith(moved(), { uriOf: 'cached' });
    expect(told(cached)).toMatch(/^waits/);
    expect(rules(cached)).toContain('sts-2016.new-policy-not-authenticated');
    const renewed = runWith(moved(), { uriOf: 'new' });
    expect(told(renewed)).toBe('delivered-proven, believed proven, remembered');
    expect(rules(renewed)).toContain('sts-2016.new-policy-authenticated');
  });

  it('makes no difference where both name the same', () => {
    const same = scenarioWith({ history: 'known', change: 'new-mx' });
    for (const uriOf of ['cached', 'new'] as const)
      expect(told(runWith(same, { uriOf }))).toMatch(/^delivered-proven/);
  });
});

describe('a policy of the draft', () => {
  const asksForPolicy = ({ trace }: ScenarioRun): boolean =>
    trace.events.some(
      ({ kind, ...event }) =>
        kind === 'asked' && JSON.stringify(event).includes(`_smtp_sts.${recipient}`),
    );

  it('is looked for again only at its expiry and before mail is rejected', () => {
    expect(asksForPolicy(runWith(scenarioWith({ history: 'known' }), {}))).toBe(false);
    expect(asksForPolicy(runWith(scenarioWith({ history: 'expired' }), {}))).toBe(true);
    const rejecting = scenarioWith({ history: 'known', line: 'strip' });
    expect(asksForPolicy(runWith(rejecting, {}))).toBe(true);
    // Only reporting asks for nothing new.
    const reporting = scenarioWith({ history: 'known', sts2016: 'report-only', line: 'strip' });
    expect(asksForPolicy(runWith(reporting, {}))).toBe(false);
  });

  it('is replaced by one that the cached method proves: DNSSEC here', () => {
    const knobs = { history: 'known', change: 'new-mx', 'sts2016-auth': 'dnssec' } as const;
    expect(told(runWith(scenarioWith({ ...knobs, zone: 'signed' }), {}))).toMatch(
      /^delivered-proven/,
    );
    expect(told(runWith(scenarioWith(knobs), {}))).toMatch(/^waits/);
  });
});

it('text and pseudocode differ in X5 to X8 and agree on X12', () => {
  for (const key of Object.keys(byText) as (keyof Draft2016Switches)[]) {
    const differs = byText[key] !== byPseudocode[key];
    expect([key, differs]).toEqual([key, !['cached', 'uriOf'].includes(key)]);
  }
});
