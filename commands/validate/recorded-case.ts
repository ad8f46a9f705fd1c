/** One recorded case: what was asked, what came back, and what another validator made of it. */
import type { MessageAnswer } from '../../src/core/ask.ts';
import type { DomainName } from '../../src/core/dns/name.ts';
import type { Message } from '../../src/core/dns/message.ts';
import type { WireRecord } from '../../src/core/dns/record.ts';
import type { RrType } from '../../src/core/dns/type.ts';
import { algorithms, validationPolicy, type TrustAnchor } from '../../src/core/dnssec/policy.ts';
import { openSession } from '../../src/core/dnssec/session.ts';
import { validateLookup, type ValidatedLookup } from '../../src/core/dnssec/validate.ts';
import type { Trace } from '../../src/core/trace.ts';
import { runLive, type LiveWorld } from '../../src/world/run.ts';
import { digest, signatureVerifier } from '../../src/world/verify.ts';
import { verifyOld } from './old-verifier.ts';
import { PresentationError, readName, readRecord, readTime, readType } from './presentation.ts';

export interface RecordedCase {
  readonly name: string;
  /** 14 digits in UTC, or "any": times are ignored. */
  readonly date: string;
  readonly trust_anchor: readonly string[];
  readonly query: { readonly name: string; readonly type: string };
  readonly responses: readonly {
    readonly qname: string;
    readonly qtype: string;
    readonly rcode: string;
    readonly answer?: readonly string[];
    readonly authority?: readonly string[];
  }[];
  readonly expected: 'secure' | 'insecure' | 'bogus';
}

const rcodes: Readonly<Record<string, number>> = {
  NOERROR: 0,
  FORMERR: 1,
  SERVFAIL: 2,
  NXDOMAIN: 3,
  NOTIMPL: 4,
  NOTIMP: 4,
  REFUSED: 5,
  YXDOMAIN: 6,
};

const emptyMessage = (name: DomainName, type: RrType): Message => ({
  id: 0,
  isResponse: true,
  isTruncated: false,
  authenticData: false,
  checkingDisabled: true,
  rcode: 0,
  questions: [{ name, type }],
  answer: [],
  authority: [],
  extendedErrors: [],
});

const readAnchor = (line: string): TrustAnchor => {
  const record = readRecord(line);
  if (record.type === 'DS' || record.type === 'DNSKEY') return record;
  throw new PresentationError(`a trust anchor is a DS or DNSKEY record, not ${record.type}`);
};

/** A record that is malformed is lost on the way, as a resolver would scrub it. */
const readRecords = (lines: readonly string[] = []): WireRecord[] =>
  lines.flatMap((line) => {
    try {
      return [readRecord(line)];
    } catch (error) {
      if (error instanceof PresentationError) return [];
      throw error;
    }
  });

/** The responses of a case by name and type. What it does not hold is empty, and so is an error. */
const messagesOf = (recorded: RecordedCase): ReadonlyMap<string, Message> => {
  const messages = new Map<string, Message>();
  for (const response of recorded.responses) {
    const name = readName(response.qname);
    const type = readType(response.qtype);
    const rcode = rcodes[response.rcode.toUpperCase()];
    if (rcode === undefined) throw new PresentationError(`unknown rcode: ${response.rcode}`);
    const isError = rcode !== 0 && rcode !== 3 && rcode !== 6;
    const message = {
      ...emptyMessage(name, type),
      rcode: isError ? 0 : rcode,
      answer: readRecords(response.answer),
      authority: readRecords(response.authority),
    };
    // Of two responses to one question the one that holds more counts.
    const key = `${name}/${type}`;
    const before = messages.get(key);
    const size = (each: Message) => each.answer.length + each.authority.length;
    if (before === undefined || size(before) < size(message)) messages.set(key, message);
  }
  return messages;
};

/** A world in which only the recorded responses exist, at the recorded time. */
const recordedWorld = (recorded: RecordedCase): LiveWorld => {
  const messages = messagesOf(recorded);
  const now = readTime(recorded.date);
  const verify = signatureVerifier();
  return {
    answer: async (question) => {
      switch (question.ask) {
        case 'message': {
          const { name, type } = question;
          const message = messages.get(`${name}/${type}`) ?? emptyMessage(name, type);
          return { answer: { kind: 'message', message } satisfies MessageAnswer };
        }
        case 'verify':
          return { answer: verifyOld(question) ?? (await verify(question)) };
        case 'digest':
          return { answer: digest(question) };
        case 'now':
          return { answer: now };
        default:
          throw new Error(`a validator does not ask ${question.ask}`);
      }
    },
  };
};

/** Runs the site's validator on a case. */
export const validateCase = (recorded: RecordedCase): Promise<Trace<ValidatedLookup>> => {
  const session = openSession({
    ...validationPolicy,
    anchors: recorded.trust_anchor.map(readAnchor),
    algorithms: new Set([...algorithms, 3, 6]),
    ...(recorded.date === 'any' ? { ignoreTime: true } : {}),
  });
  const { name, type } = recorded.query;
  return runLive(validateLookup(session, readName(name), readType(type)), recordedWorld(recorded));
};
