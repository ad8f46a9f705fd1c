/** A root and zones below it, signed with symbols, whose answers a test may change on the way. */
import type { Ask, MessageAnswer } from '../../../src/core/ask.ts';
import type { Message } from '../../../src/core/dns/message.ts';
import { nameOf, type DomainName } from '../../../src/core/dns/name.ts';
import type { RrType, WireRecord } from '../../../src/core/dns/record.ts';
import { validationPolicy, type ValidationPolicy } from '../../../src/core/dnssec/policy.ts';
import { openSession } from '../../../src/core/dnssec/session.ts';
import { validateLookup, type ValidatedLookup } from '../../../src/core/dnssec/validate.ts';
import { run } from '../../../src/world/run.ts';
import type { Zone } from '../../../src/world/simulated/scenario.ts';
import { SimulatedZones, withOctets } from '../../../src/world/simulated/zones.ts';
import {
  digestSymbolic,
  symbolicKey,
  symbolicNowSeconds,
  symbolicSignature,
  verifySymbolic,
} from '../../../src/world/simulated/symbolic-signer.ts';

export type Change = (message: Message) => Message;

export interface SmallWorld {
  /** Replaces what comes back for one question. */
  readonly change: (name: string, type: RrType, change: Change) => void;
  readonly validate: (
    name: string,
    type: RrType,
    policy?: Partial<ValidationPolicy>,
    nowSeconds?: number,
    /** What somebody on the way does to every message. */
    onTheWay?: Change,
  ) => { readonly result: ValidatedLookup; readonly asked: readonly Ask['ask'][] };
}

const zone = (name: string, rest: Partial<Zone> = {}): Zone => ({
  name,
  signed: true,
  records: [
    { name, type: 'MX', preference: 10, exchange: `mx.${name}` },
    { name: `mx.${name}`, type: 'A', address: '192.0.2.1' },
    { name: `a.b.${name}`, type: 'A', address: '192.0.2.2' },
    { name: `*.wild.${name}`, type: 'A', address: '192.0.2.3' },
  ],
  ...rest,
});

export const address = (name: string, text = '192.0.2.66'): WireRecord =>
  withOctets({ name: nameOf(name), ttlSeconds: 3600, type: 'A', address: text });

export const alias = (name: string, target: string): WireRecord =>
  withOctets({ name: nameOf(name), ttlSeconds: 3600, type: 'CNAME', target: nameOf(target) });

/** The zone's own signature below records. */
export const signed = (zoneName: string, ...records: readonly WireRecord[]): WireRecord[] => [
  ...records,
  symbolicSignature(records, symbolicKey(nameOf(zoneName))),
];

/** `nl` and `hashed` (NSEC3) are signed, `loose` is not. */
export function smallWorld(): SmallWorld {
  const zones = new SimulatedZones(
    [zone('nl'), zone('hashed', { denial: 'nsec3' }), zone('loose', { signed: false })],
    (data) => {
      const { name, type } = data;
      const owned = { name: nameOf(name), ttlSeconds: 3600 };
      if (type === 'A') return { ...owned, type, address: data.address };
      if (type === 'MX') return { ...owned, type, preference: 10, exchange: nameOf(data.exchange) };
      throw new Error(`no ${type} here`);
    },
  );
  const changes = new Map<string, Change>();
  const key = (name: DomainName, type: RrType) => `${name}/${type}`;
  return {
    change: (name, type, change) => changes.set(key(nameOf(name), type), change),
    validate: (
      name,
      type,
      policy = {},
      nowSeconds = symbolicNowSeconds,
      onTheWay = (message) => message,
    ) => {
      const asked: Ask['ask'][] = [];
      const session = openSession({ ...validationPolicy, anchors: [zones.anchor], ...policy });
      const { result } = run(validateLookup(session, nameOf(name), type), {
        answer(question) {
          asked.push(question.ask);
          switch (question.ask) {
            case 'message': {
              const genuine = zones.answer(question.name, question.type);
              const change = changes.get(key(question.name, question.type));
              const message = onTheWay(change ? change(genuine) : genuine);
              return { answer: { kind: 'message', message } satisfies MessageAnswer };
            }
            case 'verify':
              return { answer: verifySymbolic(question) };
            case 'digest':
              return { answer: digestSymbolic(question) };
            default:
              return { answer: nowSeconds };
          }
        },
      });
      return { result, asked };
    },
  };
}
