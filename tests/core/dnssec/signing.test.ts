/**
 * Who may sign what, and what a chain is worth: keys, digests, anchors and aliases with one thing
 * wrong at a time. Each "bogus" here would be a way in if it were "secure".
 */
import { describe, expect, it, test } from 'vitest';
import { nameOf } from '../../../src/core/dns/name.ts';
import { concatOctets } from '../../../src/core/dns/octets.ts';
import type { RrType, WireRecord } from '../../../src/core/dns/record.ts';
import { workLimits } from '../../../src/core/dnssec/policy.ts';
import { isFitting, signedOctets, type SignatureRecord } from '../../../src/core/dnssec/rrset.ts';
import { isZoneKey } from '../../../src/core/dnssec/signature.ts';
import {
  symbolicDs,
  symbolicKey,
  symbolicSignature,
  wireRecord,
} from '../../../src/world/simulated/symbolic-signer.ts';
import { address, alias, signed, smallWorld } from './small-world.ts';

const nl = symbolicKey(nameOf('nl'));

describe('a signature', () => {
  test.each([
    ['mx.nl', 'A', 'nl', 2, true],
    ['mx.nl', 'A', 'mx.nl', 2, true],
    ['mx.nl', 'A', '.', 2, true],
    ['mx.nl', 'A', 'org', 2, false],
    ['nl', 'A', 'mx.nl', 1, false],
    ['nl', 'DS', '.', 1, true],
    ['nl', 'DS', 'nl', 1, false],
    ['nl', 'DNSKEY', 'nl', 1, true],
    ['mx.nl', 'A', 'nl', 3, false],
    ['mx.nl', 'A', 'nl', 1, true],
    ['mx.nl', 'A', 'nl', 0, false],
    ['*.nl', 'A', 'nl', 1, true],
    ['*.nl', 'A', 'nl', 2, false],
  ] as const)(
    'over %s %s by %s with %i labels fits: %s',
    (name, type, signer, labels, expected) => {
      const rrset = { name: nameOf(name), type: type as RrType, records: [], signatures: [] };
      const signature = {
        signer: nameOf(signer),
        labels,
      } as Partial<SignatureRecord> as SignatureRecord;
      expect(isFitting(rrset, signature)).toBe(expected);
    },
  );

  test('covers the records whatever their order, and each once', () => {
    const [one, other] = [address('mx.nl', '192.0.2.1'), address('mx.nl', '192.0.2.2')];
    const signature = symbolicSignature([one, other], nl);
    const covered = (...records: readonly WireRecord[]) =>
      signedOctets({ name: nameOf('mx.nl'), type: 'A', records, signatures: [] }, signature);
    expect(covered(other, one)).toEqual(covered(one, other));
    expect(covered(one, other, one)).toEqual(covered(one, other));
    expect(covered(one)).not.toEqual(covered(one, other));
  });

  test.each([
    ['of a zone', 0x0100, 3, true],
    ['of a zone, named from above', 0x0101, 3, true],
    ['that was revoked', 0x0180, 3, false],
    ['of no zone', 0x0001, 3, false],
    ['of another protocol', 0x0100, 2, false],
  ])('is made with a key %s: %i %i → %s', (_, flags, protocol, expected) => {
    expect(isZoneKey({ ...nl, flags, protocol })).toBe(expected);
  });

  test('under another algorithm than its key has is by no key of the zone', () => {
    const world = smallWorld();
    world.change('mx.nl', 'A', (message) => {
      const records = [address('mx.nl')];
      const other = symbolicSignature(records, { ...nl, algorithm: 8 });
      return { ...message, answer: [...records, other] };
    });
    expect(world.validate('mx.nl', 'A').result).toMatchObject({
      ...{ security: 'bogus', reason: 'dnssec.keys-unmatched' },
    });
  });

  test('of a stranger beside the zone’s own does no harm', () => {
    const world = smallWorld();
    world.change('mx.nl', 'A', (message) => {
      const records = [address('mx.nl')];
      const stranger = symbolicSignature(records, symbolicKey(nameOf('hashed')));
      return { ...message, answer: [...records, stranger, symbolicSignature(records, nl)] };
    });
    expect(world.validate('mx.nl', 'A').result.security).toBe('secure');
  });
});

describe('a zone is entered', () => {
  const genuine = symbolicDs(nl);
  /** Key tag, algorithm, digest type; the digest is the right one, or not. */
  const ds = (
    change: { keyTag?: number; algorithm?: number; digestType?: number },
    isRight = true,
  ): WireRecord => {
    const { keyTag, algorithm, digestType } = { ...genuine, ...change };
    const right = digestType === 1 ? genuine.digest.slice(0, 20) : genuine.digest;
    const digest = isRight ? right : right.map((octet) => octet ^ 1);
    const head = Uint8Array.of(keyTag >> 8, keyTag & 255, algorithm, digestType);
    return wireRecord(nameOf('nl'), 'DS', concatOctets([head, digest]));
  };
  const sha1 = { digestType: 1 };
  const table: readonly (readonly [string, readonly WireRecord[], string])[] = [
    ['by a digest', [ds({})], 'secure'],
    ['by one of two digests', [ds({}, false), ds({})], 'secure'],
    ['by SHA-1 where there is nothing better', [ds(sha1)], 'secure'],
    ['by the better one, whatever SHA-1 says', [ds(sha1, false), ds({})], 'secure'],
    ['not by SHA-1 beside a better one that does not fit', [ds(sha1), ds({}, false)], 'bogus'],
    ['not by another digest', [ds({}, false)], 'bogus'],
    ['not under another key tag', [ds({ keyTag: genuine.keyTag ^ 1 })], 'bogus'],
    ['not under another algorithm', [ds({ algorithm: 8 })], 'bogus'],
    ['as unsigned under an algorithm that nobody knows', [ds({ algorithm: 200 })], 'insecure'],
    ['as unsigned by a digest that nobody knows', [ds({ digestType: 200 })], 'insecure'],
  ];
  for (const [why, records, security] of table)
    it(`${why}: ${security}`, () => {
      const world = smallWorld();
      world.change('nl', 'DS', (message) => ({ ...message, answer: signed('.', ...records) }));
      expect(world.validate('mx.nl', 'A').result.security).toBe(security);
    });

  const root = symbolicKey(nameOf('.'));
  const stranger = (name: string) => symbolicKey(nameOf(name), 'stranger');
  const anchors: readonly (readonly [
    string,
    readonly Parameters<typeof symbolicDs>[0][],
    string,
    string,
  ])[] = [
    ['by its key as anchor', [root], 'mx.nl', 'secure'],
    ['not by another key as anchor', [stranger('.')], 'mx.nl', 'indeterminate'],
    ['by one of two keys as anchors', [stranger('.'), root], 'mx.nl', 'secure'],
    ['by the nearest anchor', [stranger('.'), nl], 'mx.nl', 'secure'],
    ['by the nearest anchor, in whatever order', [nl, stranger('.')], 'mx.nl', 'secure'],
    [
      'not by an anchor above that is another’s, where the nearer is of another zone',
      [nl, stranger('.')],
      'mx.hashed',
      'indeterminate',
    ],
    ['as unsigned without an anchor above', [nl], 'mx.hashed', 'insecure'],
  ];
  for (const [why, given, name, security] of anchors)
    it(`${why}: ${security}`, () => {
      expect(smallWorld().validate(name, 'A', { anchors: given }).result.security).toBe(security);
    });
  it('not by a digest that a wildcard made, although its zone signed it', () => {
    const child = symbolicKey(nameOf('sub.nl'));
    const attempt = (isMade: boolean) => {
      const world = smallWorld();
      world.change('sub.nl', 'DS', (message) => {
        const record = symbolicDs(child);
        const made = { ...record, name: nameOf('*.nl') };
        const signature = symbolicSignature([isMade ? made : record], nl);
        return {
          ...message,
          rcode: 0,
          authority: [],
          answer: [record, { ...signature, name: record.name }],
        };
      });
      world.change('sub.nl', 'DNSKEY', (message) => ({
        ...{ ...message, rcode: 0, authority: [] },
        answer: [child, symbolicSignature([child], child)],
      }));
      world.change('sub.nl', 'A', (message) => {
        const records = [address('sub.nl')];
        const answer = [...records, symbolicSignature(records, child)];
        return { ...message, rcode: 0, authority: [], answer };
      });
      return world.validate('sub.nl', 'A').result.security;
    };
    expect(attempt(false)).toBe('secure');
    expect(attempt(true)).toBe('bogus');
  });
  it('by a key and a digest as anchors, of which either will do', () => {
    for (const given of [
      [root, symbolicDs(stranger('.'))],
      [stranger('.'), symbolicDs(root)],
    ])
      expect(smallWorld().validate('mx.nl', 'A', { anchors: given }).result.security).toBe(
        'secure',
      );
  });
});

describe('records of absence', () => {
  const spanOf = (records: readonly WireRecord[]) => records.find(({ type }) => type === 'NSEC')!;
  const withMore = (more: (span: WireRecord) => readonly WireRecord[]) => {
    const world = smallWorld();
    world.change('nope.nl', 'A', (message) => ({
      ...message,
      authority: [...message.authority, ...more(spanOf(message.authority))],
    }));
    return world.validate('nope.nl', 'A').result.security;
  };
  const elsewhere = (span: WireRecord): WireRecord => ({ ...span, name: nameOf('x.hashed') });

  test('of another zone do no harm, signed or not', () => {
    expect(withMore((span) => signed('hashed', elsewhere(span)))).toBe('secure');
    expect(withMore((span) => [elsewhere(span)])).toBe('secure');
  });
  test('may bear the signature of a stranger too', () => {
    expect(withMore((span) => [symbolicSignature([span], symbolicKey(nameOf('hashed')))])).toBe(
      'secure',
    );
  });
  test('have a bound', () => {
    const world = smallWorld();
    let count = 0;
    world.change('nope.nl', 'A', (message) => {
      count = message.authority.filter(({ type }) => type === 'NSEC').length;
      return message;
    });
    const at = (denialsPerMessage: number) =>
      world.validate('nope.nl', 'A', { limits: { ...workLimits, denialsPerMessage } }).result;
    expect(at(workLimits.denialsPerMessage).security).toBe('secure');
    expect(count).toBeGreaterThan(0);
    expect(at(count).security).toBe('secure');
    expect(at(count - 1)).toMatchObject({
      security: 'indeterminate',
      reason: 'dnssec.limit-reached',
    });
  });
  test('made from a wildcard say nothing about the name that they were given', () => {
    const world = smallWorld();
    world.change('q.wild.nl', 'TLSA', (message) => {
      const own = message.authority.filter(({ name }) => name === nameOf('*.wild.nl'));
      expect(own.map(({ type }) => type)).toContain('NSEC');
      const soa = message.authority.filter(({ name }) => name === nameOf('nl'));
      return {
        ...message,
        authority: [...soa, ...own.map((each) => ({ ...each, name: nameOf('q.wild.nl') }))],
      };
    });
    expect(world.validate('q.wild.nl', 'TLSA').result.security).toBe('bogus');
  });
});

describe('a chain of aliases is worth its worst link', () => {
  test.each([
    ['nl', 'mx.hashed', 'secure', 'secure'],
    ['nl', 'mx.loose', 'secure', 'insecure'],
    ['loose', 'mx.nl', 'insecure', 'insecure'],
    ['nl', 'forged.nl', 'secure', 'bogus'],
    ['loose', 'forged.nl', 'insecure', 'bogus'],
    ['nl', 'nope.hashed', 'secure', 'secure'],
    ['nl', 'nope.loose', 'secure', 'insecure'],
    ['loose', 'nope.nl', 'insecure', 'insecure'],
  ] as const)('from %s to %s: the alias %s, the whole %s', (from, to, first, whole) => {
    const world = smallWorld();
    world.change(`www.${from}`, 'A', (message) => {
      const record = alias(`www.${from}`, to);
      const answer = from === 'loose' ? [record] : signed(from, record);
      return { ...message, rcode: 0, answer, authority: [] };
    });
    world.change('forged.nl', 'A', (message) => ({
      ...{ ...message, rcode: 0, authority: [], answer: [address('forged.nl')] },
    }));
    const { result } = world.validate(`www.${from}`, 'A');
    expect(result.security).toBe(whole);
    if (result.answer.kind !== 'failed') expect(result.answer.aliases[0]?.security).toBe(first);
    else expect(whole).toBe('bogus');
  });

  test('and an answer of several sets its worst set', () => {
    const world = smallWorld();
    world.change('mx.nl', 'TYPE255', (message) => ({
      ...{ ...message, rcode: 0, authority: [] },
      answer: [...signed('nl', address('mx.nl')), alias('mx.nl', 'x.nl')],
    }));
    expect(world.validate('mx.nl', 'TYPE255').result.security).toBe('bogus');
  });
});
