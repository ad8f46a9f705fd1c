/**
 * What a report to the domain would count (RFC 8460 §4.3), as steps of the trace, and who learns of
 * what went wrong. Whoever hides the policy from a sender without memory leaves nothing to count
 * against it; whoever hides the record that asks for reports (§7) stops the report as well.
 */
import type { DomainName } from '../dns/name.ts';
import type { policyTypes, resultTypes } from '../tls-rpt/report.ts';
import { step, type Step, type Trace, type TraceEvent } from '../trace.ts';
import type { Delivery, Protection } from './sender.ts';

/** The result types of RFC 8460 §4.3. */
export type ResultType = (typeof resultTypes)[number];

/** Under which policy a session is counted (RFC 8460 §4.4). */
export type PolicyType = (typeof policyTypes)[number];

/** A step that counts one failed session under a policy (RFC 8460 §4.3). */
export const countFailure = (
  policyType: PolicyType,
  host: DomainName,
  resultType: ResultType,
): Step => step('sender.failure-counted', { policyType, host, resultType });

/** Reports came with DANE and MTA-STS; who only takes TLS where it is offered keeps no count. */
export const keepsCount = (protection: Protection): boolean =>
  protection.startsWith('dane') || protection === 'mta-sts';

export interface CountedFailure {
  readonly policyType: PolicyType;
  /** The mail server; for a policy that could not be had, the domain. */
  readonly host: string;
  readonly resultType: ResultType;
}

/** A report of the 2016 draft (§4): to the addresses in the policy itself. */
export interface Report2016 {
  readonly rua: readonly string[];
  readonly fault: string;
}

/** `owner` through a report, if it asks for one; `sender` because the message did not leave. */
export type Learner = 'owner' | 'sender';

export interface Reports {
  /** What a sender that follows RFC 8460 counts, in the order of the trace. */
  readonly counted: readonly CountedFailure[];
  readonly draft2016: readonly Report2016[];
  /** Empty: nobody learns that anything went wrong. */
  readonly learns: readonly Learner[];
}

const stepsWith = (events: readonly TraceEvent[], rule: string) =>
  events.flatMap((event) =>
    event.kind === 'step' && event.rule === rule ? [event.evidence ?? {}] : [],
  );

/** What would be reported of one delivery, and who learns of it. Words: `report.<…>`. */
export function reportsOf({ events, result }: Trace<Delivery>): Reports {
  const counted = stepsWith(events, 'sender.failure-counted').map(
    (evidence) => evidence as unknown as CountedFailure,
  );
  const draft2016 = stepsWith(events, 'sts-2016.failure-reported').map(
    (evidence) => evidence as unknown as Report2016,
  );
  const learns: Learner[] = [];
  if (counted.length > 0 || draft2016.length > 0) learns.push('owner');
  if (result.action.kind !== 'delivered') learns.push('sender');
  return { counted, draft2016, learns };
}
