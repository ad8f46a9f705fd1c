/** Bounds on work: past each, the answer is indeterminate with that reason, and the work stops. */
import { expect, test } from 'vitest';
import { nameOf } from '../../../src/core/dns/name.ts';
import { concatOctets } from '../../../src/core/dns/octets.ts';
import { keyTagOf } from '../../../src/core/dns/rdata.ts';
import type { WireRecord } from '../../../src/core/dns/record.ts';
import { workLimits } from '../../../src/core/dnssec/policy.ts';
import {
  symbolicDs,
  symbolicKey,
  symbolicSignature,
  wireRecord,
} from '../../../src/world/simulated/symbolic-signer.ts';
import { address, alias, signed, smallWorld } from './small-world.ts';

const limited = { reason: 'dnssec.limit-reached' };
const count = (asked: readonly string[], kind: string): number =>
  asked.filter((each) => each === kind).length;
const spoilt = (record: WireRecord, octet: number): WireRecord => {
  const rdata = Uint8Array.from([...record.rdata.subarray(0, -1), octet]);
  return wireRecord(record.name, record.type, rdata);
};

test('signatures under one RRset are tried up to the bound, and a good one behind it is not reached', () => {
  for (const [bad, security] of [
    [workLimits.signaturesPerRrset - 1, 'secure'],
    [workLimits.signaturesPerRrset, 'indeterminate'],
  ] as const) {
    const world = smallWorld();
    world.change('mx.nl', 'A', (message) => {
      const [record, signature] = message.answer as [WireRecord, WireRecord];
      const false_ = Array.from({ length: bad }, (_, at) => spoilt(signature, 100 + at));
      return { ...message, answer: [record, ...false_, signature] };
    });
    const { result } = world.validate('mx.nl', 'A');
    expect(result.security).toBe(security);
    if (security === 'indeterminate') expect(result).toMatchObject(limited);
  }
});

test('of keys that share a tag only so many are tried for one signature (KeyTrap)', () => {
  const main = symbolicKey(nameOf('nl'));
  // The tag is a sum of pairs of octets, so it does not see their order.
  const pairs = ['aabbccdd', 'bbaaccdd', 'ccbbaadd', 'ddccbbaa'];
  const keys = pairs.map((id) => symbolicKey(nameOf('nl'), id, 256));
  expect(new Set(keys.map(({ keyTag }) => keyTag)).size).toBe(1);
  for (const [at, security] of [
    [1, 'secure'],
    [3, 'indeterminate'],
  ] as const) {
    const world = smallWorld();
    world.change('nl', 'DNSKEY', (message) => {
      const all = [main, ...keys];
      return { ...message, answer: [...all, symbolicSignature(all, main)] };
    });
    world.change('mx.nl', 'A', (message) => {
      const records = [address('mx.nl')];
      return { ...message, answer: [...records, symbolicSignature(records, keys[at]!)] };
    });
    const { result } = world.validate('mx.nl', 'A');
    expect(result.security).toBe(security);
    if (security === 'indeterminate') expect(result).toMatchObject(limited);
    expect(result.work.verifications).toBeLessThan(10);
  }
});

test('digests are compared up to the bound; whether one behind it leads in is not known', () => {
  const genuine = symbolicDs(symbolicKey(nameOf('nl')));
  const most = workLimits.digestsPerZone;
  for (const [others, isGenuineThere, expected] of [
    [most - 1, true, { security: 'secure' }],
    [most, true, { security: 'indeterminate', ...limited }],
    [most, false, { security: 'bogus', reason: 'dnssec.keys-unmatched' }],
  ] as const) {
    const world = smallWorld();
    const spoiltOnes = Array.from({ length: most + 1 }, (_, at) => at)
      .filter((octet) => octet !== genuine.rdata.at(-1))
      .slice(0, others)
      .map((octet) => spoilt(genuine, octet));
    const all = isGenuineThere ? [...spoiltOnes, genuine] : spoiltOnes;
    world.change('nl', 'DS', (message) => ({ ...message, answer: signed('.', ...all) }));
    const { result, asked } = world.validate('nl', 'MX');
    expect(result).toMatchObject(expected);
    // Once for the zone of the signature, and once for whether the name need be signed; and the root's.
    expect(count(asked, 'digest')).toBeLessThanOrEqual(2 * most + 1);
  }
});

test('all keys with the tag of a DS record are compared with it, not the first two', () => {
  const main = symbolicKey(nameOf('nl'));
  const alike = ['yek', 'ekyyek', 'eykkey'].map((id) => symbolicKey(nameOf('nl'), id));
  const sameTag = alike.map((key) => {
    // Two octets of its own make the sum of any key that of another (RFC 4034 appendix B).
    const rdata = concatOctets([
      key.rdata.subarray(0, 4),
      Uint8Array.of(0, 0),
      key.rdata.subarray(4),
    ]);
    const missing = (main.keyTag - keyTagOf(rdata) + 0xffff) % 0xffff;
    rdata.set([missing >> 8, missing & 255], 4);
    return wireRecord(key.name, 'DNSKEY', rdata);
  });
  expect(new Set([main, ...sameTag].map((key) => 'keyTag' in key && key.keyTag)).size).toBe(1);
  const world = smallWorld();
  world.change('nl', 'DNSKEY', (message) => {
    const all = [...sameTag, main];
    return { ...message, answer: [...all, symbolicSignature(all, main)] };
  });
  // The zone is entered; only then does the same tag cost too much under the data.
  const { result } = world.validate('nl', 'DNSKEY');
  expect(result.zones.at(-1)).toMatchObject({ zone: 'nl', security: 'secure' });
  expect(world.validate('nl', 'MX').result).toMatchObject({
    security: 'indeterminate',
    ...limited,
  });
});

test('zones whose signatures are tried for one RRset have a bound, and nobody says that there was none', () => {
  const signers = ['x.a.b.nl', 'a.b.nl', 'b.nl', 'nl'];
  for (const [from, expected] of [
    [1, { security: 'secure' }],
    [0, { security: 'indeterminate', ...limited }],
  ] as const) {
    const world = smallWorld();
    world.change('x.a.b.nl', 'A', (message) => {
      const records = [address('x.a.b.nl')];
      const by = (zone: string) => symbolicSignature(records, symbolicKey(nameOf(zone)));
      const answer = [...records, ...signers.slice(from).map(by)];
      return { ...message, rcode: 0, authority: [], answer };
    });
    expect(world.validate('x.a.b.nl', 'A').result).toMatchObject(expected);
  }
});

test('all signatures of one lookup have a bound', () => {
  const { result, asked } = smallWorld().validate('mx.nl', 'A', {
    limits: { ...workLimits, verifications: 2 },
  });
  expect(result).toMatchObject({ security: 'indeterminate', ...limited });
  expect(count(asked, 'verify')).toBe(2);
});

test('a proof of absence of more spans than the bound is not read', () => {
  const world = smallWorld();
  world.change('nope.nl', 'A', (message) => {
    const span = message.authority.find(({ type }) => type === 'NSEC')!;
    const more = Array.from({ length: workLimits.denialsPerMessage + 1 }, (_, at) =>
      signed('nl', { ...span, name: nameOf(`n${at}.nl`) }),
    );
    return { ...message, authority: [...message.authority, ...more.flat()] };
  });
  const { result } = world.validate('nope.nl', 'A');
  expect(result).toMatchObject({ security: 'indeterminate', ...limited });
  expect(result.work.verifications).toBeLessThan(10);
});

/** An NSEC3 for the apex of `hashed` with this many iterations. */
const iterated = (record: WireRecord, iterations: number): WireRecord[] => {
  const count_ = Uint8Array.of(iterations >> 8, iterations & 255);
  const rdata = concatOctets([record.rdata.subarray(0, 2), count_, record.rdata.subarray(4)]);
  return signed('hashed', wireRecord(record.name, 'NSEC3', rdata));
};

test('more NSEC3 iterations than RFC 9276 lets us accept make an absence insecure, unhashed', () => {
  const world = smallWorld();
  world.change('nope.hashed', 'A', (message) => ({
    ...message,
    authority: message.authority.flatMap((record) =>
      record.type === 'NSEC3' ? iterated(record, 151) : record.type === 'SOA' ? [] : [],
    ),
  }));
  const { result } = world.validate('nope.hashed', 'A');
  expect(result).toMatchObject({
    security: 'insecure',
    reason: 'dnssec.iterations-too-high',
  });
});

test('hashes of one lookup have a bound, however deep the name (CVE-2023-50868)', () => {
  const world = smallWorld();
  const deep = `${'x.'.repeat(60)}hashed`;
  world.change(deep, 'A', (message) => ({
    ...message,
    authority: message.authority.flatMap((record) =>
      record.type === 'NSEC3' ? iterated(record, 150) : [],
    ),
  }));
  const { result } = world.validate(deep, 'A');
  expect(result).toMatchObject({ security: 'indeterminate', ...limited });
  // What was refused was not done, and is not counted.
  expect(result.work.hashes).toBeLessThanOrEqual(workLimits.hashes);
});

test('aliases are followed up to the bound, which is no circle', () => {
  const world = smallWorld();
  for (let at = 0; at <= workLimits.aliases + 1; at++)
    world.change(`n${at}.nl`, 'A', (message) => ({
      ...message,
      rcode: 0,
      answer: signed('nl', alias(`n${at}.nl`, `n${at + 1}.nl`)),
      authority: [],
    }));
  // One link fewer than too many: the end of the chain is reached, and proved not to exist.
  expect(world.validate('n2.nl', 'A').result.security).toBe('secure');
  expect(world.validate('n0.nl', 'A').result).toMatchObject({
    security: 'indeterminate',
    ...limited,
  });
});

test('messages have a bound, however many labels a name has', () => {
  const deep = `${'x.'.repeat(100)}nl`;
  const { result, asked } = smallWorld().validate(deep, 'A');
  expect(count(asked, 'message')).toBeLessThanOrEqual(workLimits.messages);
  expect(result.security).not.toBe('insecure');
});

test('octets have a bound: after it nothing more is fetched', () => {
  const world = smallWorld();
  world.change('www.nl', 'A', (message) => ({
    ...message,
    rcode: 0,
    answer: signed('nl', alias('www.nl', 'mx.hashed')),
    authority: [],
  }));
  const limits = { ...workLimits, octets: 10 };
  const unlimited = world.validate('www.nl', 'A');
  expect(unlimited.result.security).toBe('secure');
  const { result, asked } = world.validate('www.nl', 'A', { limits });
  expect(result).toMatchObject({ security: 'indeterminate', ...limited });
  expect(count(asked, 'message')).toBeLessThan(count(unlimited.asked, 'message'));
});
