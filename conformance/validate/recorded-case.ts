/** One recorded case: what was asked, what came back, and what another validator made of it. */
import { validatorWorld } from '../../src/world/live/live.ts';
import type { DomainName } from '../../src/core/dns/name.ts';
import type { Message } from '../../src/core/dns/message.ts';
import type { WireRecord } from '../../src/core/dns/record.ts';
import type { RrType } from '../../src/core/dns/type.ts';
import {
  validationPolicy,
  type TrustAnchor,
  type ValidationPolicy,
} from '../../src/core/dnssec/policy.ts';
import { openSession } from '../../src/core/dnssec/session.ts';
import { validateLookup, type ValidatedLookup } from '../../src/core/dnssec/validate.ts';
import type { Trace } from '../../src/core/trace.ts';
import { runLive, type LiveWorld } from '../../src/world/run.ts';
import { signatureVerifier } from '../../src/world/live/verify.ts';
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
    readonly rcode?: string;
    readonly answer?: readonly string[];
    readonly authority?: readonly string[];
  }[];
  readonly expected: 'secure' | 'insecure' | 'bogus';
}

/** Codes that say something of the name; any other is an error, and an error counts as empty. */
const rcodes: Readonly<Record<string, number>> = { NOERROR: 0, NXDOMAIN: 3, YXDOMAIN: 6 };

const emptyMessage = (name: DomainName, type: RrType): Message => ({
  id: 0,
  isResponse: true,
  opcode: 0,
  isTruncated: false,
  authenticData: false,
  checkingDisabled: true,
  rcode: 0,
  questions: [{ name, type, class: 1 }],
  answer: [],
  authority: [],
  extendedErrors: [],
});

/** Anchors of other kinds (DLV, RFC 8749) are no anchors here: nothing is secure by them. */
const readAnchor = (line: string): TrustAnchor[] => {
  const record = readRecord(line);
  return record.type === 'DS' || record.type === 'DNSKEY' ? [record] : [];
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

const isReferral = ({ answer, authority }: Message): boolean =>
  answer.length === 0 &&
  authority.some(({ type }) => type === 'NS') &&
  !authority.some(({ type }) => type === 'SOA');

/** A referral answers, on the side, for the DS of the zone it leads to (RFC 4035 §3.1.4). */
const dsFromReferral = ({ authority }: Message): Message | undefined => {
  const zone = authority.find(({ type }) => type === 'NS')?.name;
  const kept = authority.filter(({ type }) => type !== 'NS');
  const isDs = (record: WireRecord): boolean =>
    record.name === zone &&
    (record.type === 'DS' || (record.type === 'RRSIG' && record.typeCovered === 'DS'));
  return zone === undefined || kept.length === 0
    ? undefined
    : {
        ...emptyMessage(zone, 'DS'),
        answer: kept.filter(isDs),
        authority: kept.filter((record) => !isDs(record)),
      };
};

/**
 * Scenarios list a question once per server, from the root down. A resolver goes on to the next one
 * after an error, a referral, or an answer without signatures; the first of the best counts.
 */
const worthOf = (message: Message, isError: boolean): number => {
  if (isError) return 0;
  if (isReferral(message)) return 1;
  const all = [...message.answer, ...message.authority];
  return all.some(({ type }) => type === 'RRSIG') ? 3 : 2;
};

/** The responses of a case by name and type. What it does not hold is empty, and so is an error. */
const messagesOf = (recorded: RecordedCase): ReadonlyMap<string, Message> => {
  const messages = new Map<string, Message>();
  const worths = new Map<string, number>();
  const keep = (message: Message, isError = false) => {
    const key = `${message.questions[0]!.name}/${message.questions[0]!.type}`;
    const worth = worthOf(message, isError);
    if (worth <= (worths.get(key) ?? -1)) return;
    messages.set(key, message);
    worths.set(key, worth);
  };
  for (const response of recorded.responses) {
    const code = rcodes[response.rcode?.toUpperCase() ?? 'NOERROR'];
    const message = {
      ...emptyMessage(readName(response.qname), readType(response.qtype)),
      rcode: code ?? 0,
      answer: readRecords(response.answer),
      authority: readRecords(response.authority),
    };
    keep(message, code === undefined);
    const ds = isReferral(message) ? dsFromReferral(message) : undefined;
    if (ds !== undefined) keep(ds);
  }
  return messages;
};

/** What is otherwise than usual when a case is run: for the tables of rules. */
export interface Otherwise {
  readonly policy?: Partial<ValidationPolicy>;
  /** Name and type of a question that gets no answer. */
  readonly unanswered?: string;
  /** Algorithms that this machine cannot verify. */
  readonly cannotVerify?: readonly number[];
}

/** A world in which only the recorded responses exist, at the recorded time. */
const recordedWorld = (recorded: RecordedCase, otherwise: Otherwise): LiveWorld => {
  const messages = messagesOf(recorded);
  const now = readTime(recorded.date);
  const verify = signatureVerifier();
  return validatorWorld({
    message({ name, type }) {
      if (otherwise.unanswered === `${name} ${type}`) return { kind: 'failed', why: 'timeout' };
      const message = messages.get(`${name}/${type}`) ?? emptyMessage(name, type);
      return { kind: 'message', message };
    },
    verify: async (question) =>
      otherwise.cannotVerify?.includes(question.algorithm) === true
        ? 'unsupported'
        : (verifyOld(question) ?? (await verify(question))),
    now: () => now,
  });
};

/** Runs the site's validator on a case. */
export const validateCase = (
  recorded: RecordedCase,
  otherwise: Otherwise = {},
): Promise<Trace<ValidatedLookup>> => {
  const session = openSession({
    ...validationPolicy,
    anchors: recorded.trust_anchor.flatMap(readAnchor),
    algorithms: new Set([...validationPolicy.algorithms, 3, 6]),
    ...(recorded.date === 'any' ? { ignoreTime: true } : {}),
    ...otherwise.policy,
  });
  const { name, type } = recorded.query;
  return runLive(
    validateLookup(session, readName(name), readType(type)),
    recordedWorld(recorded, otherwise),
  );
};
