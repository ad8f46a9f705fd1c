/** Whose word counts for a name, among signatures and spans of others that came along. */
import { expect, test } from 'vitest';
import { encodeName, nameOf } from '../../../src/core/dns/name.ts';
import { concatOctets, formatBase32Hex } from '../../../src/core/dns/octets.ts';
import type { WireRecord } from '../../../src/core/dns/record.ts';
import {
  digestSymbolic,
  symbolicDs,
  symbolicKey,
  symbolicSignature,
  wireRecord,
} from '../../../src/world/simulated/symbolic-signer.ts';
import { address, signed, smallWorld } from './small-world.ts';

const keyOf = (zone: string) => symbolicKey(nameOf(zone));
/** Signatures over the same records by keys of zones that these are no part of, or that are none. */
const strays = (records: readonly WireRecord[], ...zones: readonly string[]) =>
  zones.map((zone) => symbolicSignature(records, keyOf(zone)));

test.each([
  ['of names between', ['.', 'a.b.nl', 'b.nl']],
  ['of other zones', ['hashed', 'loose', 'x', 'y', 'z']],
])('signatures %s stand before the zone’s own and change nothing', (_, zones) => {
  const world = smallWorld();
  world.change('a.b.nl', 'A', (message) => {
    const records = [address('a.b.nl')];
    return {
      ...message,
      answer: [...records, ...strays(records, ...zones), ...signed('nl', ...records).slice(1)],
    };
  });
  expect(world.validate('a.b.nl', 'A').result.security).toBe('secure');
});

test('a stray signature makes an unsigned zone neither bogus nor secure', () => {
  for (const zone of ['.', 'loose', 'nl']) {
    const world = smallWorld();
    world.change('mx.loose', 'A', (message) => {
      const records = [address('mx.loose')];
      return {
        ...message,
        answer: [...records, ...strays([address('mx.loose', '192.0.2.9')], zone)],
      };
    });
    expect(world.validate('mx.loose', 'A').result.security).toBe('insecure');
  }
});

test('nor does a span that an unsigned zone signed', () => {
  const world = smallWorld();
  let span: WireRecord | undefined;
  world.change('nope.nl', 'A', (message) => {
    span = message.authority.find(({ type }) => type === 'NSEC');
    return message;
  });
  world.validate('nope.nl', 'A');
  world.change('nope.loose', 'A', (message) => ({
    ...message,
    authority: [...message.authority, ...signed('loose', { ...span!, name: nameOf('a.loose') })],
  }));
  expect(world.validate('nope.loose', 'A').result.security).toBe('insecure');
});

test('a span signed by what is no zone does not spoil the proof beside it', () => {
  const world = smallWorld();
  world.change('nope.nl', 'A', (message) => {
    const span = message.authority.find(({ type }) => type === 'NSEC')!;
    return { ...message, authority: [...message.authority, ...strays([span], 'nope.nl')] };
  });
  expect(world.validate('nope.nl', 'A').result.security).toBe('secure');
});

test('a wildcard whose spans have too many rounds is insecure, and not bogus', () => {
  expect(smallWorld().validate('x.wild.hashed', 'A', { maxIterations: -1 }).result).toMatchObject({
    ...{ security: 'insecure', reason: 'dnssec.iterations-too-high' },
  });
});

test('an opted-out span of the zone above does not void an anchor of ours', () => {
  // One NSEC3 of the root, from its own hash round to itself, that leaves out all that is unsigned.
  const hash = digestSymbolic({
    ...{ ask: 'digest', algorithm: 'sha-1', data: encodeName(nameOf('.')) },
  });
  const types = Uint8Array.of(0, 1, 0x22); // NS SOA
  const head = Uint8Array.of(1, 1, 0, 0, 0, hash.length);
  const span = wireRecord(
    nameOf(formatBase32Hex(hash)),
    'NSEC3',
    concatOctets([head, hash, types]),
  );
  const world = smallWorld();
  world.change('nope.nl', 'A', (message) => ({ ...message, authority: signed('.', span) }));
  const root = symbolicDs(keyOf('.'));
  const of = (...anchors: readonly (typeof root)[]) =>
    world.validate('nope.nl', 'A', { anchors }).result;
  expect(of(root)).toMatchObject({ security: 'insecure', reason: 'dnssec.opt-out' });
  expect(of(root, symbolicDs(keyOf('nl'))).security).toBe('bogus');
});

test('an answer to everything is judged by all that the name has, whatever stands first', () => {
  const own = signed('nl', address('mx.nl'));
  const text = wireRecord(nameOf('mx.nl'), 'TXT', Uint8Array.of(1, 65));
  const elsewhere = address('x.nl');
  for (const [answer, security] of [
    [[...own, elsewhere], 'secure'],
    [[elsewhere, ...own], 'secure'],
    [[...own, text], 'bogus'],
    [[text, ...own], 'bogus'],
    [[...own, ...signed('nl', text)], 'secure'],
  ] as const) {
    const world = smallWorld();
    world.change('mx.nl', 'TYPE255', (message) => ({
      ...message,
      rcode: 0,
      authority: [],
      answer,
    }));
    expect(world.validate('mx.nl', 'TYPE255').result.security).toBe(security);
  }
});

test('signatures are not signed themselves, so an answer of them proves nothing', () => {
  const world = smallWorld();
  const answer = signed('nl', address('mx.nl'));
  world.change('mx.nl', 'RRSIG', (message) => ({ ...message, rcode: 0, authority: [], answer }));
  const { result } = world.validate('mx.nl', 'RRSIG');
  expect(result.security).toBe('insecure');
  expect(result.answer).toMatchObject({ kind: 'found', records: [{ type: 'RRSIG' }] });
});
