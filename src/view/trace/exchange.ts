/**
 * One question and what came back, as the line saw it: who was asked, the words on the wire, and
 * what an attacker put in their place. Plain data: `show-exchange.ts` makes it from a trace.
 */
import type { Citation } from '../../core/cite.ts';
import type { KeyEnd, MessageKey } from '../messages/message-key.ts';
import type { Say } from '../messages/say.ts';

/** What a stretch of a line is; its message is `wire.<note>`. */
export type WireNote = KeyEnd<'wire.'>;

/** The parties of a delivery: who is asked, and who comes between. */
export type CastMember = 'memory' | 'sender' | 'attacker' | 'dns' | 'policy-host' | 'receiver';

/** A stretch of a line, with a note (a message key) and the clause that owns it, where there is one. */
export interface WireSpan {
  readonly text: string;
  readonly note?: MessageKey;
  readonly clause?: Citation;
}

export interface WireLine {
  readonly spans: readonly WireSpan[];
  /**
   * As what it stands on the line; absent: it does not, it tells of a connection or a result.
   * `symbolic`: of a certificate that this world has made up, names and dates without any octets.
   */
  readonly form?: 'question' | 'record' | 'line' | 'symbolic';
  /** What ends it there, and what that is. */
  readonly end?: string;
  readonly endNote?: WireNote;
}

export interface Wire {
  readonly question: readonly WireLine[];
  readonly answer: readonly WireLine[];
  /** Sent, and never arrived. */
  readonly original: readonly WireLine[];
}

export interface Exchange {
  /** Who answers: the attacker where the server asked is the attacker's own. */
  readonly with: CastMember;
  readonly question: string;
  /** What arrived; undefined: nothing did. */
  readonly answer?: string;
  /** Is the answer not the one that was sent? */
  readonly tampered: boolean;
  /** Does the attacker read what is handed over on this line? */
  readonly overheard: boolean;
  /** Inside TLS, whoever is at the other end. */
  readonly sealed: boolean;
  /** Sent, and never arrived. */
  readonly original?: string;
  /** Absent where the sender asks its own memory: nothing goes over a line. */
  readonly wire?: Wire;
}

/** The exchange in sentences: the text equal of its arrows. */
export function exchangeText(exchange: Exchange, say: Say): string {
  const { question, answer, original, tampered } = exchange;
  if (exchange.with === 'memory')
    return answer === undefined
      ? say('exchange.stored', { what: question })
      : say('exchange.recalled', { answer });
  const sentences = [say('exchange.asked', { question, who: say(`cast.${exchange.with}`) })];
  if (original !== undefined) sentences.push(say('exchange.struck', { answer: original }));
  if (answer === undefined) sentences.push(say(tampered ? 'exchange.blocked' : 'exchange.silent'));
  else sentences.push(say(tampered ? 'exchange.forged' : 'exchange.answered', { answer }));
  if (exchange.sealed) sentences.push(say('exchange.sealed'));
  if (exchange.overheard) sentences.push(say('exchange.overheard'));
  return sentences.join(' ');
}
