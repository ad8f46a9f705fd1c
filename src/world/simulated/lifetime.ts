/** A policy's lifetime stands in its text: a world with every policy as long-lived as one likes. */
import type { Scenario } from './scenario.ts';

/** The greatest lifetime the grammar of the draft of March 2016 allows: six digits of seconds (§3.1). */
export const draftLifetimeSeconds = 999_999;

export function withLifetime(scenario: Scenario, lifetimeSeconds: number): Scenario {
  const capped = Math.min(lifetimeSeconds, draftLifetimeSeconds);
  const change = (text: string): string =>
    text.replace(/max_age: \d+/, `max_age: ${lifetimeSeconds}`).replace(/; e=\d+/, `; e=${capped}`);
  return {
    ...scenario,
    zones: scenario.zones.map((zone) => ({
      ...zone,
      records: zone.records.map((record) =>
        record.type === 'TXT' ? { ...record, text: change(record.text) } : record,
      ),
    })),
    policyHosts: scenario.policyHosts.map((host) => ({ ...host, body: change(host.body) })),
  };
}
