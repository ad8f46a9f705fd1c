/**
 * The live world: questions of the core answered over DNS-over-HTTPS and proved here.
 *
 * The resolver carries messages and is believed in nothing: each lookup walks the validator of
 * `core/dnssec` from the anchors down. What the resolver claims (the AD bit) is kept beside our
 * result, so that a difference can be shown; it decides nothing.
 */
import type { AllAsk, Ask, MessageAnswer, MessageAsk } from '../../core/ask.ts';
import { openSession } from '../../core/dnssec/session.ts';
import { validationPolicy, type TrustAnchor } from '../../core/dnssec/policy.ts';
import { validateLookup } from '../../core/dnssec/validate.ts';
import { openDoh, type DohOptions, type DohTotals } from './doh.ts';
import { runLive, type Answered, type LiveWorld } from '../run.ts';
import { digest, signatureVerifier, type Verifier } from './verify.ts';

export interface LiveOptions extends DohOptions {
  readonly anchors: readonly TrustAnchor[];
  /** Seconds since 1970; the visitor's own clock unless given. */
  readonly now?: () => number;
  /** Before this day no clock is right: when the anchors were published. Seconds since 1970. */
  readonly earliestSeconds?: number;
  /** Checks signatures; WebCrypto unless given. One for the visit: each key is imported once. */
  readonly verify?: Verifier;
  /** Hears each question as it is put to the resolver, and each answer as it comes. */
  readonly onQuestion?: (question: MessageAsk) => void;
  readonly onAnswer?: (question: MessageAsk, answer: MessageAnswer) => void;
}

export interface Live extends LiveWorld {
  /** Queries and octets so far. */
  readonly totals: Readonly<DohTotals>;
}

const onOwnClock = (): number => Math.floor(Date.now() / 1000);

/** Answers what a validator asks. Any other question, such as to connect to port 25, is a mistake of ours and throws. */
export const validatorWorld = (given: {
  readonly message: (question: MessageAsk) => MessageAnswer | Promise<MessageAnswer>;
  readonly verify: Verifier;
  readonly now: () => number;
}): LiveWorld => ({
  async answer(question) {
    switch (question.ask) {
      case 'message':
        return { answer: await given.message(question) };
      case 'verify':
        return { answer: await given.verify(question) };
      case 'digest':
        return { answer: digest(question) };
      case 'now':
        return { answer: given.now() };
      default:
        throw new Error(`a validator does not ask "${question.ask}"`);
    }
  },
});

/** Opens a visit: parents, messages and keys met once are not asked for again until it ends. */
export function openLive(options: LiveOptions): Live {
  const {
    anchors,
    now = onOwnClock,
    earliestSeconds,
    signal,
    verify = signatureVerifier(),
  } = options;
  const doh = openDoh(options);
  const session = openSession({
    ...validationPolicy,
    anchors,
    ...(earliestSeconds === undefined ? {} : { earliestSeconds }),
  });
  const validated = validatorWorld({
    async message(question) {
      options.onQuestion?.(question);
      const answer = await doh.ask(question);
      options.onAnswer?.(question, answer);
      return answer;
    },
    verify,
    now,
  });
  const world: Live = {
    totals: doh.totals,
    async answer(question: Exclude<Ask, AllAsk>): Promise<Answered> {
      if (question.ask !== 'lookup' && question.ask !== 'proved-lookup')
        return validated.answer(question);
      const lookup = validateLookup(session, question.name, question.type);
      const inner = await runLive(lookup, world, signal ? { signal } : {});
      return { answer: question.ask === 'lookup' ? inner.result.answer : inner.result, inner };
    },
  };
  return world;
}
