/**
 * What whoever carries an answer can do to it without breaking a signature: copy a record, and write
 * another time to live. Neither may change what the answer is or how long it counts.
 */
import { describe, expect, test } from 'vitest';
import { nameOf } from '../../../src/core/dns/name.ts';
import type { Message } from '../../../src/core/dns/message.ts';
import type { RrType, WireRecord } from '../../../src/core/dns/record.ts';
import type { Scenario } from '../../../src/world/simulated/scenario.ts';
import { SimulatedResolver } from '../../../src/world/simulated/resolver.ts';
import {
  symbolicNowSeconds,
  symbolicSignature,
  symbolicKey,
  wireRecord,
} from '../../../src/world/simulated/symbolic-signer.ts';
import { address, alias, signed, smallWorld, type SmallWorld } from './small-world.ts';

const txt = (owner: string, text: string): WireRecord =>
  wireRecord(nameOf(owner), 'TXT', Uint8Array.of(text.length, ...new TextEncoder().encode(text)));
const tlsa = (owner: string): WireRecord =>
  wireRecord(nameOf(owner), 'TLSA', Uint8Array.of(3, 1, 1, ...new Uint8Array(32)));
const dname = (owner: string, target: string): WireRecord =>
  wireRecord(nameOf(owner), 'DNAME', alias('x.nl', target).rdata);

/** A small world that also has a TXT, a TLSA, an alias and a subtree moved by DNAME. */
function world(): SmallWorld {
  const made = smallWorld();
  const answer = (name: string, type: RrType, ...records: readonly WireRecord[]) =>
    made.change(name, type, (message) => ({
      ...message,
      rcode: 0,
      authority: [],
      answer: records,
    }));
  answer('t.nl', 'TXT', ...signed('nl', txt('t.nl', 'v=STSv1; id=1;')));
  answer('_25._tcp.nl', 'TLSA', ...signed('nl', tlsa('_25._tcp.nl')));
  answer('www.nl', 'A', ...signed('nl', alias('www.nl', 'mx.nl')));
  answer(
    'mx.old.nl',
    'A',
    ...signed('nl', dname('old.nl', 'nl')),
    alias('mx.old.nl', 'mx.nl'),
    ...signed('nl', address('mx.nl')),
  );
  answer('loose', 'TXT', txt('loose', 'v=STSv1; id=1;'));
  return made;
}

const questions: readonly (readonly [string, RrType])[] = [
  ['nl', 'MX'],
  ['mx.nl', 'A'],
  ['t.nl', 'TXT'],
  ['_25._tcp.nl', 'TLSA'],
  ['www.nl', 'A'],
  ['mx.old.nl', 'A'],
  ['x.wild.nl', 'A'],
  ['nope.nl', 'A'],
  ['nl', 'DNSKEY'],
  ['nl', 'DS'],
  ['nope.hashed', 'A'],
  ['x.wild.hashed', 'A'],
  ['loose', 'MX'],
  ['loose', 'TXT'],
  ['nope.loose', 'A'],
];

/** Every message of the world, changed on the way. */
const told = (change: (message: Message) => Message, [name, type]: readonly [string, RrType]) =>
  world().validate(name, type, {}, symbolicNowSeconds, change).result;

const each =
  (change: (records: readonly WireRecord[]) => readonly WireRecord[]) => (message: Message) => ({
    ...message,
    answer: change(message.answer),
    authority: change(message.authority),
  });
const genuine = (message: Message): Message => message;

describe('copies of records change nothing', () => {
  const shorter = (record: WireRecord): WireRecord => ({ ...record, ttlSeconds: 3600 });
  const ways: readonly (readonly [string, (message: Message) => Message])[] = [
    ['every record twice', each((records) => records.flatMap((one) => [one, shorter(one)]))],
    ['the whole answer again behind itself', each((records) => [...records, ...records])],
    [
      'forty copies of each',
      each((records) => records.flatMap((one) => Array(40).fill(one) as WireRecord[])),
    ],
    [
      'signatures only',
      each((records) =>
        records.flatMap((one) =>
          one.type === 'RRSIG' ? (Array(20).fill(one) as WireRecord[]) : [one],
        ),
      ),
    ],
  ];
  for (const [way, change] of ways)
    test.each(questions)(`${way}: %s %s`, (...question) => {
      const { work: _, ...is } = told(change, question);
      const { work: __, ...was } = told(genuine, question);
      expect(is).toEqual(was);
      expect(is.answer.kind).not.toBe('failed');
    });
});

test('two different aliases at one name have a reason of their own, and are neither insecure nor too long', () => {
  const made = smallWorld();
  const two = [alias('www.nl', 'mx.nl'), alias('www.nl', 'a.b.nl')];
  const answer = (...records: readonly WireRecord[]) =>
    made.change('www.nl', 'A', (message) => ({
      ...message,
      rcode: 0,
      authority: [],
      answer: records,
    }));
  // The zone itself signed both: nothing is forged, and nobody can follow it.
  answer(...signed('nl', ...two));
  expect(made.validate('www.nl', 'A').result).toMatchObject({
    ...{ security: 'indeterminate', reason: 'dnssec.alias-ambiguous' },
    answer: { kind: 'failed', why: 'malformed' },
  });
  // Somebody on the way put the second there.
  answer(...signed('nl', two[0]!), two[1]!);
  expect(made.validate('www.nl', 'A').result).toMatchObject({
    ...{ security: 'bogus', reason: 'dnssec.signature-invalid' },
  });
});

describe('a time to live', () => {
  /** What is left of the answer's TTL when everything on the way is written otherwise. */
  const ttlOf = (
    question: readonly [string, RrType],
    ttlSeconds: number,
    nowSeconds = symbolicNowSeconds,
  ) => {
    const change = each((records) => records.map((record) => ({ ...record, ttlSeconds })));
    const { answer } = world().validate(...question, {}, nowSeconds, change).result;
    if (answer.kind !== 'found') throw new Error(answer.kind);
    return [answer.records[0]!.ttlSeconds, answer.aliases[0]?.ttlSeconds];
  };
  const signedSeconds = 3600;

  test.each([
    ['nl', 'MX', undefined],
    ['t.nl', 'TXT', undefined],
    ['_25._tcp.nl', 'TLSA', undefined],
    ['x.wild.nl', 'A', undefined],
    ['www.nl', 'A', signedSeconds],
    ['mx.old.nl', 'A', signedSeconds],
  ] as const)('is never above what was signed: %s %s', (name, type, aliasSeconds) => {
    for (const sent of [signedSeconds, signedSeconds + 1, 0x7fffffff])
      expect(ttlOf([name, type], sent)).toEqual([signedSeconds, aliasSeconds]);
    expect(ttlOf([name, type], 30)).toEqual([30, aliasSeconds && 30]);
  });

  test('nor above the time that the signature has left; in the minutes of grace nothing is left', () => {
    const end = symbolicNowSeconds + 30 * 86_400;
    expect(ttlOf(['nl', 'MX'], 3600, end - 100)).toEqual([100, undefined]);
    expect(ttlOf(['nl', 'MX'], 3600, end + 100)).toEqual([0, undefined]);
  });

  test('nor above that of the signature itself', () => {
    const made = smallWorld();
    made.change('nl', 'MX', (message) => ({
      ...message,
      answer: message.answer.map((record) => ({
        ...record,
        ttlSeconds: record.type === 'RRSIG' ? 120 : 3600,
      })),
    }));
    const { answer } = made.validate('nl', 'MX').result;
    expect(answer).toMatchObject({ kind: 'found', records: [{ ttlSeconds: 120 }] });
  });

  test('of an unsigned answer is what was sent, the lowest of the set', () => {
    const made = smallWorld();
    made.change('mx.loose', 'A', (message) => ({
      ...message,
      answer: [
        { ...address('mx.loose', '192.0.2.1'), ttlSeconds: 100_000 },
        { ...address('mx.loose', '192.0.2.2'), ttlSeconds: 50_000 },
      ],
    }));
    const { answer } = made.validate('mx.loose', 'A').result;
    expect(answer).toMatchObject({ records: [{ ttlSeconds: 50_000 }, { ttlSeconds: 50_000 }] });
  });
});

test('a signature copied often is tried once', () => {
  const made = smallWorld();
  made.change('mx.nl', 'A', (message) => {
    const records = [address('mx.nl')];
    const wrong = symbolicSignature(records, symbolicKey(nameOf('nl')), { isBroken: true });
    const good = symbolicSignature(records, symbolicKey(nameOf('nl')));
    return { ...message, answer: [...records, ...(Array(50).fill(wrong) as WireRecord[]), good] };
  });
  expect(made.validate('mx.nl', 'A').result.security).toBe('secure');
});

test('who stands between a resolver and a sender, and so need not sign, is no different', () => {
  const forged = { name: '_mta-sts.a.nl', type: 'TXT', text: 'v=STSv1; id=1;' } as const;
  const attacker = {
    stub: [{ name: forged.name, type: 'TXT', action: { answer: [forged, forged] } }],
  } as const;
  const scenario = {
    ...{ zones: [], certificates: [], attacker },
    resolver: { validates: true, path: 'attackable' },
  } as unknown as Scenario;
  const resolver = new SimulatedResolver(scenario, () => expect.fail('no certificate here'));
  const { answer } = resolver.lookup(nameOf(forged.name), 'TXT');
  expect(answer.kind === 'found' && answer.records).toHaveLength(1);
});
