/**
 * DNS-over-HTTPS (RFC 8484): one question, one GET, one answer that is checked against the question.
 *
 * The resolver is a stranger: it may be slow, down, limiting, or lie. Nothing here decides what is
 * true; it only brings whole, bounded, fitting messages, or says why there is none. GET in wire
 * format with a safelisted `accept` needs no preflight, so it also works with resolvers that answer
 * OPTIONS with an error. Works in browsers and in Node.
 */
import type { MessageAnswer, MessageAsk, TransportFailure } from '../../core/ask.ts';
import {
  answerMisfit,
  decodeMessage,
  encodeQuery,
  maxMessageOctets,
} from '../../core/dns/message.ts';
import { formatBase64Url } from '../../core/dns/octets.ts';
import { deadlineIn, pause, readBounded } from '../bounds.ts';

export interface DohOptions {
  /** `https://…/dns-query`; a query string is kept. */
  readonly address: string;
  readonly fetch?: typeof globalThis.fetch;
  readonly timeoutSeconds?: number;
  /** Requests under way at once; a resolver's patience is not written anywhere. */
  readonly concurrency?: number;
  /** How often a 5xx is tried again, and half as often as a 429. */
  readonly retries?: number;
  readonly signal?: AbortSignal;
}

export interface DohTotals {
  queries: number;
  /** Octets of DNS messages received. */
  octets: number;
}

export interface Doh {
  ask(question: MessageAsk): Promise<MessageAnswer>;
  readonly totals: Readonly<DohTotals>;
}

/** The address of one question: RFC 8484 §4.1.1. */
export const questionAddress = (resolver: string, question: MessageAsk): string => {
  const url = new URL(resolver);
  url.searchParams.set('dns', formatBase64Url(encodeQuery(question)));
  return url.href;
};

/** A status that no `Response` can have (101, or 600 and more), thrown by what takes the place of `fetch`. */
export class OddStatus extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`HTTP ${status}`);
    this.status = status;
  }
}

/** A browser hides where it leads, and the status too. */
const isRedirect = ({ type, status }: Response): boolean =>
  type === 'opaqueredirect' || [301, 302, 303, 307, 308].includes(status);

/** A DNS message came, and cannot be used as the answer. */
const malformed: readonly TransportFailure['kind'][] = [
  'unreadable',
  'not-an-answer',
  'other-opcode',
  'other-id',
  'truncated',
  'no-question',
  'other-question',
  'other-class',
];

const failed = (transport: TransportFailure): MessageAnswer => ({
  kind: 'failed',
  why:
    transport.kind === 'silent'
      ? 'timeout'
      : malformed.includes(transport.kind)
        ? 'malformed'
        : 'indeterminate',
  transport,
});

export function openDoh(options: DohOptions): Doh {
  const {
    address,
    fetch = globalThis.fetch.bind(globalThis),
    timeoutSeconds = 10,
    concurrency = 24,
    retries = 2,
    signal,
  } = options;
  const totals: DohTotals = { queries: 0, octets: 0 };
  const waiting: (() => void)[] = [];
  let underWay = 0;

  const enter = async () => {
    if (underWay >= concurrency) await new Promise<void>((resolve) => waiting.push(resolve));
    underWay += 1;
  };
  const leave = () => {
    underWay -= 1;
    waiting.shift()?.();
  };

  async function once(question: MessageAsk): Promise<MessageAnswer> {
    const deadline = deadlineIn(timeoutSeconds * 1000, signal);
    try {
      totals.queries += 1;
      const response = await fetch(questionAddress(address, question), {
        headers: { accept: 'application/dns-message' },
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        // Not `error`: a redirect is then one of the many things that a browser tells no apart.
        redirect: 'manual',
        signal: deadline.signal,
      });
      const unread = (transport: TransportFailure): MessageAnswer => {
        // Or it would go on arriving, however much of it there is.
        void response.body?.cancel().catch(() => undefined);
        return failed(transport);
      };
      if (isRedirect(response)) return unread({ kind: 'redirected' });
      if (!response.ok) return unread({ kind: 'http-status', status: response.status });
      const contentType = response.headers.get('content-type') ?? '';
      if (!/^application\/dns-message\b/i.test(contentType))
        return unread({ kind: 'not-dns', contentType: contentType.slice(0, 80) });
      const octets = await readBounded(response.body, maxMessageOctets);
      const decoded = octets && decodeMessage(octets);
      if (!decoded?.ok) return failed({ kind: 'unreadable' });
      totals.octets += octets!.length;
      const misfit = answerMisfit(decoded.value, question);
      if (misfit !== undefined) return failed({ kind: misfit });
      return { kind: 'message', message: decoded.value };
    } catch (error) {
      if (error instanceof OddStatus) return failed({ kind: 'http-status', status: error.status });
      if (signal?.aborted) return failed({ kind: 'cancelled' });
      if (deadline.isOver()) return failed({ kind: 'silent', seconds: timeoutSeconds });
      return failed({ kind: 'unreachable' });
    } finally {
      deadline.release();
    }
  }

  /** Refusals pass when less is asked: they are worth more tries than a resolver that is out of order. */
  const triesAgain = (answer: MessageAnswer): number => {
    if (answer.kind !== 'failed' || answer.transport?.kind !== 'http-status') return 0;
    const { status } = answer.transport;
    return status === 429 ? 2 * retries : status >= 500 ? retries : 0;
  };

  // Who was refused stands in line: a resolver that says "too many" is asked one question at a time.
  let line = Promise.resolve();
  const inLine = (question: MessageAsk): Promise<MessageAnswer> => {
    const turn = line.then(() =>
      signal?.aborted ? failed({ kind: 'cancelled' }) : once(question),
    );
    line = turn.then(() => undefined);
    return turn;
  };

  async function withRetries(question: MessageAsk): Promise<MessageAnswer> {
    await enter();
    try {
      let answer = await once(question);
      for (let retry = 1; retry <= triesAgain(answer) && !signal?.aborted; retry++) {
        // Doubling up to a second, with chance in it, so that many questions do not come back at once.
        await pause(Math.min(1000, 250 * 2 ** retry) * (0.75 + Math.random() / 2), signal);
        answer = await inLine(question);
      }
      return answer;
    } finally {
      leave();
    }
  }

  const answers = new Map<string, Promise<MessageAnswer>>();
  return {
    totals,
    ask(question) {
      const key = `${question.name}/${question.type}`;
      const known = answers.get(key);
      if (known) return known;
      const answer = withRetries(question);
      answers.set(key, answer);
      // What failed is asked anew next time; what arrived serves the whole visit.
      void answer.then((settled) => {
        if (settled.kind === 'failed') answers.delete(key);
      });
      return answer;
    },
  };
}
