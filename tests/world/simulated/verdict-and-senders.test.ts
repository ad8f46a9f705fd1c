/** What the check says of a domain, held against what the simulated senders do with the same answers. */
import { expect, test } from 'vitest';
import { verdictOf } from '../../../src/core/check/verdict.ts';
import { defaultKnobs } from '../../../src/world/simulated/knobs.ts';
import {
  hopeful,
  receivingSide,
  scenarioOfSide,
} from '../../../src/world/simulated/scenario-of-report.ts';
import { simulate } from '../../../src/world/simulated/simulate.ts';
import { everyReport } from '../../core/check/every-report.ts';

test('a sender with DANE delivers with proof where the verdict says so, and nowhere where there is no server', () => {
  const seen = new Set<string>();
  for (const { name, sts, report } of everyReport()) {
    // What MTA-STS says changes nothing for this sender.
    if (sts !== 'proved-absent') continue;
    const { whole } = verdictOf(report);
    const { outcome } = simulate(
      scenarioOfSide(receivingSide(report, hopeful), 'dane', defaultKnobs, 'first-contact'),
    );
    const isDelivered = outcome.verdict.startsWith('delivered');
    if (whole === 'dane' || whole === 'dane-reachable')
      expect([name, outcome.verdict]).toEqual([name, 'delivered-proven']);
    if (whole === 'no-server') expect([name, isDelivered]).toEqual([name, false]);
    if (whole === 'neither')
      expect([name, outcome.verdict]).not.toEqual([name, 'delivered-proven']);
    seen.add(`${whole} ${outcome.verdict}`);
  }
  expect(seen.size).toBeGreaterThan(6);
});
