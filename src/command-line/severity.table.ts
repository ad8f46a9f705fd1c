/**
 * The severity of a finding for monitoring. Critical: mail stops, or a protection that is published does
 * not work. Warning: a protection is missing, or only in part. Unknown: it could not be looked at.
 */
import type { ConnectionFault } from '../core/check/connection.ts';
import type { Whole } from '../core/check/verdict.table.ts';

/** Worst last, in the order in which monitoring plugins weigh several results. */
export const severities = ['ok', 'unknown', 'warning', 'critical'] as const;
export type Severity = (typeof severities)[number];

export const worstSeverity = (all: Iterable<Severity>): Severity =>
  [...all].reduce(
    (one, other) => (severities.indexOf(other) > severities.indexOf(one) ? other : one),
    'ok' as Severity,
  );

/** What a monitor reads from the exit code of a plugin (Nagios, Icinga, Naemon, Checkmk, Sensu). */
export const nagiosCode = { ok: 0, warning: 1, critical: 2, unknown: 3 } as const;

export const severityOfWhole: Readonly<Record<Whole, Severity>> = {
  'no-domain': 'critical',
  'null-mx': 'ok',
  'mx-bogus': 'critical',
  'mx-failed': 'unknown',
  'no-server': 'critical',
  'alias-nowhere': 'critical',
  'first-nowhere': 'warning',
  'dane-none-of-first': 'warning',
  dane: 'ok',
  'dane-reachable': 'ok',
  'dane-first': 'warning',
  'dane-some': 'warning',
  'dane-encrypted': 'critical',
  'dane-bogus': 'critical',
  'dane-failed': 'unknown',
  'sts-only': 'ok',
  'sts-enforced': 'ok',
  'sts-testing': 'warning',
  'sts-withdrawn': 'warning',
  'sts-host-not-listed': 'critical',
  'sts-policy-faulty': 'critical',
  'sts-no-policy-host': 'critical',
  'sts-faulty': 'critical',
  'sts-bogus': 'critical',
  'sts-failed': 'unknown',
  neither: 'warning',
};

export const severityOfFault: Readonly<Record<ConnectionFault, Severity>> = {
  'dane-fails': 'critical',
  'dane-fails-some': 'critical',
  'sts-fails': 'critical',
  'policy-fails': 'critical',
  'policy-withdrawn': 'warning',
  'sts-testing-fails': 'warning',
  'not-encrypted': 'critical',
  'not-reached': 'unknown',
};

/** Of a part that the whole may not speak of; other words of a card say nothing that the whole does not. */
export const severityOfPart: Readonly<Record<string, Severity>> = {
  bogus: 'critical',
  'host-bogus': 'critical',
  'not-looked-up': 'unknown',
  'host-not-looked-up': 'unknown',
};
