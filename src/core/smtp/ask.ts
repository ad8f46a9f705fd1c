/**
 * What a sending server asks of other mail servers, step by step (RFC 5321, RFC 3207), and of a
 * policy host. Each answer keeps the lines that were heard, for the reader who wants them exactly.
 */
import type { DomainName } from '../dns/name.ts';
import type { Certificate } from '../pkix/certificate.ts';
import type { ChainFacts, TrustFault } from '../pkix/path.ts';

/** Opens a connection to port 25 of one address of one host. */
export interface ConnectAsk {
  readonly ask: 'connect';
  readonly host: DomainName;
  readonly address: string;
}

export type ConnectAnswer =
  | { readonly kind: 'open'; readonly session: number; readonly greeting: string }
  | {
      readonly kind: 'failed';
      readonly why:
        | 'refused'
        | 'timeout'
        /** A connection, and a refusal in place of 220 (RFC 5321 §3.1). */
        | 'turned-away'
        /** What came is neither 220 nor a refusal: no mail server, as far as one can tell. */
        | 'not-a-greeting'
        /** A connection, and no greeting in the time that was waited. */
        | 'silent'
        /** A connection, and it was closed before a greeting. */
        | 'closed'
        /** A connection, and more words than anybody need hear. */
        | 'too-much';
      /** The reply, where there was one. */
      readonly lines?: readonly string[];
      /** How long was waited, where it was the time. */
      readonly seconds?: number;
    };

/** How a TLS handshake came to nothing, as far as it showed. */
export type HandshakeTrouble =
  /** The server said so; the name of RFC 8446 §6. */
  | { readonly kind: 'alert'; readonly alert: string }
  /** The server chose a version older than TLS 1.2 (RFC 8996). */
  | { readonly kind: 'old-version'; readonly version: string }
  /** What came is no TLS. */
  | { readonly kind: 'not-tls' }
  | { readonly kind: 'closed' }
  | { readonly kind: 'silent'; readonly seconds: number }
  /** Words before the handshake, which could be anybody's (RFC 3207 §4.2). */
  | { readonly kind: 'words-before-tls' }
  /** This side refused what the server showed; the code of the TLS library. */
  | { readonly kind: 'refused-here'; readonly code: string };

export interface EhloAsk {
  readonly ask: 'ehlo';
  readonly session: number;
}

export interface EhloAnswer {
  readonly starttls: boolean;
  readonly lines: readonly string[];
  /** Why there is no whole reply, where there is none. */
  readonly why?: 'silent' | 'closed' | 'too-much';
  readonly seconds?: number;
}

export interface StarttlsAsk {
  readonly ask: 'starttls';
  readonly session: number;
  /** The name sent as server name indication; absent: none is sent. */
  readonly serverName?: DomainName;
}

/** The certificates shown, leaf first, and what the TLS library says of their signatures. */
export interface Presented {
  readonly chain: readonly Certificate[];
  /**
   * Do the signatures lead to a root that this sender trusts? Names and dates are not judged here:
   * that is the core's decision.
   */
  readonly leadsToTrustedRoot: boolean;
  /** They do, but a library that follows one path only takes another first, and does not get there. */
  readonly isPathHidden?: true;
  /** Why not, where it is known: what is wrong, and of whom (of the issuer that was not sent, or of the certificate). */
  readonly untrusted?: { readonly fault: TrustFault; readonly name: string };
}

/** What a mail server showed, with the digests and signatures that TLSA records are compared with. */
export interface PresentedForDane extends Presented {
  readonly facts: ChainFacts;
}

export type StarttlsAnswer =
  | ({ readonly kind: 'tls'; readonly line: string } & PresentedForDane)
  | {
      readonly kind: 'failed';
      readonly why: 'handshake' | 'refused';
      readonly line: string;
      readonly trouble?: HandshakeTrouble;
    };

/** Hands the message over, in the clear or inside TLS as the session then is. */
export interface DeliverAsk {
  readonly ask: 'deliver';
  readonly session: number;
  readonly domain: DomainName;
}

export interface DeliverAnswer {
  readonly kind: 'accepted' | 'rejected-for-now' | 'rejected';
  readonly line: string;
}

/** GET https://<host><path>, no redirects, no HTTP cache (RFC 8461 §3.3). */
export interface FetchPolicyAsk {
  readonly ask: 'fetch-policy';
  readonly host: DomainName;
  readonly path: string;
}

export type FetchPolicyAnswer =
  | ({
      readonly kind: 'response';
      readonly status: number;
      /** Empty where the answer had none. */
      readonly contentType: string;
      readonly body: string;
      /** Where a redirect points, which nobody may follow. */
      readonly location?: string;
    } & Presented)
  | {
      readonly kind: 'failed';
      readonly why:
        | 'no-address'
        | 'no-connection'
        | 'no-tls'
        /** TLS stood; no whole answer came in the time that was waited. */
        | 'silent'
        /** TLS stood; the connection ended before the answer did. */
        | 'cut-off'
        /** TLS stood; what came is no HTTP, or its fields are too large. */
        | 'not-http';
      readonly seconds?: number;
      readonly trouble?: HandshakeTrouble;
    };

declare module '../ask.ts' {
  interface Asks {
    connect: { ask: ConnectAsk; answer: ConnectAnswer };
    ehlo: { ask: EhloAsk; answer: EhloAnswer };
    starttls: { ask: StarttlsAsk; answer: StarttlsAnswer };
    deliver: { ask: DeliverAsk; answer: DeliverAnswer };
    'fetch-policy': { ask: FetchPolicyAsk; answer: FetchPolicyAnswer };
  }
}
