import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readCase } from '../../conformance/oracle/case.ts';
import { compareCase, seenOf } from '../../conformance/oracle/compare.ts';
import { scenarioOf } from '../../conformance/oracle/scenario.ts';
import { departures } from '../../src/core/sender/departures.ts';
import { simulate } from '../../src/world/simulated/simulate.ts';

interface Observed {
  readonly id: string;
  readonly sender: string;
  readonly world: Readonly<Record<string, unknown>>;
  readonly attacker: Readonly<Record<string, unknown>>;
  readonly observed: { readonly outcome: string };
}

const cases = JSON.parse(
  readFileSync(new URL('../oracle/cases.json', import.meta.url), 'utf8'),
) as readonly Observed[];

const find = (id: string): Observed => {
  const found = cases.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no case ${id}`);
  return found;
};

/** The case with one value changed, by a path such as `world.mx.0.cert.issuer`. */
function withValue(each: Observed, path: string, value: unknown): unknown {
  const copy = structuredClone(each) as unknown as Record<string, unknown>;
  const keys = path.split('.');
  let part = copy;
  for (const key of keys.slice(0, -1)) part = part[key] as Record<string, unknown>;
  part[keys.at(-1) ?? ''] = value;
  return copy;
}

describe('what real mail servers did', () => {
  it('is what the matching profile does', () => {
    const compared = cases.map((each) => compareCase(each, false));
    expect(compared).toHaveLength(962);
    expect(compared.filter(({ verdict }) => verdict !== 'agree')).toEqual([]);
  });

  it('differs from the strict reading only where the profile takes a departure', () => {
    const compared = cases.map((each) => compareCase(each, true));
    expect(compared.filter(({ verdict }) => verdict === 'disagree')).toEqual([]);
    const explained = compared.filter(({ verdict }) => verdict === 'explained');
    expect(explained.length).toBeGreaterThan(30);
    for (const { departures: taken } of explained) expect(taken.length).toBeGreaterThan(0);
  });

  it('is told on the page about the method in the same numbers', () => {
    const explained = cases.filter((each) => compareCase(each, true).verdict === 'explained');
    const article = (lang: string) =>
      readFileSync(new URL(`../../content/articles/${lang}/method.mdx`, import.meta.url), 'utf8');
    expect(article('nl')).toContain(`In ${explained.length} van de ${cases.length} proeven`);
    expect(article('en')).toContain(`In ${explained.length} of the ${cases.length} trials`);
    expect(Object.keys(departures), 'twintig punten, twenty points').toHaveLength(20);
  });

  it('began as the simulated past begins', () => {
    const warm = cases.filter(({ world }) => world['warmup'] !== undefined);
    expect(warm.length).toBeGreaterThan(20);
    for (const each of warm) {
      const read = readCase(each);
      const scenario = read.ok ? scenarioOf(read.value) : undefined;
      if (scenario?.ok !== true) throw new Error(each.id);
      const [first] = simulate(scenario.value).past;
      const told = (each.world['warmup'] as Readonly<Record<string, string>>)[each.sender];
      expect(first && seenOf(first).outcome, each.id).toBe(told);
    }
  });

  it('took only departures that are named', () => {
    const taken = new Set(cases.flatMap((each) => compareCase(each, false).departures));
    for (const id of taken) expect(departures).toHaveProperty(id);
    expect(taken.size).toBeGreaterThan(10);
  });
});

describe('the comparison', () => {
  it('sees another outcome, another host and another reader', () => {
    const each = find('d03/may');
    expect(compareCase(each, false).verdict).toBe('agree');
    for (const [path, value] of [
      ['observed.outcome', 'deferred'],
      ['observed.host', 'genuine'],
      ['observed.readByAttacker', false],
    ] as const)
      expect(compareCase(withValue(each, path, value), false)).toMatchObject({
        verdict: 'disagree',
        told: expect.stringMatching(/^expected .*; ours .*; at \w+\./) as string,
      });
  });

  it('explains nothing that no departure explains', () => {
    const each = find('d03/dane');
    expect(compareCase(each, true).verdict).toBe('agree');
    const other = withValue(each, 'observed.outcome', 'bounced');
    expect(compareCase(other, true).verdict).toBe('disagree');
  });

  it.each([
    ['greylisting', true],
    ['sender', 'sendmail'],
    ['sender', 'dane-grace60'],
    ['run', 'postfix, resolver made of cheese'],
    ['history', 'lukewarm'],
    ['attempt', 0],
    ['world.ipv6', true],
    ['world.mxHostZone', 'half-signed'],
    ['world.bogus', ['NAPTR-ish']],
    ['world.signOpts', ['-Z', '1']],
    ['world.extra', ['elsewhere: x A 192.0.2.1']],
    ['world.extra', ['zone: x NAPTR 1 2 3']],
    ['world.mx.0.greylist', 30],
    ['world.mx.0.host', 'mx.elsewhere.example'],
    ['world.mx.0.down', 'sometimes'],
    ['world.mx.0.cert.issuer', 'notary'],
    ['world.mx.0.cert.curve', 'P-256'],
    ['world.mx.0.tlsa', [[3, 1, 1, 'nearly']]],
    ['world.mx.0.tlsa', [[3, 1, 1]]],
    ['world.sts.https.status', 'fine'],
    ['world.sts.https.hsts', true],
    ['world.sts.cached', true],
    ['world.change', { mx: ['a.example'], spf: 'none' }],
    ['attacker.bgp', true],
    ['attacker.smtp', 'downgrade-tls'],
    ['attacker.https', 'rogue-all'],
    ['attacker.dns', [['x.lab', 'MX', 'delay']]],
    ['attacker.dns', [['x.lab', 'MX', 'tlsa-of-mitm']]],
    ['attacker.dns', [['x.lab', 'A', ['answer', ['203.0.113.9']]]]],
    ['attacker.dns', [['x.lab', 'NAPTR', ['answer', ['1 2']]]]],
    ['observed.host', 'nobody'],
  ])('reports %s %j as not modelled', (path, value) => {
    const compared = compareCase(withValue(find('f06/sts'), path, value), false);
    expect(compared.verdict).toBe('disagree');
    expect(compared.told).toMatch(/^not modelled: /);
    expect(compared.told).toContain(path.split('.').at(-1) === '0' ? 'mx' : '');
  });

  it('does not fall over what is no case at all', () => {
    for (const each of [null, 7, 'case', [], {}, { id: 'x/may' }])
      expect(compareCase(each, false).verdict).toBe('disagree');
  });
});

/** Fields that the cases kept here do not use, and what they must do by the standards. */
describe('a case may also have', () => {
  const outcome = (each: unknown) => {
    const read = readCase(each);
    if (!read.ok) throw new Error(read.notModelled.join());
    const scenario = scenarioOf(read.value);
    if (!scenario.ok) throw new Error(scenario.notModelled.join());
    return seenOf(simulate(scenario.value));
  };
  const dane = find('h01/dane');
  const sts = find('f02/sts');
  const warm = find('g18/sts');

  it.each([
    ['3 0 1', [[3, 0, 1, 'match']], 'delivered_tls_authenticated'],
    ['3 1 2', [[3, 1, 2, 'match']], 'delivered_tls_authenticated'],
    ['3 1 0', [[3, 1, 0, 'match']], 'delivered_tls_authenticated'],
    ['3 0 0', [[3, 0, 0, 'match']], 'delivered_tls_authenticated'],
    ['3 1 1 of another key', [[3, 1, 1, 'mismatch']], 'deferred'],
    [
      'one that fits beside one that does not',
      [
        [3, 1, 1, 'mismatch'],
        [3, 1, 1, 'match'],
      ],
      'delivered_tls_authenticated',
    ],
    [
      'a weak digest that fits beside a strong one that does not',
      [
        [3, 1, 2, 'mismatch'],
        [3, 1, 1, 'match'],
      ],
      'deferred',
    ],
    ['usage 0 only', [[0, 0, 1, 'match']], 'delivered_tls_unauthenticated'],
    ['an unknown selector only', [[3, 9, 1, 'match']], 'delivered_tls_unauthenticated'],
    ['an unknown matching type only', [[3, 1, 9, 'match']], 'delivered_tls_unauthenticated'],
    [
      'an unusable one beside one that does not fit',
      [
        [1, 1, 1, 'match'],
        [3, 1, 1, 'mismatch'],
      ],
      'deferred',
    ],
    ['a digest of the wrong length only', [[3, 1, 1, 'abcd']], 'delivered_tls_unauthenticated'],
  ])('TLSA records: %s', (_why, tlsa, expected) => {
    expect(outcome(withValue(dane, 'world.mx.0.tlsa', tlsa)).outcome).toBe(expected);
  });

  it.each([
    ['ta', [2, 0, 1, 'match'], 'delivered_tls_authenticated'],
    ['ta', [2, 1, 2, 'match'], 'delivered_tls_authenticated'],
    ['ta', [2, 0, 0, 'match'], 'delivered_tls_authenticated'],
    ['ta-nochain', [2, 0, 1, 'match'], 'deferred'],
    ['ta-nochain', [2, 1, 1, 'match'], 'deferred'],
    ['ta-nochain', [2, 0, 0, 'match'], 'delivered_tls_authenticated'],
    ['ta-nochain', [2, 1, 0, 'match'], 'delivered_tls_authenticated'],
    ['self', [2, 0, 1, 'match'], 'deferred'],
  ])('an anchor: certificate by %s, record %j', (issuer, tlsa, expected) => {
    const signed = withValue(dane, 'world.mx.0.cert.issuer', issuer) as Observed;
    expect(outcome(withValue(signed, 'world.mx.0.tlsa', [tlsa])).outcome).toBe(expected);
  });

  it('a forged TLSA record that fits the man in the middle, on the path to the resolver', () => {
    for (const smtp of ['mitm-self', 'mitm-ca-wrong', 'mitm-rogue-ca']) {
      const run = withValue(dane, 'run', 'postfix, path to its resolver attackable') as Observed;
      const stubdns = [['_25._tcp.mx1.h01.lab', 'TLSA', 'tlsa-of-mitm']];
      const attacked = withValue(run, 'attacker', { kind: 'stub', smtp, stubdns });
      expect(outcome(attacked)).toEqual({
        outcome: 'delivered_tls_authenticated',
        host: 'attacker',
        readByAttacker: true,
      });
    }
  });

  it('an attacker’s server at another address, if the description says what it shows', () => {
    const spoof = ['answer', ['127.66.0.7']];
    const attacked = withValue(sts, 'attacker', { kind: 'a', dns: [['mx1.f02.lab', 'A', spoof]] });
    expect(
      compareCase(withValue(attacked as Observed, 'description', 'A spoofed'), false).told,
    ).toMatch(/^not modelled/);
    for (const [description, expected] of [
      ['A spoofed to the attacker (self-signed)', 'deferred'],
      ['A spoofed to the attacker (trusted CA, wrong name)', 'deferred'],
      ['A spoofed to the attacker (rogue CA)', 'delivered_tls_authenticated'],
    ])
      expect(outcome(withValue(attacked as Observed, 'description', description)).outcome).toBe(
        expected,
      );
  });

  it('a policy host that is gone, after the policy was cached or before', () => {
    const change = { gone: true, txt: ['v=STSv1; id=2;'] };
    expect(outcome(withValue(warm, 'world.change', change)).outcome).toBe(
      'delivered_tls_authenticated',
    );
    expect(outcome(withValue(sts, 'attacker.https', 'refuse')).outcome).toBe(
      'delivered_tls_unauthenticated',
    );
    expect(outcome(withValue(sts, 'world.sts.https', null)).outcome).toBe(
      'delivered_tls_unauthenticated',
    );
  });

  it('a redirect and a missing media type, which end the fetch', () => {
    for (const [path, value] of [
      ['world.sts.https.status', 301],
      ['world.sts.https.status', 500],
      ['world.sts.https.ctype', null],
    ] as const)
      expect(outcome(withValue(sts, path, value)).outcome).toBe('delivered_tls_unauthenticated');
  });

  it('a subdomain of its own, to which the policy of the parent does not apply', () => {
    const extra = ['zone:sub.f02.lab. MX 10 mx1.f02.lab.'];
    const sub = withValue(
      withValue(sts, 'world.domain', 'sub.f02.lab') as Observed,
      'world.extra',
      extra,
    );
    expect(outcome(sub)).toEqual({
      outcome: 'delivered_tls_unauthenticated',
      host: 'attacker',
      readByAttacker: true,
    });
  });

  it('further records, wildcards and aliases of TLSA records among them', () => {
    const bare = withValue(dane, 'world.mx.0.tlsa', []) as Observed;
    const fits = '3 1 1 ' + '00'.repeat(32);
    for (const extra of [
      [`zone:_25._tcp.mx1 TLSA ${fits}`],
      [`zone:*._tcp.mx1 3600 IN TLSA ${fits}`],
      ['zone:_25._tcp.mx1 CNAME _dane', `zone:_dane.h01.lab. TLSA ${fits}`],
    ])
      expect(outcome(withValue(bare, 'world.extra', extra)).outcome, extra[0]).toBe('deferred');
  });

  it('signatures that are broken on proofs of absence or on keys', () => {
    const bare = withValue(dane, 'world.mx.0.tlsa', []) as Observed;
    expect(outcome(bare).outcome).toBe('delivered_tls_unauthenticated');
    for (const bogus of [['NSEC'], ['DNSKEY']])
      expect(outcome(withValue(bare, 'world.bogus', bogus)).outcome).toBe('deferred');
  });

  it('an attack on the zone’s keys, which never makes it an unsigned zone', () => {
    for (const [type, action] of [
      ['DS', 'nodata'],
      ['DNSKEY', 'drop'],
    ])
      expect(
        outcome(withValue(dane, 'attacker.dns', [['h01.lab', type, action]])).outcome,
        type,
      ).toBe('deferred');
  });
});
