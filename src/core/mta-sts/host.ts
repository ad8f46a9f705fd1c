/**
 * Is this MX host valid under the policy (RFC 8461 §4)? Its name first, then STARTTLS, then its
 * certificate. One rule for all that real senders compare instead, so that what they skip is seen.
 */
import type { DomainName } from '../dns/name.ts';
import { anyNameCovers, isWithinValidity, namesOf } from '../sender/certificate-names.ts';
import { departed } from '../sender/departed.ts';
import type { Sender } from '../sender/sender.ts';
import type { Presented } from '../smtp/ask.ts';
import { step, type Procedure } from '../trace.ts';
import { looseEntryCovers, looseMatchList } from './loose-reading.ts';
import { matchMx } from './match.ts';
import type { FetchedStsPolicy } from './memory.ts';

export function* isListedMx(
  sender: Sender,
  policy: FetchedStsPolicy,
  host: DomainName,
): Procedure<boolean> {
  const { matches, pattern } = matchMx(policy.mx, host);
  if (matches) {
    yield* step('mta-sts.mx-listed', { host, pattern });
    return true;
  }
  const { departures } = sender;
  const deeper = policy.mx.some((each) => each.startsWith('*.') && host.endsWith(each.slice(1)));
  if (deeper && departures.has('wildcard-any-depth')) {
    yield* departed('wildcard-any-depth', { host, mx: policy.mx });
    return true;
  }
  // A sender that hands the patterns to its certificate check never looks at the name itself.
  if (departures.has('mx-name-not-compared')) {
    yield* departed('mx-name-not-compared', { host, mx: policy.mx });
    return true;
  }
  yield* step('mta-sts.mx-not-listed', { host, mx: policy.mx });
  return false;
}

/** RFC 8460 §4.3. */
export type CertificateProblem =
  'certificate-not-trusted' | 'certificate-expired' | 'certificate-host-mismatch';

export function* stsCertificateProblem(
  sender: Sender,
  policy: FetchedStsPolicy,
  host: DomainName,
  presented: Presented,
  nowSeconds: number,
): Procedure<CertificateProblem | undefined> {
  const [leaf] = presented.chain;
  const problem = yield* (function* (): Procedure<CertificateProblem | undefined> {
    if (leaf === undefined || !presented.leadsToTrustedRoot) return 'certificate-not-trusted';
    if (!isWithinValidity(leaf, nowSeconds)) return 'certificate-expired';
    const { departures } = sender;
    const commonName = departures.has('common-name-for-mx') ? 'counts-alone' : 'never';
    const strict = anyNameCovers(namesOf(leaf, 'never'), host);
    const names = namesOf(leaf, commonName);
    if (departures.has('certificate-compared-with-policy')) {
      const list = looseMatchList(policy.mx);
      const covered = list.some((entry) => names.some((name) => looseEntryCovers(entry, name)));
      if (covered && !strict) {
        const byCommonName = leaf.dnsNames.length === 0;
        const departure = byCommonName ? 'common-name-for-mx' : 'certificate-compared-with-policy';
        yield* departed(departure, { host, names, list });
      } else if (!covered && strict)
        yield* departed('certificate-compared-with-policy', { host, names, list });
      return covered ? undefined : 'certificate-host-mismatch';
    }
    if (strict) return undefined;
    if (anyNameCovers(names, host)) {
      yield* departed('common-name-for-mx', { host, names });
      return undefined;
    }
    return 'certificate-host-mismatch';
  })();
  if (problem === undefined) yield* step('mta-sts.certificate-valid', { host });
  else yield* step('mta-sts.certificate-invalid', { host, problem, names: leaf?.dnsNames });
  return problem;
}
