/**
 * What a sending server asks of other mail servers, step by step (RFC 5321, RFC 3207), and of a
 * policy host. Each answer keeps the lines that were heard, for the reader who wants them exactly.
 */
import type { DomainName } from '../dns/name.ts';
import type { Certificate } from '../pkix/certificate.ts';
import type { ChainFacts } from '../pkix/path.ts';

/** Opens a connection to port 25 of one address of one host. */
export interface ConnectAsk {
  readonly ask: 'connect';
  readonly host: DomainName;
  readonly address: string;
}

export type ConnectAnswer =
  | { readonly kind: 'open'; readonly session: number; readonly greeting: string }
  | { readonly kind: 'failed'; readonly why: 'refused' | 'timeout' };

export interface EhloAsk {
  readonly ask: 'ehlo';
  readonly session: number;
}

export interface EhloAnswer {
  readonly starttls: boolean;
  readonly lines: readonly string[];
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
}

/** What a mail server showed, with the digests and signatures that TLSA records are compared with. */
export interface PresentedForDane extends Presented {
  readonly facts: ChainFacts;
}

export type StarttlsAnswer =
  | ({ readonly kind: 'tls'; readonly line: string } & PresentedForDane)
  | { readonly kind: 'failed'; readonly why: 'handshake' | 'refused'; readonly line: string };

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
    } & Presented)
  | { readonly kind: 'failed'; readonly why: 'no-address' | 'no-connection' | 'no-tls' };

declare module '../ask.ts' {
  interface Asks {
    connect: { ask: ConnectAsk; answer: ConnectAnswer };
    ehlo: { ask: EhloAsk; answer: EhloAnswer };
    starttls: { ask: StarttlsAsk; answer: StarttlsAnswer };
    deliver: { ask: DeliverAsk; answer: DeliverAnswer };
    'fetch-policy': { ask: FetchPolicyAsk; answer: FetchPolicyAnswer };
  }
}
