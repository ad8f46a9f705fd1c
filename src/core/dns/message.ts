/**
 * DNS messages (RFC 1035 §4, RFC 6891, RFC 8484): queries out, responses in.
 *
 * The threat: whoever sends the response. It is hostile until it is validated: the decoder never
 * throws, follows pointers only backwards, checks every count and length against what is there, and
 * does work in proportion to the octets it was given.
 * Implements: RFC 1035 §3, §4, RFC 2308 §5, RFC 3597, RFC 4034 §2 to §6, RFC 4343, RFC 5155 §3, RFC
 * 6891, RFC 8914.
 * Left out: zone transfers, updates, classes other than IN, compression in what we send. Whether a
 * record is true is the room `dnssec`.
 */
import type { Parsed, ParseProblem } from '../parsed.ts';
import { decodeName, encodeName, type DomainName } from './name.ts';
import { concatOctets, timeToLive, uint16 } from './octets.ts';
import { decodeRdata, rewriteRdata } from './rdata.ts';
import type { WireRecord } from './record.ts';
import { typeFromNumber, typeNumberOf, type RrType } from './type.ts';

/** Response codes by number (RFC 1035 §4.1.1, RFC 2136 §2.2). */
export const rcodes = { noError: 0, servFail: 2, nxDomain: 3, refused: 5, yxDomain: 6 } as const;

export interface Question {
  readonly name: DomainName;
  readonly type: RrType;
}

/** A note of the resolver on what went wrong (RFC 8914); its word only. */
export interface ExtendedError {
  readonly code: number;
  readonly text: string;
}

export interface Message {
  readonly id: number;
  readonly isResponse: boolean;
  /** 0 is a query (RFC 1035 §4.1.1). */
  readonly opcode: number;
  readonly isTruncated: boolean;
  /** The resolver's own claim that it validated the answer (RFC 4035 §3.2.3). Decides nothing here. */
  readonly authenticData: boolean;
  /** The resolver says that it left checking to us; it must repeat what was asked (RFC 4035 §3.2.2). */
  readonly checkingDisabled: boolean;
  /** With the upper bits of EDNS where present (RFC 6891 §6.1.3). */
  readonly rcode: number;
  /** With their class: 1 is IN (RFC 1035 §3.2.4). */
  readonly questions: readonly (Question & { readonly class: number })[];
  readonly answer: readonly WireRecord[];
  readonly authority: readonly WireRecord[];
  readonly extendedErrors: readonly ExtendedError[];
}

export type MessageProblem =
  'too-short' | 'too-long' | 'bad-name' | 'bad-length' | 'bad-rdata' | 'trailing-octets';

const internetClass = 1;
const optType = 41;
/** The length of a message is 16 bits (RFC 1035 §4.2.2): more is no DNS message, however it is labelled. */
export const maxMessageOctets = 65535;

/**
 * A query as a validating stub sends it: recursion desired, checking disabled, DNSSEC records
 * wanted; identifier 0 so that caches can keep the answer (RFC 8484 §4.1).
 */
export const encodeQuery = (question: Question): Uint8Array =>
  concatOctets([
    Uint8Array.of(0, 0, 0x01, 0x10, 0, 1, 0, 0, 0, 0, 0, 1),
    encodeName(question.name),
    Uint8Array.of(typeNumberOf(question.type) >> 8, typeNumberOf(question.type) & 255, 0, 1),
    // OPT: root, type 41, payload 4096 octets, version 0, DO set, no options (RFC 6891, RFC 3225).
    Uint8Array.of(0, 0, optType, 0x10, 0, 0, 0, 0x80, 0, 0, 0),
  ]);

/**
 * Reads a message. Records of another class than IN, and the additional section but OPT, are left out.
 * Errors: `too-short`, `too-long`, and `bad-name`, `bad-length` or `bad-rdata` where a part cannot be read; spans are
 * octets. Octets behind the end are a warning, `trailing-octets`.
 * Source: RFC 1035 §4, RFC 6891.
 */
export function decodeMessage(octets: Uint8Array): Parsed<Message, MessageProblem> {
  const fail = (code: MessageProblem, start: number): Parsed<Message, MessageProblem> => ({
    ok: false,
    problems: [{ code, at: { start, end: octets.length } }],
  });
  if (octets.length < 12) return fail('too-short', 0);
  if (octets.length > maxMessageOctets) return fail('too-long', maxMessageOctets);
  const flags = uint16(octets, 2);
  let at = 12;
  const questions: Message['questions'][number][] = [];
  for (let count = uint16(octets, 4); count > 0; count--) {
    const decoded = decodeName(octets, at);
    if (decoded === undefined) return fail('bad-name', at);
    if (decoded.end + 4 > octets.length) return fail('bad-length', decoded.end);
    questions.push({
      name: decoded.name,
      type: typeFromNumber(uint16(octets, decoded.end)),
      class: uint16(octets, decoded.end + 2),
    });
    at = decoded.end + 4;
  }
  let rcode = flags & 15;
  const extendedErrors: ExtendedError[] = [];
  const sections: WireRecord[][] = [[], [], []];
  for (const [index, section] of sections.entries()) {
    for (let count = uint16(octets, 6 + 2 * index); count > 0; count--) {
      const owner = decodeName(octets, at);
      if (owner === undefined) return fail('bad-name', at);
      const start = owner.end + 10;
      if (start > octets.length) return fail('bad-length', owner.end);
      const number = uint16(octets, owner.end);
      const end = start + uint16(octets, owner.end + 8);
      if (end > octets.length) return fail('bad-length', owner.end + 8);
      at = end;
      if (index === 2) {
        if (number !== optType) continue;
        rcode = (flags & 15) | (octets[owner.end + 4]! << 4);
        extendedErrors.push(...decodeExtendedErrors(octets.subarray(start, end)));
        continue;
      }
      if (uint16(octets, owner.end + 2) !== internetClass) continue;
      const type = typeFromNumber(number);
      const rdata = rewriteRdata(type, octets, start, end, false);
      const fields = rdata && decodeRdata(type, rdata);
      if (fields === undefined) return fail('bad-rdata', start);
      const ttlSeconds = timeToLive(octets, owner.end + 4);
      section.push({ name: owner.name, ttlSeconds, ...fields, rdata: rdata! });
    }
  }
  const warnings: ParseProblem<MessageProblem>[] =
    at < octets.length ? [{ code: 'trailing-octets', at: { start: at, end: octets.length } }] : [];
  return {
    ok: true,
    value: {
      id: uint16(octets, 0),
      isResponse: (flags & 0x8000) !== 0,
      opcode: (flags >> 11) & 15,
      isTruncated: (flags & 0x0200) !== 0,
      authenticData: (flags & 0x0020) !== 0,
      checkingDisabled: (flags & 0x0010) !== 0,
      rcode,
      questions,
      answer: sections[0]!,
      authority: sections[1]!,
      extendedErrors,
    },
    warnings,
  };
}

const extendedErrorOption = 15;

function decodeExtendedErrors(options: Uint8Array): ExtendedError[] {
  const errors: ExtendedError[] = [];
  for (let at = 0; at + 4 <= options.length;) {
    const end = at + 4 + uint16(options, at + 2);
    if (end > options.length) break;
    if (uint16(options, at) === extendedErrorOption && end >= at + 6)
      errors.push({
        code: uint16(options, at + 4),
        // UTF-8 in the standard; what is not printable ASCII is shown as a question mark.
        text: Array.from(options.subarray(at + 6, end), (octet) =>
          octet >= 0x20 && octet < 0x7f ? String.fromCharCode(octet) : '?',
        ).join(''),
      });
    at = end;
  }
  return errors;
}

/** Why a message does not answer a question. */
export type AnswerMisfit =
  /** Marked as a question itself: QR is 0 (RFC 1035 §4.1.1). */
  | 'not-an-answer'
  /** Not to a query: OPCODE is not 0 (RFC 1035 §4.1.1). */
  | 'other-opcode'
  /** Not with the ID that was sent (RFC 1035 §4.1.1). */
  | 'other-id'
  /** Marked as cut off: TC is 1. */
  | 'truncated'
  /** It does not say which one question it answers. */
  | 'no-question'
  | 'other-question'
  /** To the same name and type, not of the internet (RFC 1035 §3.2.4). */
  | 'other-class';

/** Undefined when the message answers `encodeQuery` of this question: a response, whole, to the same name, type and class. */
export function answerMisfit(message: Message, question: Question): AnswerMisfit | undefined {
  if (!message.isResponse) return 'not-an-answer';
  if (message.opcode !== 0) return 'other-opcode';
  if (message.id !== 0) return 'other-id';
  if (message.isTruncated) return 'truncated';
  const [asked, ...more] = message.questions;
  if (asked === undefined || more.length > 0) return 'no-question';
  if (asked.name !== question.name || asked.type !== question.type) return 'other-question';
  return asked.class === internetClass ? undefined : 'other-class';
}
