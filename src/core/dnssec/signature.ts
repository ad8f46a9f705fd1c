/** One RRset against the keys of one zone (RFC 4035 §5.3), within bounds. */
import type { DomainName } from '../dns/name.ts';
import { ask, type Procedure } from '../trace.ts';
import type { SignatureEvidence } from './evidence.ts';
import {
  expandedFrom,
  isFitting,
  signedOctets,
  type Rrset,
  type SignatureRecord,
} from './rrset.ts';
import type { DnssecRule } from './rules.ts';
import type { Checked, KeyRecord, Lookup } from './session.ts';

/**
 * From `right` to `left` in seconds, the short way round: times of signatures are 32 bits of seconds that wrap in 2106
 * (RFC 4034 §3.1.5, RFC 1982).
 */
export const serialDifference = (left: number, right: number): number => (left - right) | 0;

export type Timeliness = 'in-time' | 'expired' | 'not-yet';

/** Where `now` stands against a signature's two times, with so much skew allowed at both ends. */
export const timeliness = (
  times: { readonly inception: number; readonly expiration: number },
  now: number,
  skewSeconds: number,
): Timeliness => {
  // A signature that ends before it begins is never in time.
  if (serialDifference(times.expiration, times.inception) < 0) return 'expired';
  if (serialDifference(now, times.expiration) > skewSeconds) return 'expired';
  if (serialDifference(times.inception, now) > skewSeconds) return 'not-yet';
  return 'in-time';
};

const zoneKeyFlag = 0x0100;
const revokeFlag = 0x0080;

/** True for a key that may sign zone data (RFC 4034 §2.1.1, RFC 5011 §2.1). */
export const isZoneKey = (key: Pick<KeyRecord, 'flags' | 'protocol'>): boolean =>
  (key.flags & zoneKeyFlag) !== 0 && (key.flags & revokeFlag) === 0 && key.protocol === 3;

/** Of several failures the one that says most: what is nearest to having succeeded. */
const telling: readonly DnssecRule[] = [
  'dnssec.limit-reached',
  'dnssec.algorithm-not-here',
  'dnssec.signature-invalid',
  'dnssec.signature-expired',
  'dnssec.signature-not-yet',
  'dnssec.keys-unmatched',
  'dnssec.signature-misfit',
];

/** Any one valid signature by a zone key suffices (RFC 6840 §5.11). */
export function* checkRrset(
  lookup: Lookup,
  rrset: Rrset,
  zone: DomainName,
  keys: readonly KeyRecord[],
): Procedure<Checked> {
  const before = lookup.checked.get(rrset) ?? new Map<DomainName, Checked>();
  lookup.checked.set(rrset, before);
  const checked = before.get(zone) ?? (yield* checkWithKeys(lookup, rrset, zone, keys));
  // What could not be afforded in this lookup may be in the next.
  if (checked.isValid || checked.reason !== 'dnssec.limit-reached') before.set(zone, checked);
  return checked;
}

/** As `checkRrset`, for keys that are not all of the zone's: nothing is remembered. */
export function* checkWithKeys(
  lookup: Lookup,
  rrset: Rrset,
  zone: DomainName,
  keys: readonly KeyRecord[],
): Procedure<Checked> {
  const tried: SignatureEvidence[] = [];
  const candidates = rrset.signatures.filter((signature) => signature.signer === zone);
  for (const [at, signature] of candidates.entries()) {
    const outcome =
      at < lookup.policy.limits.signaturesPerRrset
        ? yield* tryOne(lookup, rrset, signature, keys)
        : 'dnssec.limit-reached';
    const wildcard = expandedFrom(rrset, signature);
    const { signer, keyTag, algorithm, inception, expiration } = signature;
    tried.push({
      name: rrset.name,
      type: rrset.type,
      signer,
      keyTag,
      algorithm,
      inception,
      expiration,
      outcome,
      ...(wildcard && { expandedFrom: wildcard }),
    });
    if (outcome === 'valid')
      return { isValid: true, by: signature, expandedFrom: wildcard, signatures: tried };
    if (at >= lookup.policy.limits.signaturesPerRrset) break;
  }
  const reason = telling.find((rule) => tried.some(({ outcome }) => outcome === rule));
  return { isValid: false, reason: reason ?? 'dnssec.signature-missing', signatures: tried };
}

/**
 * Seconds that data may be kept under the signature that proved it: never longer than was signed, nor
 * than the signature has left (RFC 4035 §5.3.3). Whoever carries an answer writes any TTL into it.
 */
export const ttlMostUnder = (
  { ttlSeconds, originalTtlSeconds, expiration }: SignatureRecord,
  now: number | undefined,
): number =>
  Math.min(
    ttlSeconds,
    originalTtlSeconds,
    now === undefined ? Infinity : Math.max(0, serialDifference(expiration, now)),
  );

function* tryOne(
  lookup: Lookup,
  rrset: Rrset,
  signature: SignatureRecord,
  keys: readonly KeyRecord[],
): Procedure<'valid' | DnssecRule> {
  const { limits, skewSeconds } = lookup.policy;
  if (!isFitting(rrset, signature)) return 'dnssec.signature-misfit';
  if (lookup.now !== undefined) {
    const time = timeliness(signature, lookup.now, skewSeconds);
    if (time !== 'in-time') return `dnssec.signature-${time}`;
  }
  const named = keys.filter(
    (key) => key.keyTag === signature.keyTag && key.algorithm === signature.algorithm,
  );
  let outcome: 'valid' | DnssecRule = 'dnssec.keys-unmatched';
  for (const [at, key] of named.entries()) {
    if (at >= limits.keysPerSignature || lookup.work.verifications >= limits.verifications)
      return 'dnssec.limit-reached';
    lookup.work.verifications++;
    const answer = yield* ask({
      ask: 'verify',
      algorithm: key.algorithm,
      publicKey: key.publicKey,
      signature: signature.signature,
      data: signedOctets(rrset, signature),
    });
    if (answer === 'valid') return 'valid';
    // Of two keys with one tag, the one that cannot be tried here may have been the right one.
    if (answer === 'unsupported') outcome = 'dnssec.algorithm-not-here';
    else if (outcome === 'dnssec.keys-unmatched') outcome = 'dnssec.signature-invalid';
  }
  return outcome;
}
