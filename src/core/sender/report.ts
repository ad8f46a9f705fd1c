/**
 * What a report to the domain would count (RFC 8460 §4.3), as steps of the trace. Whoever removes
 * the policy from view removes the report with it: then nobody learns of the attack.
 */
import type { DomainName } from '../dns/name.ts';
import { step, type Procedure } from '../trace.ts';

/** The result types of RFC 8460 §4.3. */
export type ResultType =
  | 'starttls-not-supported'
  | 'certificate-host-mismatch'
  | 'certificate-expired'
  | 'certificate-not-trusted'
  | 'validation-failure'
  | 'tlsa-invalid'
  | 'dnssec-invalid'
  | 'dane-required'
  | 'sts-policy-fetch-error'
  | 'sts-policy-invalid'
  | 'sts-webpki-invalid';

export function* countFailure(
  policyType: 'tlsa' | 'sts',
  host: DomainName,
  resultType: ResultType,
): Procedure<void> {
  yield* step('sender.failure-counted', { policyType, host, resultType });
}
