/** What a resolver could try with genuine records, and times as RFC 1982 reads them. */
import { describe, expect, test } from 'vitest';
import { nameOf } from '../../../src/core/dns/name.ts';
import { serialDifference, timeliness } from '../../../src/core/dnssec/signature.ts';
import {
  symbolicKey,
  symbolicNowSeconds,
  symbolicSignature,
} from '../../../src/world/simulated/symbolic-signer.ts';
import { address, signed, smallWorld } from './small-world.ts';

const nxDomain = 3;

describe('genuine records', () => {
  test.each([
    ['mx.nl', 'A', 'secure'],
    ['nope.nl', 'A', 'secure'],
    ['mx.nl', 'TLSA', 'secure'],
    ['b.nl', 'A', 'secure'],
    ['x.wild.nl', 'A', 'secure'],
    ['x.wild.nl', 'MX', 'secure'],
    ['mx.hashed', 'A', 'secure'],
    ['nope.hashed', 'A', 'secure'],
    ['b.hashed', 'A', 'secure'],
    ['x.wild.hashed', 'A', 'secure'],
    ['x.wild.hashed', 'MX', 'secure'],
    ['nope.mx.hashed', 'A', 'secure'],
    ['loose', 'MX', 'insecure'],
    ['nope.loose', 'A', 'insecure'],
  ] as const)('of %s %s are %s', (name, type, security) => {
    expect(smallWorld().validate(name, type).result.security).toBe(security);
  });
});

describe('an absence', () => {
  test.each(['nope.nl', 'nope.hashed'])(
    'of %s is what was proved, not what was claimed',
    (name) => {
      const world = smallWorld();
      world.change(name, 'A', (message) => ({ ...message, rcode: 0 }));
      expect(world.validate(name, 'A').result).toMatchObject({
        security: 'bogus',
        reason: 'dnssec.denial-insufficient',
      });
    },
  );

  test('claimed for a name that NSEC3 shows to exist is bogus', () => {
    const world = smallWorld();
    world.change('mx.hashed', 'TLSA', (message) => ({ ...message, rcode: nxDomain }));
    expect(world.validate('mx.hashed', 'TLSA').result.security).toBe('bogus');
  });

  test('with an SOA that does not hold is bogus', () => {
    const world = smallWorld();
    world.change('nope.nl', 'A', (message) => ({
      ...message,
      authority: message.authority.filter(
        (record) => record.type !== 'RRSIG' || record.typeCovered !== 'SOA',
      ),
    }));
    expect(world.validate('nope.nl', 'A').result.security).toBe('bogus');
  });

  test('with one span more, unsigned, is bogus', () => {
    const world = smallWorld();
    world.change('nope.nl', 'A', (message) => {
      const span = message.authority.find(({ type }) => type === 'NSEC')!;
      return { ...message, authority: [...message.authority, { ...span, name: nameOf('z.nl') }] };
    });
    expect(world.validate('nope.nl', 'A').result.security).toBe('bogus');
  });

  test('of everything at once is not shown by a span that names types', () => {
    const world = smallWorld();
    world.change('mx.nl', 'TYPE255', () => world.validate('mx.nl', 'TLSA') && genuine);
    const genuine = messageOf(world);
    expect(world.validate('mx.nl', 'TYPE255').result.security).toBe('bogus');
  });

  test('is not proved by the records of another name', () => {
    const world = smallWorld();
    const other = messageOf(world);
    world.change('a.b.nl', 'A', () => ({ ...other, questions: [] }));
    expect(world.validate('a.b.nl', 'A').result.security).toBe('bogus');
  });
});

/** The genuine answer that mx.nl has no TLSA record, taken on its way. */
function messageOf(world: ReturnType<typeof smallWorld>) {
  let taken: Parameters<Parameters<typeof world.change>[2]>[0] | undefined;
  world.change('mx.nl', 'TLSA', (message) => (taken = message));
  world.validate('mx.nl', 'TLSA');
  return taken!;
}

describe('an answer', () => {
  test('under a code that says there is none is bogus', () => {
    const world = smallWorld();
    world.change('mx.nl', 'A', (message) => ({ ...message, rcode: nxDomain }));
    expect(world.validate('mx.nl', 'A').result).toMatchObject({ security: 'bogus' });
  });

  test.each([
    ['FORMERR', 1, 'servfail'],
    ['SERVFAIL', 2, 'servfail'],
    ['REFUSED', 5, 'refused'],
  ])('under %s is none, whatever stands in it', (_, rcode, why) => {
    const world = smallWorld();
    world.change('mx.nl', 'A', (message) => ({ ...message, rcode }));
    expect(world.validate('mx.nl', 'A').result).toMatchObject({
      ...{ security: 'indeterminate', reason: 'dnssec.not-fetched' },
      answer: { kind: 'failed', why },
    });
  });

  test('made from a wildcard without the proof that it may be is bogus', () => {
    const world = smallWorld();
    world.change('x.wild.nl', 'A', (message) => ({ ...message, authority: [] }));
    expect(world.validate('x.wild.nl', 'A').result).toMatchObject({
      security: 'bogus',
      reason: 'dnssec.wildcard-unproved',
    });
  });

  test('that a wildcard would give cannot stand where a name has its own', () => {
    const world = smallWorld();
    let wild: ReturnType<typeof messageOf> | undefined;
    world.change('x.wild.nl', 'A', (message) => (wild = message));
    world.validate('x.wild.nl', 'A');
    world.change('mx.nl', 'A', (message) => ({
      ...message,
      answer: wild!.answer.map((record) => ({ ...record, name: nameOf('mx.nl') })),
      authority: wild!.authority,
    }));
    expect(world.validate('mx.nl', 'A').result.security).toBe('bogus');
  });

  test('signed with a key that the zone revoked, or that is for no zone, is bogus', () => {
    for (const flags of [0x0181, 0x0001]) {
      const world = smallWorld();
      const main = symbolicKey(nameOf('nl'));
      const other = symbolicKey(nameOf('nl'), 'other', flags);
      world.change('nl', 'DNSKEY', (message) => {
        const keys = [main, other];
        return { ...message, answer: [...keys, symbolicSignature(keys, main)] };
      });
      world.change('mx.nl', 'A', (message) => {
        const records = [address('mx.nl')];
        return { ...message, answer: [...records, symbolicSignature(records, other)] };
      });
      expect(world.validate('mx.nl', 'A').result.security).toBe('bogus');
    }
  });

  test('signed by a stranger is bogus, and AD does not change that', () => {
    const world = smallWorld();
    world.change('mx.nl', 'A', (message) => ({
      ...message,
      authenticData: true,
      answer: signed('hashed', address('mx.nl')),
    }));
    expect(world.validate('mx.nl', 'A').result).toMatchObject({
      security: 'bogus',
      claimedAuthentic: true,
    });
  });

  test('of a signed zone does not become insecure because its DS was left out', () => {
    const world = smallWorld();
    world.change('nl', 'DS', (message) => ({ ...message, answer: [] }));
    world.change('mx.nl', 'A', (message) => ({ ...message, answer: [address('mx.nl')] }));
    expect(world.validate('mx.nl', 'A').result.security).toBe('bogus');
  });
});

describe('time', () => {
  test('wraps in 2106 and is compared the short way round (RFC 1982)', () => {
    expect(serialDifference(5, 0xfffffffb)).toBe(10);
    expect(serialDifference(0xfffffffb, 5)).toBe(-10);
    const times = { inception: 0xffffff00, expiration: 0x100 };
    expect(timeliness(times, 0x10, 0)).toBe('in-time');
    expect(timeliness(times, 0x200, 0)).toBe('expired');
    expect(timeliness(times, 0xfffff000, 0)).toBe('not-yet');
  });

  test('may be missed by the stated skew and no more', () => {
    const times = { inception: 1000, expiration: 2000 };
    expect(timeliness(times, 2300, 300)).toBe('in-time');
    expect(timeliness(times, 2301, 300)).toBe('expired');
    expect(timeliness(times, 700, 300)).toBe('in-time');
    expect(timeliness(times, 699, 300)).toBe('not-yet');
    expect(timeliness({ inception: 2000, expiration: 1000 }, 1500, 300)).toBe('expired');
  });

  test('that cannot be, or at which no signature holds from the root on, says nothing of the zone', () => {
    const world = smallWorld();
    const policy = { earliestSeconds: symbolicNowSeconds };
    const day = 86_400;
    const at = (days: number) =>
      world.validate('mx.nl', 'A', policy, symbolicNowSeconds + days * day).result;
    expect(at(-1)).toMatchObject({ security: 'indeterminate', reason: 'dnssec.clock-implausible' });
    expect(at(0).security).toBe('secure');
    const unproved = { security: 'indeterminate', reason: 'dnssec.anchor-unproved' };
    expect(at(31)).toMatchObject(unproved);
    const early = world.validate('mx.nl', 'A', {}, symbolicNowSeconds - 31 * day).result;
    expect(early).toMatchObject(unproved);
  });
});
