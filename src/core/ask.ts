/**
 * Every question a procedure can put to the world, and the type of its answer.
 *
 * Time and signature checking are questions too: the core has no clock, no chance and no network,
 * so a run can be replayed and each check can be shown.
 */
import type { AnswerMisfit, Message } from './dns/message.ts';
import type { DomainName } from './dns/name.ts';
import type { ResourceRecord, RrType } from './dns/record.ts';

/** A DNS lookup as a mail server makes it: through its resolver, which may validate. */
export interface LookupAsk {
  readonly ask: 'lookup';
  readonly name: DomainName;
  readonly type: RrType;
}

/** One link of a CNAME (or DNAME) chain, with the security status of that link alone. */
export interface AliasLink {
  readonly from: DomainName;
  readonly to: DomainName;
  readonly security: 'secure' | 'insecure';
  /** Of the record; absent where it was not kept (recordings of before it was). */
  readonly ttlSeconds?: number;
}

/**
 * What came back. `security` is the worst of all links (RFC 7672 §2.1.3).
 * Non-existence is an answer, not an error (RFC 7672 §2.1.1); `failed` is an error, whatever its cause.
 */
export type LookupAnswer =
  | {
      readonly kind: 'found';
      readonly security: 'secure' | 'insecure';
      readonly records: readonly ResourceRecord[];
      readonly aliases: readonly AliasLink[];
    }
  | {
      readonly kind: 'absent';
      readonly security: 'secure' | 'insecure';
      readonly denial: 'nxdomain' | 'nodata';
      readonly aliases: readonly AliasLink[];
    }
  | {
      readonly kind: 'failed';
      readonly why: LookupFailure;
      /** Those that were followed before it failed. */
      readonly aliases?: readonly AliasLink[];
    };

export type LookupFailure =
  'bogus' | 'indeterminate' | 'servfail' | 'timeout' | 'malformed' | 'refused' | 'alias-loop';

/**
 * One DNS message (RFC 8484), for the validator: asked with DO and CD set, so that the resolver
 * hands over what it holds and judges nothing. Not validated by whoever answers.
 */
export interface MessageAsk {
  readonly ask: 'message';
  readonly name: DomainName;
  readonly type: RrType;
}

/** A decoded response to just this question, or why there is none. SERVFAIL and REFUSED are messages. */
export type MessageAnswer =
  | { readonly kind: 'message'; readonly message: Message }
  | {
      readonly kind: 'failed';
      readonly why: LookupFailure;
      readonly transport?: TransportFailure;
    };

/**
 * What went wrong on the way, as far as it can be told apart. A browser gives one and the same error
 * for no network, no such host, a refused certificate and a missing CORS header: `unreachable`.
 */
export type TransportFailure =
  | { readonly kind: 'http-status'; readonly status: number }
  /** It points to another address, which is not asked: nobody chose it to see the names. */
  | { readonly kind: 'redirected' }
  /** Something arrived that is not a DNS message by its own label (a sign-in page, say). */
  | { readonly kind: 'not-dns'; readonly contentType: string }
  /** Not a whole, well-formed DNS message. */
  | { readonly kind: 'unreadable' }
  /** A DNS message, but no answer to this question. */
  | { readonly kind: AnswerMisfit }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'silent'; readonly seconds: number }
  | { readonly kind: 'cancelled' };

/** Does this key's private half stand behind this signature over these octets? */
export interface VerifyAsk {
  readonly ask: 'verify';
  /** DNSSEC algorithm number (RFC 4034 appendix A.1). */
  readonly algorithm: number;
  /** As DNSKEY carries it (RFC 3110, RFC 6605, RFC 8080). */
  readonly publicKey: Uint8Array;
  /** As RRSIG carries it. */
  readonly signature: Uint8Array;
  readonly data: Uint8Array;
}

/** `unsupported`: this world lacks the algorithm, or this key's size; nothing is known then. */
export type VerifyAnswer = 'valid' | 'invalid' | 'unsupported';

/**
 * A digest: of a key for DS (RFC 4034 §5.1.4), or of a name for NSEC3, where `salt` is appended and
 * the whole repeated `iterations` times more (RFC 5155 §5).
 */
export interface DigestAsk {
  readonly ask: 'digest';
  readonly algorithm: 'sha-1' | 'sha-256' | 'sha-384';
  readonly data: Uint8Array;
  readonly salt?: Uint8Array;
  readonly iterations?: number;
}

/** Of one day: all times and lifetimes of the core are in seconds. */
export const daySeconds = 86_400;

/** Seconds since 1970-01-01T00:00:00Z. */
export interface NowAsk {
  readonly ask: 'now';
}

/**
 * Several questions that do not depend on each other, put at once; answered in the same order.
 * A live world asks them in parallel: this is what makes a check two rounds instead of twenty.
 */
export interface AllAsk {
  readonly ask: 'all';
  readonly questions: readonly Ask[];
}

/**
 * Each room declares its own questions by adding to this interface (declaration merging):
 * key = the value of `ask`, with the question's and the answer's type.
 */
export interface Asks {
  lookup: { ask: LookupAsk; answer: LookupAnswer };
  message: { ask: MessageAsk; answer: MessageAnswer };
  verify: { ask: VerifyAsk; answer: VerifyAnswer };
  digest: { ask: DigestAsk; answer: Uint8Array };
  now: { ask: NowAsk; answer: number };
  all: { ask: AllAsk; answer: readonly unknown[] };
}

export type Ask = Asks[keyof Asks]['ask'];
export type AnswerTo<A extends Ask> = Asks[A['ask']]['answer'];
