/**
 * A scenario: one world as data. Zones, servers, certificates, an attacker as capabilities, what
 * went before, and the sender: everything that decides how a delivery ends, and nothing else.
 *
 * One file, four readers: the simulator's menu, the tests, the published corpus and claim evidence.
 * JSON-friendly: strings, numbers, booleans, arrays and plain objects only. Names are lower-case
 * A-labels without trailing dot. Certificates are symbolic: an id stands for a key and a name.
 */
import type { RrType } from '../core/dns/record.ts';
import type { Protection, ProfileId } from '../core/sender/sender.ts';
import type { Draft2016Switches } from '../core/sts-2016/switches.ts';

export interface Scenario {
  readonly format: 1;
  /** When the delivery under study starts; seconds since 1970-01-01T00:00:00Z. */
  readonly clockSeconds: number;
  /** The domain that the mail is addressed to. */
  readonly domain: string;
  readonly sender: SenderChoice;
  readonly resolver: ResolverChoice;
  readonly zones: readonly Zone[];
  /** Certificates by id; servers, policy hosts and TLSA records refer to these ids. */
  readonly certificates: Readonly<Record<string, SymbolicCertificate>>;
  readonly servers: readonly MailServer[];
  readonly policyHosts: readonly PolicyHost[];
  readonly attacker: Attacker;
  /** Absent: first contact. */
  readonly past?: Past;
}

export interface SenderChoice {
  readonly protection: Protection;
  /** Whose departures from the standard to follow; `strict` follows none. */
  readonly profile: ProfileId;
  /** 1 for a first attempt; 2 and up for a retry of the same message. */
  readonly attempt: number;
  /** The message is older than the queue keeps it: what would wait is returned to the author. */
  readonly queueLifetimeOver: boolean;
  /** Domains on a hand-kept DANE list (profile `postfix-policy-daemon-1.1` with such a list). */
  readonly daneList?: readonly string[];
  /** Seconds within which a policy daemon does not look again (its `cache_grace`). Default 0. */
  readonly policyGraceSeconds?: number;
  /** How to read the draft of March 2016 where it contradicts itself. */
  readonly draft2016?: Partial<Draft2016Switches>;
}

export interface ResolverChoice {
  /** Does the sender's resolver validate DNSSEC? Without it nothing is ever secure or bogus. */
  readonly validates: boolean;
  /** Can the attacker change answers between the resolver and the mail server (AD bit included)? */
  readonly path: 'trusted' | 'attackable';
}

/** One zone. The longest zone name that is a suffix of a name holds that name. */
export interface Zone {
  readonly name: string;
  readonly signed: boolean;
  /** All its signatures have expired: every answer from it is bogus. */
  readonly expired?: boolean;
  /** Types whose signatures are broken in this zone. */
  readonly bogus?: readonly RrType[];
  /** Types for which its servers give no usable answer: every lookup of them fails. */
  readonly failing?: readonly RrType[];
  /** How absence is proved. Default `nsec`. */
  readonly denial?: 'nsec' | 'nsec3';
  readonly records: readonly ZoneRecord[];
}

export type ZoneRecord = { readonly name: string; readonly ttlSeconds?: number } & (
  | { readonly type: 'A' | 'AAAA'; readonly address: string }
  | { readonly type: 'MX'; readonly preference: number; readonly exchange: string }
  | { readonly type: 'CNAME'; readonly target: string }
  /** One character U+0000 to U+00FF is one octet; split into character-strings of 255 octets. */
  | { readonly type: 'TXT'; readonly text: string }
  | {
      readonly type: 'TLSA';
      readonly usage: number;
      readonly selector: number;
      readonly matchingType: number;
      readonly of: TlsaSubject;
    }
);

/** What a TLSA record is computed from: a certificate of this world, none of it, or given hex. */
export type TlsaSubject =
  | { readonly certificate: string; readonly part: 'leaf' | 'anchor' }
  | 'no-certificate'
  | { readonly hex: string };

export interface SymbolicCertificate {
  /**
   * Who signed it. `public-ca`: a CA every sender trusts. `self`: itself.
   * `own-anchor`: the operator's own trust anchor, for TLSA usage 2.
   * `unknown-ca`: a CA nobody trusts.
   */
  readonly issuer: 'public-ca' | 'self' | 'own-anchor' | 'unknown-ca';
  /** Is the anchor's certificate sent along in the handshake? Default: for `own-anchor` only. */
  readonly anchorSent?: boolean;
  /** DNS names; a wildcard as the whole first label. */
  readonly names: readonly string[];
  /** Has no subjectAltName, only a common name (the first of `names`). */
  readonly commonNameOnly?: boolean;
  readonly expired?: boolean;
}

export interface MailServer {
  readonly address: string;
  /** How it calls itself in its greeting. */
  readonly host: string;
  readonly owner: 'genuine' | 'attacker';
  readonly starttls: boolean;
  readonly certificate?: string;
  /** STARTTLS is offered and the handshake fails. */
  readonly handshakeBroken?: boolean;
  readonly down?: boolean;
  /** Does not take the message when it is handed over: for now (4xx), or for good (5xx). */
  readonly refuses?: 'for-now' | 'for-good';
}

export interface PolicyHost {
  readonly host: string;
  readonly owner: 'genuine' | 'attacker';
  readonly certificate: string;
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
  readonly down?: boolean;
  /** Under which path. Default `/.well-known/mta-sts.txt`; the 2016 draft's URI is free. */
  readonly path?: string;
}

/** What the attacker can do. Each is a capability; nothing is done that is not listed. */
export interface Attacker {
  /** Listens on the line without changing anything. */
  readonly reads?: boolean;
  readonly smtp?: SmtpAttack;
  /** Forged answers between the authoritative servers and the resolver. */
  readonly dns?: readonly DnsAttack[];
  /** Forged answers between the resolver and the mail server, AD bit set. */
  readonly stub?: readonly DnsAttack[];
  readonly https?: HttpsAttack;
  /** Zones whose signing key the attacker holds: forged answers from them validate. */
  readonly zoneKeys?: readonly string[];
  /** Certificates whose private key the attacker holds. */
  readonly serverKeys?: readonly string[];
}

/**
 * What happens on the way to every genuine mail server.
 * `strip`: the STARTTLS offer is removed; the mail is passed on and read.
 * `mitm-…`: the attacker answers as the server: with a self-signed certificate (`self`), one valid
 * for a name of its own (`ca-wrong`), one wrongly issued for the real name (`rogue-ca`), or the
 * server's own, with the stolen key (`server-key`).
 */
export type SmtpAttack =
  'strip' | 'mitm-self' | 'mitm-ca-wrong' | 'mitm-rogue-ca' | 'mitm-server-key';

export interface DnsAttack {
  readonly name: string;
  readonly type: RrType;
  readonly action: DnsAction;
}

export type DnsAction =
  | 'nxdomain'
  | 'nodata'
  | 'servfail'
  | 'drop'
  | { readonly answer: readonly ForgedData[] }
  /** A TLSA record that matches the certificate the attacker shows. */
  | 'tlsa-of-attacker';

/** Record data without owner and type: a forged answer takes those from the question. */
export type ForgedData =
  | { readonly address: string }
  | { readonly preference: number; readonly exchange: string }
  | { readonly target: string }
  | { readonly text: string }
  | {
      readonly usage: number;
      readonly selector: number;
      readonly matchingType: number;
      readonly of: TlsaSubject;
    };

/**
 * What happens on the way to the policy host. `refuse`: no connection.
 * `self` and `rogue`: the attacker answers, with a self-signed certificate or with one wrongly
 * issued for the policy host, and serves `body`.
 */
export type HttpsAttack =
  'refuse' | { readonly certificate: 'self' | 'rogue'; readonly body: string };

/**
 * What went before: real deliveries, run before the one under study, each leaving its memory.
 * Worlds of the past are given where they differ from the present (the domain owner's changes).
 */
export interface Past {
  /** Earliest first. */
  readonly deliveries: readonly PastDelivery[];
  readonly zones?: readonly Zone[];
  readonly certificates?: Readonly<Record<string, SymbolicCertificate>>;
  readonly servers?: readonly MailServer[];
  readonly policyHosts?: readonly PolicyHost[];
}

export interface PastDelivery {
  readonly secondsBefore: number;
  /** Absent: undisturbed. */
  readonly attacker?: Attacker;
  /** `past` (default) or already the present world. */
  readonly world?: 'past' | 'present';
}
