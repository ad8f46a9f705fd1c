/** The proofs behind a report, each zone and each link of an answer once: plain data for a picture and a list. */
import { lookupsOf, type Report } from '../../core/check/report.ts';
import type { LinkEvidence, ZoneEvidence } from '../../core/dnssec/evidence.ts';

/** What a check leaves behind of its proofs: each zone and each link of an answer once. */
export interface ChainProof {
  readonly zones: readonly ZoneEvidence[];
  readonly links: readonly LinkEvidence[];
  /** Answers that the resolver called authentic, and of those the ones we could not prove. */
  readonly claimed: number;
  readonly overclaimed: number;
  readonly proved: number;
  /** Some signature was out of time by this device's clock. */
  readonly isClockSuspect: boolean;
}

export function proofOf(report: Report): ChainProof {
  const lookups = lookupsOf(report);
  const zones = new Map(lookups.flatMap((each) => each.zones.map((zone) => [zone.zone, zone])));
  const links = new Map(
    lookups.flatMap((each) => each.links.map((link) => [`${link.name} ${link.type}`, link])),
  );
  const claims = lookups.filter(({ claimedAuthentic }) => claimedAuthentic === true);
  const signatures = [...zones.values(), ...links.values()].flatMap((each) => each.signatures);
  return {
    zones: [...zones.values()],
    links: [...links.values()],
    claimed: claims.length,
    // What we could not check we do not contradict.
    overclaimed: claims.filter(({ security }) => security === 'bogus' || security === 'insecure')
      .length,
    proved: lookups.filter(({ security }) => security === 'secure').length,
    isClockSuspect:
      lookups.some(({ reason }) => reason === 'dnssec.clock-implausible') ||
      signatures.some(({ outcome }) =>
        ['dnssec.signature-expired', 'dnssec.signature-not-yet'].includes(outcome),
      ),
  };
}
