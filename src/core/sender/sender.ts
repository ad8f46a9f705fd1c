/**
 * A sending mail server as data: which protection it uses, which departures from the standards it
 * takes, and what it remembers.
 */
import type { Action } from '../smtp/session.ts';
import type { Draft2016Switches } from '../sts-2016/switches.ts';
import type { Draft2016Cache } from '../sts-2016/in-force.ts';
import type { StsCache } from '../mta-sts/memory.ts';
import type { DepartureId } from './departures.ts';

/**
 * `opportunistic` STARTTLS; `encrypt` TLS or nothing, anyone's certificate; `secure` TLS with a
 * certificate for the domain or a name under it; the draft of March 2016; RFC 8461; RFC 7672;
 * RFC 7672 §6 mandatory (`dane-only`); DANE where it applies and MTA-STS too.
 */
export const protections = [
  'opportunistic',
  'encrypt',
  'secure',
  'smtp-sts-2016',
  'mta-sts',
  'dane',
  'dane-only',
  'dane-and-mta-sts',
] as const;

export type Protection = (typeof protections)[number];

/**
 * Does this protection ask for a resolver that validates DNSSEC? DANE does (RFC 7672 §2.1.1); nothing
 * asks that of the others, and with one they would be protected by DNSSEC, not by themselves.
 */
export const needsDnssec = (protection: Protection): boolean => protection.startsWith('dane');

/** A named set of departures: `content/profiles/<id>.yaml`. */
export type ProfileId =
  'strict' | 'postfix-3.7' | 'postfix-policy-daemon-1.1' | 'dane-list' | 'exim-4.96';

export interface Sender {
  readonly protection: Protection;
  readonly departures: ReadonlySet<DepartureId>;
  readonly draft2016: Draft2016Switches;
  /** Domains for which DANE is used and MTA-STS not asked (departure `dane-list-first`). */
  readonly daneList: ReadonlySet<string>;
  /** Seconds within which a cached policy is used without a look at the TXT record. */
  readonly policyGraceSeconds: number;
}

/** What a sender remembers between deliveries; goes into `deliver()` and comes out of it. */
export interface SenderMemory {
  readonly mtaSts: StsCache;
  readonly draft2016: Draft2016Cache;
}

/** Of a sender that never sent anything. */
export const emptyMemory: SenderMemory = { mtaSts: new Map(), draft2016: new Map() };

/** How a delivery ended, as the sender sees it. */
export interface Delivery {
  readonly action: Action;
  readonly memory: SenderMemory;
}
