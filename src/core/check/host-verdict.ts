/**
 * What one mail host is to a sender with DANE, and to an attacker between the two.
 * Source: RFC 7672 §2.1.2, §2.2, §2.2.2.
 */
import type { DanePolicy, NoDane } from '../dane/policy.ts';
import type { DomainName } from '../dns/name.ts';
import type { HostReport } from './report.ts';
import type { Tone } from './verdict.table.ts';

/** As `DanePolicy` has it. */
type DaneStanding = 'authenticate' | 'encrypt' | NoDane | 'tlsa-bogus' | 'tlsa-failed';

export interface HostVerdict {
  readonly host: DomainName;
  /** What the standing is about, where that is the end of an alias. */
  readonly name: DomainName;
  readonly standing: HostStanding;
  readonly tone: Tone;
  /** Where the MX record is not proved: what a sender meets that asks all the same (RFC 7672 §2.2.1). */
  readonly despiteMx: Exclude<DaneStanding, 'mx-insecure'> | undefined;
}

/** What a sender with DANE meets at this host; the one reading of a `HostReport`. */
export function hostStanding({ never, addresses, dane }: HostReport): HostStanding {
  if (never?.security === 'secure') return never.kind;
  if (addresses.kind === 'failed')
    return addresses.why === 'bogus' ? 'address-bogus' : 'address-failed';
  if (addresses.kind === 'none')
    return addresses.security === 'secure' ? 'address-proved-none' : 'address-none';
  return dane === undefined ? 'address-failed' : standingByPolicy(dane);
}

/** The one word for what `danePolicy` decided; a lookup that failed is `tlsa-bogus` or `tlsa-failed`. */
export function standingByPolicy(dane: DanePolicy): DaneStanding {
  if (dane.kind === 'opportunistic') return dane.why;
  if (dane.kind !== 'unreachable') return dane.kind;
  return dane.why === 'bogus' ? 'tlsa-bogus' : 'tlsa-failed';
}

/** What a host is to a sender with DANE, and to an attacker between the two. */
export type Role = 'proved' | 'way-in' | 'nowhere' | 'bogus' | 'failed';

/** What a sender with DANE meets at one mail host. */
export const roles = {
  authenticate: 'proved',
  encrypt: 'way-in',
  'mx-insecure': 'way-in',
  'address-insecure': 'way-in',
  'tlsa-absent': 'way-in',
  'tlsa-insecure': 'way-in',
  /** No address, and no proof of that. */
  'address-none': 'way-in',
  'address-proved-none': 'nowhere',
  'null-mx-beside': 'nowhere',
  localhost: 'nowhere',
  'invalid-name': 'nowhere',
  'special-name': 'nowhere',
  number: 'nowhere',
  'tlsa-bogus': 'bogus',
  'address-bogus': 'bogus',
  'tlsa-failed': 'failed',
  'address-failed': 'failed',
} as const satisfies Readonly<Record<string, Role>>;

export type HostStanding = keyof typeof roles;

/** True where no mail can go to this host, whether or not its absence is proved. */
export const hasNoAddress = (standing: HostStanding): boolean =>
  standing === 'address-none' || roles[standing] === 'nowhere';

const roleTone: Readonly<Record<Role, Tone>> = {
  proved: 'good',
  'way-in': 'bad',
  nowhere: 'open',
  bogus: 'open',
  failed: 'open',
};

/**
 * What one mail host is to a sender with DANE, with the colour that a report gives it.
 * Errors: none; what could not be looked up is a standing (`address-failed`, `tlsa-bogus` …), never "no DANE".
 * Source: RFC 7672 §2.1.2, §2.2, §2.2.2.
 */
export function hostVerdict(report: HostReport): HostVerdict {
  const standing = hostStanding(report);
  const { host, never, daneDespiteMx } = report;
  const tone =
    standing === 'encrypt'
      ? 'attention'
      : hasNoAddress(standing)
        ? 'open'
        : roleTone[roles[standing]];
  // Who asks all the same is not held by the insecure MX record.
  const asked = daneDespiteMx && standingByPolicy(daneDespiteMx);
  return {
    host,
    name: never?.name ?? host,
    standing,
    tone,
    despiteMx: asked === 'mx-insecure' ? undefined : asked,
  };
}
