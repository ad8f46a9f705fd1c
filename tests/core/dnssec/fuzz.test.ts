/**
 * Hostile octets through codec and validator: no exception, no hang, nothing secure that is not.
 * `FUZZ=1000000` runs a million; the seed stands in the title, so that a failure can be repeated.
 */
import { expect, test } from 'vitest';
import { decodeMessage, encodeQuery, type Message } from '../../../src/core/dns/message.ts';
import { encodeName, nameOf } from '../../../src/core/dns/name.ts';
import { concatOctets } from '../../../src/core/dns/octets.ts';
import type { WireRecord } from '../../../src/core/dns/record.ts';
import { typeNumberOf } from '../../../src/core/dns/type.ts';
import { validationPolicy } from '../../../src/core/dnssec/policy.ts';
import { openSession } from '../../../src/core/dnssec/session.ts';
import { validateLookup } from '../../../src/core/dnssec/validate.ts';
import { run } from '../../../src/world/run.ts';
import { SimulatedZones, withOctets } from '../../../src/world/simulated/zones.ts';
import {
  digestSymbolic,
  symbolicNowSeconds,
  verifySymbolic,
} from '../../../src/world/simulated/symbolic-signer.ts';

const total = Number(process.env['FUZZ'] ?? 5_000);
const seed = Number(process.env['FUZZ_SEED'] ?? 20261125);

let state = seed >>> 0;
const below = (bound: number): number => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * bound);
};

const uint16 = (value: number) => Uint8Array.of((value >> 8) & 255, value & 255);

const encodeRecord = (record: WireRecord): Uint8Array =>
  concatOctets([
    encodeName(record.name),
    uint16(typeNumberOf(record.type)),
    Uint8Array.of(0, 1, 0, 0, 14, 16),
    uint16(record.rdata.length),
    record.rdata,
  ]);

const encodeMessage = (message: Message): Uint8Array => {
  const { name, type } = message.questions[0]!;
  return concatOctets([
    Uint8Array.of(0, 0, 0x81, 0x80 | message.rcode, 0, 1),
    uint16(message.answer.length),
    uint16(message.authority.length),
    Uint8Array.of(0, 0),
    encodeName(name),
    uint16(typeNumberOf(type)),
    Uint8Array.of(0, 1),
    ...[...message.answer, ...message.authority].map(encodeRecord),
  ]);
};

const zones = new SimulatedZones(
  [
    {
      name: 'nl',
      signed: true,
      records: [
        { name: 'mx.nl', type: 'A', address: '192.0.2.1' },
        { name: 'www.nl', type: 'CNAME', target: 'mx.nl' },
        { name: '*.wild.nl', type: 'A', address: '192.0.2.3' },
      ],
    },
    { name: 'hashed', signed: true, denial: 'nsec3', records: [] },
  ],
  (data) => {
    const owned = { name: nameOf(data.name), ttlSeconds: 3600 };
    if (data.type === 'CNAME') return { ...owned, type: 'CNAME', target: nameOf(data.target) };
    return { ...owned, type: 'A', address: data.type === 'A' ? data.address : '' };
  },
);
// The octets of a symbolic address are not four: the codec would refuse them. TXT holds any.
const asText = (record: WireRecord): WireRecord =>
  record.type === 'A'
    ? withOctets({
        name: record.name,
        ttlSeconds: 3600,
        type: 'TXT',
        strings: [record.rdata],
      })
    : record;

const questions = ['mx.nl', 'www.nl', 'x.wild.nl', 'nope.nl', 'nope.hashed', 'hashed'].map(nameOf);
const genuine = questions.flatMap((name) =>
  (['A', 'DS', 'DNSKEY', 'TLSA'] as const).map((type) => {
    const message = zones.answer(name, type);
    return encodeMessage({ ...message, answer: message.answer.map(asText) });
  }),
);

const mutations: readonly ((octets: Uint8Array) => Uint8Array)[] = [
  // Bits turned.
  (octets) => {
    const out = octets.slice();
    for (let bits = 1 + below(8); bits > 0; bits--) out[below(out.length)]! ^= 1 << below(8);
    return out;
  },
  // Cut short.
  (octets) => octets.slice(0, below(octets.length)),
  // Huge counts.
  (octets) => {
    const out = octets.slice();
    out.set([255, 255], 4 + 2 * below(4));
    return out;
  },
  // A pointer anywhere, to anywhere: itself, forward, round in a circle.
  (octets) => {
    const out = octets.slice();
    const at = 12 + below(out.length - 13);
    out.set([0xc0 | below(64), below(256)], at);
    return out;
  },
  // Lengths that lie: any octet becomes large.
  (octets) => {
    const out = octets.slice();
    out[12 + below(out.length - 12)] = 200 + below(56);
    return out;
  },
  // A name of pointers to pointers.
  (octets) => {
    const bomb = Array.from({ length: 200 }, (_, at) => [1, 97, 0xc0, Math.max(12, at * 4 + 8)]);
    return concatOctets([octets.subarray(0, 12), Uint8Array.from(bomb.flat())]);
  },
  // Two messages spliced.
  (octets) => {
    const other = genuine[below(genuine.length)]!;
    return concatOctets([
      octets.subarray(0, below(octets.length)),
      other.subarray(below(other.length)),
    ]);
  },
  // Nothing but chance, behind a header that may fit.
  (octets) => {
    const noise = Uint8Array.from({ length: below(300) }, () => below(256));
    return concatOctets([octets.subarray(0, below(13)), noise]);
  },
];

test(`${total} mutated and random messages bring nothing down (seed ${seed})`, () => {
  let secure = 0;
  let decoded = 0;
  const before = process.memoryUsage().heapUsed;
  for (let round = 0; round < total; round++) {
    const octets = mutations[below(mutations.length)]!(genuine[below(genuine.length)]!);
    const message = decodeMessage(octets);
    if (!message.ok) continue;
    decoded++;
    const { value } = message;
    const name = questions[below(questions.length)]!;
    const session = openSession({ ...validationPolicy, anchors: [zones.anchor] });
    // The mutant stands where an answer was asked for, or somewhere in the chain of keys.
    const place = below(4);
    let asked = 0;
    const { result } = run(validateLookup(session, name, 'TLSA'), {
      answer(question) {
        switch (question.ask) {
          case 'message':
            return {
              answer: {
                kind: 'message',
                message: asked++ === place ? value : zones.answer(question.name, question.type),
              },
            };
          case 'verify':
            return { answer: verifySymbolic(question) };
          case 'digest':
            return { answer: digestSymbolic(question) };
          default:
            return { answer: symbolicNowSeconds };
        }
      },
    });
    // None of these names has TLSA records: data called secure would be invented.
    if (result.security === 'secure') {
      secure++;
      expect(result.answer.kind).not.toBe('found');
    }
    expect(result.work.messages).toBeLessThanOrEqual(validationPolicy.limits.messages);
  }
  expect(decoded).toBeGreaterThan(total / 20);
  expect(secure).toBeGreaterThan(0);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(500_000_000);
}, 3_600_000);

test('our own queries come back as they went', () => {
  for (const name of questions) {
    const query = decodeMessage(encodeQuery({ name, type: 'TLSA' }));
    expect(query.ok && query.value.questions).toEqual([{ name, type: 'TLSA', class: 1 }]);
  }
});
