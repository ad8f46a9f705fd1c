/**
 * MTA-STS (RFC 8461): reads and writes the TXT record and the policy file, compares a mail host with a policy, and
 * decides which policy holds for a domain, with what a sender remembers.
 */
export {
  formatStsRecord,
  parseStsRecord,
  type StsRecord,
  type StsRecordResult,
} from '../core/mta-sts/record.ts';
export {
  formatStsPolicy,
  parseStsPolicy,
  type PolicyCode,
  type PolicyResponse,
  type StsPolicy,
  type StsPolicyResult,
} from '../core/mta-sts/policy.ts';
export { matchMx, type MxMatch } from '../core/mta-sts/match.ts';
export { stsDecision, type StsDecision } from '../core/mta-sts/decision.ts';
export { strictSts, type StsSender } from '../core/mta-sts/departures.ts';
export type { CachedStsPolicy, FetchedStsPolicy, StsCache } from '../core/mta-sts/memory.ts';
