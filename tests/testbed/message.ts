/**
 * Just enough of the DNS message format to lie with it. Apart from `src/core/dns` on purpose:
 * the front must not share a mistake with the codec it tests.
 */

export interface RawRecord {
  readonly owner: readonly Buffer[];
  readonly type: number;
  readonly class: number;
  readonly ttl: number;
  /** Names inside written out in full. */
  readonly rdata: Buffer;
}

export interface RawMessage {
  readonly id: number;
  readonly flags: number;
  readonly question: { readonly name: readonly Buffer[]; readonly type: number };
  readonly answer: readonly RawRecord[];
  readonly authority: readonly RawRecord[];
  readonly additional: readonly RawRecord[];
}

export const types = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  OPT: 41,
  DS: 43,
  RRSIG: 46,
  NSEC: 47,
  DNSKEY: 48,
  NSEC3: 50,
  TLSA: 52,
} as const;

const readName = (message: Buffer, at: number): [labels: Buffer[], after: number] => {
  const labels: Buffer[] = [];
  let after = -1;
  for (let jumps = 0; jumps < 128;) {
    const length = message.readUInt8(at);
    if (length === 0) return [labels, after < 0 ? at + 1 : after];
    if (length >= 192) {
      if (after < 0) after = at + 2;
      at = message.readUInt16BE(at) & 0x3fff;
      jumps++;
    } else {
      labels.push(message.subarray(at + 1, at + 1 + length));
      at += 1 + length;
    }
  }
  throw new Error('a name that points to itself');
};

export const nameBytes = (labels: readonly Buffer[]): Buffer =>
  Buffer.concat([...labels.flatMap((label) => [Buffer.of(label.length), label]), Buffer.of(0)]);

/** RDATA with the names that a server may compress (RFC 3597 §4) written out. */
const writtenOut = (message: Buffer, type: number, at: number, length: number): Buffer => {
  if (type === types.NS || type === types.CNAME) return nameBytes(readName(message, at)[0]);
  if (type === types.MX)
    return Buffer.concat([message.subarray(at, at + 2), nameBytes(readName(message, at + 2)[0])]);
  if (type === types.SOA) {
    const [server, next] = readName(message, at);
    const [mailbox, rest] = readName(message, next);
    return Buffer.concat([
      nameBytes(server),
      nameBytes(mailbox),
      message.subarray(rest, rest + 20),
    ]);
  }
  return message.subarray(at, at + length);
};

export function readMessage(message: Buffer): RawMessage {
  const [name, afterName] = readName(message, 12);
  let at = afterName + 4;
  const section = (count: number): RawRecord[] =>
    Array.from({ length: count }, () => {
      const [owner, fixed] = readName(message, at);
      const type = message.readUInt16BE(fixed);
      const length = message.readUInt16BE(fixed + 8);
      at = fixed + 10 + length;
      return {
        owner,
        type,
        class: message.readUInt16BE(fixed + 2),
        ttl: message.readUInt32BE(fixed + 4),
        rdata: writtenOut(message, type, fixed + 10, length),
      };
    });
  return {
    id: message.readUInt16BE(0),
    flags: message.readUInt16BE(2),
    question: { name, type: message.readUInt16BE(afterName) },
    answer: section(message.readUInt16BE(6)),
    authority: section(message.readUInt16BE(8)),
    additional: section(message.readUInt16BE(10)),
  };
}

export function writeMessage(message: RawMessage): Buffer {
  const { question, answer, authority, additional } = message;
  const words = (...values: number[]) => {
    const bytes = Buffer.alloc(values.length * 2);
    values.forEach((value, index) => bytes.writeUInt16BE(value, index * 2));
    return bytes;
  };
  const record = (one: RawRecord) =>
    Buffer.concat([
      nameBytes(one.owner),
      words(one.type, one.class, one.ttl >>> 16, one.ttl & 0xffff, one.rdata.length),
      one.rdata,
    ]);
  return Buffer.concat([
    words(message.id, message.flags, 1, answer.length, authority.length, additional.length),
    nameBytes(question.name),
    words(question.type, 1),
    ...[...answer, ...authority, ...additional].map(record),
  ]);
}

export const nameText = (labels: readonly Buffer[]): string =>
  labels.map((label) => label.toString('latin1').toLowerCase()).join('.') || '.';

export const nameLabels = (text: string): Buffer[] =>
  text === '.' ? [] : text.split('.').map((label) => Buffer.from(label, 'latin1'));
