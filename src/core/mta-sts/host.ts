/**
 * Is this MX host valid under the policy (RFC 8461 §4)? Its name first, then STARTTLS, then its
 * certificate. One rule for all that real senders compare instead, so that what they skip is seen.
 */
import type { DomainName } from '../dns/name.ts';
import { nameKey } from '../grammar/idn.ts';
import { anyNameFits, countingNames } from '../pkix/certificate.ts';
import { isWithinValidity } from '../pkix/path.ts';
import { departed, type StsDeparture, type StsSender } from './departures.ts';
import type { Presented } from '../smtp/ask.ts';
import { step, type Evidence, type Procedure } from '../trace.ts';
import { looseEntryCovers, looseMatchList } from './loose-reading.ts';
import { matchMx } from './match.ts';
import type { FetchedStsPolicy } from './memory.ts';

/**
 * Is the name of this MX host among the patterns of the policy?
 * A departure of the sender that changes the answer leaves its own step.
 * Source: RFC 8461 §4.1.
 */
export function* isListedMx(
  sender: StsSender,
  policy: FetchedStsPolicy,
  host: DomainName,
): Procedure<boolean> {
  const { matches, pattern } = matchMx(policy.mx, host);
  if (matches) {
    yield step('mta-sts.mx-listed', { host, pattern });
    return true;
  }
  const { departures } = sender;
  const deeper = policy.mx.some(
    (each) => each.startsWith('*.') && host.endsWith(nameKey(each.slice(1))),
  );
  if (deeper && departures.has('wildcard-any-depth')) {
    yield departed('wildcard-any-depth', { host, mx: policy.mx });
    return true;
  }
  // A sender that hands the patterns to its certificate check never looks at the name itself.
  if (departures.has('mx-name-not-compared')) {
    yield departed('mx-name-not-compared', { host, mx: policy.mx });
    return true;
  }
  yield step('mta-sts.mx-not-listed', { host, mx: policy.mx });
  return false;
}

/** RFC 8460 §4.3. */
export type CertificateProblem =
  'certificate-not-trusted' | 'certificate-expired' | 'certificate-host-mismatch';

/**
 * Judges the certificate that an MX host showed after STARTTLS.
 * Shape: `nowSeconds` since 1970.
 * Errors: `certificate-not-trusted` (no certificate, or no path to a trusted root), `certificate-expired` (outside its
 * dates, at either end), `certificate-host-mismatch` (of another name); undefined where nothing is wrong.
 * Source: RFC 8461 §4.2; the names of the problems, RFC 8460 §4.3.
 */
export function* stsCertificateProblem(
  sender: StsSender,
  policy: FetchedStsPolicy,
  host: DomainName,
  presented: Presented,
  nowSeconds: number,
): Procedure<CertificateProblem | undefined> {
  const [leaf] = presented.chain;
  const { problem, leaving } = compareCertificate(sender, policy, host, presented, nowSeconds);
  if (leaving !== undefined) yield departed(leaving.departure, leaving.evidence);
  if (problem === undefined) yield step('mta-sts.certificate-valid', { host });
  else yield step('mta-sts.certificate-invalid', { host, problem, names: leaf?.dnsNames });
  return problem;
}

interface Compared {
  readonly problem: CertificateProblem | undefined;
  /** Where this sender leaves the standard, and a strict one would have judged otherwise. */
  readonly leaving?: { readonly departure: StsDeparture; readonly evidence: Evidence };
}

function compareCertificate(
  { departures }: StsSender,
  policy: FetchedStsPolicy,
  host: DomainName,
  { chain: [leaf], leadsToTrustedRoot }: Presented,
  nowSeconds: number,
): Compared {
  if (leaf === undefined || !leadsToTrustedRoot) return { problem: 'certificate-not-trusted' };
  if (!isWithinValidity(leaf, nowSeconds)) return { problem: 'certificate-expired' };
  const strict = anyNameFits(leaf.dnsNames, host);
  const names = departures.has('common-name-for-mx') ? countingNames(leaf) : leaf.dnsNames;
  if (departures.has('certificate-compared-with-policy')) {
    const list = looseMatchList(policy.mx);
    const covered = list.some((entry) => names.some((name) => looseEntryCovers(entry, name)));
    const problem = covered ? undefined : 'certificate-host-mismatch';
    if (covered === strict) return { problem };
    const byCommonName = covered && leaf.dnsNames.length === 0;
    const departure = byCommonName ? 'common-name-for-mx' : 'certificate-compared-with-policy';
    return { problem, leaving: { departure, evidence: { host, names, list } } };
  }
  if (strict) return { problem: undefined };
  if (!anyNameFits(names, host)) return { problem: 'certificate-host-mismatch' };
  const leaving = { departure: 'common-name-for-mx', evidence: { host, names } } as const;
  return { problem: undefined, leaving };
}
