/**
 * MTA-STS from nothing to enforce, and cleanly out again, as dated steps. The order matters: the
 * policy file before the TXT record (RFC 8461 §8.1), and on the way out nothing is removed while a
 * sender may still remember a policy that a missing one would seem to attack (§8.3).
 */
import { daySeconds } from '../ask.ts';
import { cite, type Citation } from '../cite.ts';
import { formatStsPolicy, type StsPolicy } from '../mta-sts/policy.ts';
import { formatStsRecord } from '../mta-sts/record.ts';
import { formatTlsRptRecord } from '../tls-rpt/record.ts';
import { stsIdAt, type PlanStep, formatTxtData, formatZoneLine } from './plan.ts';

export type StsStepId =
  | 'sts-report-record'
  | 'sts-serve-testing'
  | 'sts-announce-testing'
  | 'sts-watch'
  | 'sts-serve-enforce'
  | 'sts-announce-enforce'
  | 'sts-serve-none'
  | 'sts-announce-none'
  | 'sts-remove';

export interface StsStart {
  readonly domain: string;
  readonly mx: readonly string[];
  readonly nowSeconds: number;
  readonly txtTtlSeconds: number;
  /** Report addresses (`mailto:` or `https:`); without any no report record is advised. */
  readonly rua: readonly string[];
  /** How long to watch reports before enforcing. */
  readonly testingSeconds: number;
  readonly testingMaxAgeSeconds: number;
  readonly enforceMaxAgeSeconds: number;
}

export interface StsExit {
  readonly domain: string;
  readonly nowSeconds: number;
  readonly txtTtlSeconds: number;
  /** The longest `max_age` that was ever served and may still be remembered. */
  readonly longestMaxAgeSeconds: number;
}

/** Where the policy of a domain is served. `domain` is without final dot. */
export const policyUrl = (domain: string): string =>
  `https://mta-sts.${domain}/.well-known/mta-sts.txt`;

const section = (number: string): Citation => cite('rfc8461', number);

/** The zone line that announces a policy with this id (RFC 8461 §3.1). */
export const stsZoneLine = (domain: string, ttlSeconds: number, id: string): string =>
  formatZoneLine({
    owner: `_mta-sts.${domain}`,
    ttlSeconds,
    type: 'TXT',
    data: formatTxtData(formatStsRecord({ id, extensions: [] })),
  });

/** The zone line that asks for reports at these addresses (RFC 8460 §3). */
export const tlsRptZoneLine = (
  domain: string,
  ttlSeconds: number,
  rua: readonly string[],
): string =>
  formatZoneLine({
    owner: `_smtp._tls.${domain}`,
    ttlSeconds,
    type: 'TXT',
    data: formatTxtData(formatTlsRptRecord({ rua, extensions: [] })),
  });

type Step = PlanStep<StsStepId>;

/** Serving a policy and then announcing it: the file first, or senders cache the old one under the new id. */
function change(
  word: 'testing' | 'enforce' | 'none',
  domain: string,
  txtTtlSeconds: number,
  atSeconds: number,
  policy: StsPolicy,
  clause: Citation,
): readonly [Step, Step] {
  const id = stsIdAt(atSeconds);
  return [
    {
      id: `sts-serve-${word}`,
      notBeforeSeconds: atSeconds,
      values: { url: policyUrl(domain), maxAgeSeconds: policy.maxAgeSeconds },
      file: formatStsPolicy(policy),
      clause,
    },
    {
      id: `sts-announce-${word}`,
      notBeforeSeconds: atSeconds,
      values: { domain, id, ttlSeconds: txtTtlSeconds },
      zoneLines: [stsZoneLine(domain, txtTtlSeconds, id)],
      clause: section('8.1'),
    },
  ];
}

/**
 * The steps from no MTA-STS to an enforced policy, in order of time: a report record, `testing`, then `enforce`.
 * Shape: times in seconds since 1970; each policy is served before the TXT record announces it.
 * Errors: none; values are taken as they are, so the caller checks them.
 * Source: RFC 8461 §5, §8.1, RFC 8460 §3.
 */
export function planStsStart(start: StsStart): readonly Step[] {
  const { domain, mx, nowSeconds, txtTtlSeconds, rua } = start;
  const enforceAt = nowSeconds + start.testingSeconds;
  const policy = (mode: 'testing' | 'enforce', maxAgeSeconds: number): StsPolicy => ({
    mode,
    maxAgeSeconds,
    mx,
    extensions: [],
  });
  const report: readonly Step[] =
    rua.length === 0
      ? []
      : [
          {
            id: 'sts-report-record',
            notBeforeSeconds: nowSeconds,
            values: { domain },
            zoneLines: [tlsRptZoneLine(domain, txtTtlSeconds, rua)],
            clause: cite('rfc8460', '3'),
          },
        ];
  const testing = policy('testing', start.testingMaxAgeSeconds);
  const enforce = policy('enforce', start.enforceMaxAgeSeconds);
  return [
    ...report,
    ...change('testing', domain, txtTtlSeconds, nowSeconds, testing, section('5')),
    {
      id: 'sts-watch',
      notBeforeSeconds: nowSeconds,
      values: { untilSeconds: enforceAt },
      clause: section('5'),
    },
    ...change('enforce', domain, txtTtlSeconds, enforceAt, enforce, section('5')),
  ];
}

/** The policy of the way out may be small: "e.g., one day" (§8.3). */
const exitMaxAgeSeconds = daySeconds;

/**
 * The way out. The old policy may have been served until senders saw the new id, so its age counts
 * from one TTL of the TXT record after the change.
 */
export function planStsExit(exit: StsExit): readonly Step[] {
  const { domain, nowSeconds, txtTtlSeconds, longestMaxAgeSeconds } = exit;
  const none: StsPolicy = {
    mode: 'none',
    maxAgeSeconds: exitMaxAgeSeconds,
    mx: [],
    extensions: [],
  };
  const forgottenAt =
    nowSeconds + txtTtlSeconds + Math.max(longestMaxAgeSeconds, exitMaxAgeSeconds);
  return [
    ...change('none', domain, txtTtlSeconds, nowSeconds, none, section('8.3')),
    {
      id: 'sts-remove',
      notBeforeSeconds: forgottenAt,
      values: { domain, url: policyUrl(domain) },
      clause: section('8.3'),
    },
  ];
}
