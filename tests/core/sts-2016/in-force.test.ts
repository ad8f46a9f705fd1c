/** Which policy of the draft of March 2016 counts, for how long, and by which method a new one is proved. */
import { describe, expect, it } from 'vitest';
import { nameOf } from '../../../src/core/dns/name.ts';
import {
  fromMemory,
  remember,
  renewedPolicy,
  type InForce,
} from '../../../src/core/sts-2016/in-force.ts';
import type { Sts2016Policy } from '../../../src/core/sts-2016/record.ts';
import { byText, type Draft2016Switches } from '../../../src/core/sts-2016/switches.ts';
import { certificateOf, ran, served, type Answers } from '../../world.ts';

const domain = nameOf('example.nl');
const now = 1000;
const textWith = (authentication: string, lifetime = 60) =>
  `v=STS1; to=true; mx=mx.example.nl; a=${authentication}; c=webpki; e=${lifetime}; rua=mailto:r@example.nl`;

/** The record as the answer has it, and one web server of the domain that shows the same text. */
function around(text: string, security: 'secure' | 'insecure'): Answers {
  const shown = ({ host }: { readonly host: string }) =>
    served(text, { chain: [certificateOf({ dnsNames: [host] })] });
  return { TXT: security === 'secure' ? [text] : { unsigned: [text] }, 'fetch-policy': shown };
}

describe('a policy in memory', () => {
  const cached = (text: string) => ({
    text,
    expiresSeconds: now,
    fetchedSeconds: 0,
    authenticated: false,
  });
  it.each([
    ['counts in its last second', textWith('dnssec'), now, true],
    ['does not after it', textWith('dnssec'), now + 1, false],
    ['does not where it cannot be read', 'v=STS1; to=perhaps', now, false],
  ])('%s', (_, text, at, expected) => {
    const { result } = ran(fromMemory(cached(text), domain, at), {});
    expect(result !== undefined).toBe(expected);
    if (expected) expect(result).toMatchObject({ origin: 'cached', found: { text } });
  });
});

describe('a policy is kept', () => {
  const kept = (origin: InForce['origin'], policy: object) => {
    const inForce = {
      policy,
      found: { text: 't', security: 'secure' },
      ttlSeconds: 7,
      origin,
    } as InForce;
    return ran(remember(new Map(), domain, inForce, now), {}).result.get(domain);
  };
  it('for its lifetime and that of its record, and as proved only where it was', () => {
    const common = { text: 't', expiresSeconds: now + 60 + 7, fetchedSeconds: now };
    expect(kept('first', { lifetimeSeconds: 60 })).toEqual({ ...common, authenticated: false });
    expect(kept('renewed', { lifetimeSeconds: 60 })).toEqual({ ...common, authenticated: true });
    expect(kept('first', {})).toEqual({ ...common, expiresSeconds: now + 7, authenticated: false });
  });
});

describe('a new policy', () => {
  const renewed = (
    oldMethod: string | undefined,
    newMethod: string,
    uriOf: Draft2016Switches['uriOf'],
    security: 'secure' | 'insecure',
  ) => {
    const policy = {
      ...(oldMethod !== undefined && { authentication: oldMethod }),
    } as Sts2016Policy;
    const inForce: InForce = {
      ...{ policy, found: { text: 'the old one', security: 'insecure' } },
      ...{ ttlSeconds: 0, origin: 'cached' },
    };
    const world = around(textWith(newMethod), security);
    const { result, asked } = ran(renewedPolicy({ ...byText, uriOf }, domain, inForce, now), world);
    const fetched = asked.flatMap((each) =>
      each.ask === 'fetch-policy' ? [String(each.host)] : [],
    );
    return { isProved: result !== undefined, fetched };
  };
  const web = (name: string) => `webpki:https://${name}.example.nl/p`;
  const table: readonly (readonly [
    string,
    Parameters<typeof renewed>,
    ReturnType<typeof renewed>,
  ])[] = [
    [
      'by DNSSEC, and the answer is signed',
      ['dnssec', 'dnssec', 'cached', 'secure'],
      { isProved: true, fetched: [] },
    ],
    [
      'by DNSSEC, and it is not',
      ['dnssec', 'dnssec', 'cached', 'insecure'],
      { isProved: false, fetched: [] },
    ],
    [
      'by DNSSEC still, where the new one names the web',
      ['dnssec', web('new'), 'cached', 'insecure'],
      { isProved: false, fetched: [] },
    ],
    [
      'by DNSSEC still, whosever URI counts',
      ['dnssec', web('new'), 'new', 'insecure'],
      { isProved: false, fetched: [] },
    ],
    [
      'by DNSSEC, and the new one may name the web then',
      ['dnssec', web('new'), 'new', 'secure'],
      { isProved: true, fetched: [] },
    ],
    [
      'by the web, at the address of the old one',
      [web('old'), web('new'), 'cached', 'insecure'],
      { isProved: true, fetched: ['old.example.nl'] },
    ],
    [
      'by the web, at the address of the new one',
      [web('old'), web('new'), 'new', 'insecure'],
      { isProved: true, fetched: ['new.example.nl'] },
    ],
    [
      'by the web still, where the new one names DNSSEC',
      [web('old'), 'dnssec', 'new', 'secure'],
      { isProved: true, fetched: ['old.example.nl'] },
    ],
    [
      'by the web in capitals',
      ['WEBPKI:https://old.example.nl/p', web('new'), 'new', 'insecure'],
      { isProved: true, fetched: ['new.example.nl'] },
    ],
    [
      'by nothing, where the old one names no method',
      [undefined, web('new'), 'new', 'secure'],
      { isProved: false, fetched: [] },
    ],
  ];
  for (const [why, given, expected] of table)
    it(`is proved ${why}`, () => {
      expect(renewed(...given)).toEqual(expected);
    });

  it('is none where the answer has the old text or nothing', () => {
    const text = textWith('dnssec');
    const inForce = {
      ...{ policy: { authentication: 'dnssec' }, found: { text, security: 'secure' } },
      ...{ ttlSeconds: 0, origin: 'cached' },
    } as unknown as InForce;
    for (const record of [around(text, 'secure'), {}]) {
      const { result, passed } = ran(renewedPolicy(byText, domain, inForce, now), record);
      expect(result).toBeUndefined();
      expect(passed.at(-1)).toBe('sts-2016.no-new-policy');
    }
  });
});
