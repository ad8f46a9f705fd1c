/** What a lying resolver does to an answer. Each keeps the form right and the content wrong. */
import { nameBytes, nameLabels, types, type RawMessage, type RawRecord } from './message.ts';

export const lies = [
  'ad',
  'forge',
  'strip',
  'strip-rrsig',
  'nxdomain',
  'nodata',
  'other',
  'swap',
  'stale',
  // What no signature covers: how often a record stands there, in what case, and how long it may be kept.
  'double',
  'double-case',
  'ttl-most',
  'ttl-top',
  'second-alias',
] as const;

export type Lie = (typeof lies)[number];

const authenticData = 0x20;
const claimed = (message: RawMessage): RawMessage => ({
  ...message,
  flags: message.flags | authenticData,
});

const kept = (message: RawMessage, keep: (record: RawRecord) => boolean): RawMessage => ({
  ...message,
  answer: message.answer.filter(keep),
  authority: message.authority.filter(keep),
});

const evilHost = nameBytes(nameLabels('mx.attacker.test'));

const forged = (record: RawRecord): RawRecord => {
  if (record.type === types.A) return { ...record, rdata: Buffer.of(203, 0, 113, 66) };
  if (record.type === types.MX)
    return { ...record, rdata: Buffer.concat([Buffer.of(0, 1), evilHost]) };
  if (record.type === types.TLSA)
    return { ...record, rdata: Buffer.concat([record.rdata.subarray(0, 3), Buffer.alloc(32, 66)]) };
  if (record.type === types.TXT) {
    const text = Buffer.from('v=STSv1; id=attacker');
    return { ...record, rdata: Buffer.concat([Buffer.of(text.length), text]) };
  }
  return record;
};

/** Every record again, the copies behind the originals and the last of them first. */
const doubled = (message: RawMessage, copy: (record: RawRecord) => RawRecord): RawMessage => ({
  ...message,
  answer: [...message.answer, ...message.answer.map(copy).reverse()],
  authority: [...message.authority, ...message.authority.map(copy).reverse()],
});

/** Letters of a name in capitals: length octets are below the letters. */
const capitals = (octets: Buffer): Buffer =>
  Buffer.from(octets.toString('latin1').toUpperCase(), 'latin1');

const inCapitals = (record: RawRecord): RawRecord => {
  const owner = record.owner.map(capitals);
  const hasNamesOnly = record.type === types.CNAME || record.type === types.NS;
  if (hasNamesOnly) return { ...record, owner, rdata: capitals(record.rdata) };
  if (record.type !== types.MX) return { ...record, owner };
  const [head, name] = [record.rdata.subarray(0, 2), record.rdata.subarray(2)];
  return { ...record, owner, rdata: Buffer.concat([head, capitals(name)]) };
};

const withTtl = (message: RawMessage, ttl: number): RawMessage => ({
  ...message,
  answer: message.answer.map((record) => ({ ...record, ttl })),
  authority: message.authority.map((record) => ({ ...record, ttl })),
});

const signatures: readonly number[] = [types.RRSIG];
const dnssecTypes: readonly number[] = [types.RRSIG, types.NSEC, types.NSEC3, types.DS];

/**
 * The message as the liar passes it on, always with the AD bit set.
 * `other`, `swap` and `stale` also change what is asked upstream; see the front.
 */
export function tell(lie: Lie, message: RawMessage): RawMessage {
  switch (lie) {
    case 'forge':
      return claimed({ ...message, answer: message.answer.map(forged) });
    case 'strip-rrsig':
      return claimed(kept(message, ({ type }) => !signatures.includes(type)));
    case 'strip':
      return claimed(kept(message, ({ type }) => !dnssecTypes.includes(type)));
    case 'nxdomain':
      return claimed({ ...message, flags: (message.flags & ~15) | 3, answer: [], authority: [] });
    case 'nodata':
      return claimed({ ...message, flags: message.flags & ~15, answer: [], authority: [] });
    case 'double':
      return claimed(doubled(message, (record) => record));
    case 'double-case':
      return claimed(doubled(message, inCapitals));
    case 'ttl-most':
      return claimed(withTtl(message, 0x7fffffff));
    case 'ttl-top':
      return claimed(withTtl(message, 0xffffffff));
    case 'second-alias':
      return claimed({
        ...message,
        answer: message.answer.flatMap((record) =>
          record.type === types.CNAME ? [record, { ...record, rdata: evilHost }] : [record],
        ),
      });
    case 'ad':
    case 'other':
    case 'swap':
    case 'stale':
      return claimed(message);
  }
}
