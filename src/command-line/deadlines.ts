/**
 * What of a domain runs out, and when: certificates, signatures and the memory of a policy; and how long
 * before that it is told. A server's certificate whose date nobody looks at is measured and not judged.
 */
import type { Deadline } from './schemas.ts';
import { daySeconds } from '../core/ask.ts';
import { lookupsOf, type Report } from '../core/check/report.ts';
import type { SignatureEvidence } from '../core/dnssec/evidence.ts';
import type { Options } from './arguments.ts';
import type { Connected } from './connect.ts';

export type Thresholds = Pick<
  Options,
  'warningDays' | 'criticalDays' | 'signatureWarningHours' | 'signatureCriticalHours'
>;

const hourSeconds = 3600;
const usualDays = { warning: 14, critical: 3 } as const;

/**
 * Unless given: some days before the end, or a share of the whole life where that is shorter. A certificate
 * of six days, or signatures of two, would else be told of all their life.
 */
const usual = (lifeSeconds: number, share: number) => ({
  warningSeconds: Math.min(usualDays.warning * daySeconds, Math.round(lifeSeconds * share)),
  criticalSeconds: Math.min(usualDays.critical * daySeconds, Math.round((lifeSeconds * share) / 2)),
});
const certificateShare = 1 / 6;
const signatureShare = 1 / 10;

function given(unitSeconds: number, warning: number | undefined, critical: number | undefined) {
  return {
    ...(warning !== undefined && { warningSeconds: warning * unitSeconds }),
    ...(critical !== undefined && { criticalSeconds: critical * unitSeconds }),
  };
}

export function deadlinesOf(
  report: Report,
  connected: Connected | undefined,
  thresholds: Thresholds,
): readonly Deadline[] {
  const now = report.checkedAtSeconds;
  const { warningDays, criticalDays, signatureWarningHours, signatureCriticalHours } = thresholds;
  const until = (endsSeconds: number) => ({ endsSeconds, leftSeconds: endsSeconds - now });
  const fetched = connected?.policy?.fetched;
  const policy = fetched?.kind === 'policy' ? fetched.policy : undefined;
  const needsPublicTrust = policy !== undefined && policy.mode !== 'none';
  const byDays = given(daySeconds, warningDays, criticalDays);
  const certificates = (connected?.hosts ?? []).flatMap((session): Deadline[] => {
    const [leaf] = session.presented?.chain ?? [];
    if (leaf === undefined) return [];
    const { host, address, kind, dane } = session;
    const life = leaf.notAfterSeconds - leaf.notBeforeSeconds;
    // Usage 3 takes no notice of dates (RFC 7671 §5.1), and without DANE or a policy nobody looks.
    const isByUsage2 =
      dane?.kind === 'authenticated' && (dane.depth > 0 || dane.name !== undefined);
    return [
      {
        kind: 'certificate',
        about: host,
        ...(address !== undefined && { address }),
        ...(kind && { certificates: kind }),
        ...until(leaf.notAfterSeconds),
        ...((needsPublicTrust || isByUsage2) && { ...usual(life, certificateShare), ...byDays }),
      },
    ];
  });
  const shown = connected?.policy?.certificate;
  const policyHost: Deadline[] =
    shown === undefined
      ? []
      : [
          {
            kind: 'policy-certificate',
            about: report.sts.policyHost,
            ...until(shown.notAfterSeconds),
            ...usual(shown.notAfterSeconds - shown.notBeforeSeconds, certificateShare),
            ...byDays,
          },
        ];
  const memory: Deadline[] = policy
    ? [{ kind: 'policy', about: report.domain, ...until(now + policy.maxAgeSeconds) }]
    : [];
  const signatures = signaturesOf(report).map(({ zone, endsSeconds, lifeSeconds }): Deadline => ({
    kind: 'signatures',
    about: zone,
    ...until(endsSeconds),
    ...usual(lifeSeconds, signatureShare),
    ...given(hourSeconds, signatureWarningHours, signatureCriticalHours),
  }));
  return [...certificates, ...policyHost, ...signatures, ...memory];
}

/**
 * For each zone that signed an answer, when the first of its record sets runs out of valid signatures. Of a
 * set that several keys signed the last one counts. The zones above are others' to keep.
 */
function signaturesOf(report: Report) {
  const lookups = lookupsOf(report);
  const own = lookups.flatMap(({ links }) => links.flatMap(({ signatures }) => signatures));
  const zones = new Set(own.map(({ signer }) => signer));
  const keys = lookups
    .flatMap(({ zones: chain }) => chain)
    .flatMap(({ zone, signatures }) =>
      signatures.filter(({ signer }) => zones.has(zone) && signer === zone),
    );
  const sets = new Map<string, SignatureEvidence>();
  for (const each of [...own, ...keys]) {
    if (each.outcome !== 'valid') continue;
    const set = `${each.name}/${each.type}`;
    const known = sets.get(set);
    if (known === undefined || known.expiration < each.expiration) sets.set(set, each);
  }
  return [...zones].flatMap((zone) => {
    const [first] = [...sets.values()]
      .filter(({ signer }) => signer === zone)
      .sort((one, other) => one.expiration - other.expiration);
    return first === undefined
      ? []
      : [
          {
            zone,
            endsSeconds: first.expiration,
            lifeSeconds: first.expiration - first.inception,
          },
        ];
  });
}
