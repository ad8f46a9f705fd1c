/**
 * Other mail servers, of one's own or of another provider, without losing mail: the policy names old and new
 * servers before the MX records change (RFC 8461 §8.1), TLSA records of the new ones stand two TTLs before
 * (RFC 7671 §8.1), and the old ones go on until nobody remembers the old MX records.
 *
 * Whoever still has the old names in a remembered policy trusts them: they must not come into other hands
 * before that memory is over.
 */
import { cite } from '../cite.ts';
import { isSubdomainOf, type DomainName } from '../dns/name.ts';
import { formatStsPolicy } from '../mta-sts/policy.ts';
import { stsIdAt, type PlanStep } from './plan.ts';
import { policyUrl, stsZoneLine } from './sts-plan.ts';

export type MoveStepId =
  | 'move-prepare'
  | 'move-policy-host'
  | 'move-publish-tlsa'
  | 'move-serve-both'
  | 'move-announce-both'
  | 'move-change-mx'
  | 'move-serve-new'
  | 'move-announce-new'
  | 'move-stop-old'
  | 'move-forgotten';

export interface Move {
  readonly domain: DomainName;
  readonly from: readonly DomainName[];
  readonly to: readonly DomainName[];
  /** The longest of MX, TXT and TLSA records. */
  readonly ttlSeconds: number;
  /** The longest `max_age` that was served; 0 where there is no policy. */
  readonly maxAgeSeconds: number;
  readonly nowSeconds: number;
  /** When the MX records are to change. */
  readonly wishedSeconds: number;
}

type Step = PlanStep<MoveStepId>;

/**
 * The steps by which mail moves from one set of MX hosts to another, in order of time.
 * Shape: all times in seconds since 1970. Without a policy (`maxAgeSeconds` 0) its steps are left out.
 * Errors: none; a moment that is wished too early is put off, and `postponedSeconds` says by how much.
 * Source: RFC 8461 §8.1, §8.2, RFC 7671 §8.1.
 */
export function planMove(move: Move): {
  readonly steps: readonly Step[];
  /** The wished moment left less than two TTLs. */
  readonly postponedSeconds: number;
} {
  const { domain, from, to, ttlSeconds, maxAgeSeconds, nowSeconds } = move;
  const hasPolicy = maxAgeSeconds > 0;
  const changeSeconds = Math.max(move.wishedSeconds, nowSeconds + 2 * ttlSeconds);
  const oldGoneSeconds = changeSeconds + ttlSeconds;
  const forgottenSeconds = oldGoneSeconds + ttlSeconds + maxAgeSeconds;
  const common = { domain, ttlSeconds, from: from.join(', '), to: to.join(', ') };
  const policyChange = (
    word: 'both' | 'new',
    atSeconds: number,
    mx: readonly DomainName[],
  ): readonly Step[] => {
    const id = stsIdAt(atSeconds);
    const values = { ...common, id, url: policyUrl(domain) };
    return [
      {
        ...{ id: `move-serve-${word}`, notBeforeSeconds: atSeconds, values },
        file: formatStsPolicy({ mode: 'enforce', maxAgeSeconds, mx, extensions: [] }),
        clause: cite('rfc8461', '8.1'),
      },
      {
        ...{ id: `move-announce-${word}`, notBeforeSeconds: atSeconds, values },
        zoneLines: [stsZoneLine(domain, ttlSeconds, id)],
        clause: cite('rfc8461', '8.1'),
      },
    ];
  };
  const step = (id: MoveStepId, notBeforeSeconds: number, clause: Step['clause']): Step => ({
    ...{ id, notBeforeSeconds, clause },
    values: { ...common, oldGoneSeconds, changeSeconds, forgottenSeconds },
  });
  const isElsewhere = [...from, ...to].some((host) => !isSubdomainOf(host, domain));
  const steps = [
    step('move-prepare', nowSeconds, cite('rfc8461', '4.2')),
    ...(hasPolicy && isElsewhere
      ? [step('move-policy-host', nowSeconds, cite('rfc8461', '8.2'))]
      : []),
    step('move-publish-tlsa', nowSeconds, cite('rfc7671', '8.1')),
    ...(hasPolicy ? policyChange('both', nowSeconds, [...new Set([...from, ...to])]) : []),
    {
      ...step('move-change-mx', changeSeconds, cite('rfc5321', '5.1')),
      zoneLines: [],
    },
    ...(hasPolicy ? policyChange('new', oldGoneSeconds, to) : []),
    step('move-stop-old', oldGoneSeconds, cite('rfc1035', '3.2.1')),
    ...(hasPolicy ? [step('move-forgotten', forgottenSeconds, cite('rfc8461', '3.2'))] : []),
  ];
  return { steps, postponedSeconds: changeSeconds - move.wishedSeconds };
}
