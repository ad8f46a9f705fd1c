/**
 * The MTA-STS sender at its edges: the last second of a policy's age, the minutes after a failed
 * fetch, certificates that nearly do, and where real senders read otherwise. Whole deliveries stand
 * in the rule tables; here each procedure answers for itself.
 */
import { describe, expect, it } from 'vitest';
import type { Ask } from '../../../src/core/ask.ts';
import { nameOf } from '../../../src/core/dns/name.ts';
import { refreshPolicy, stsDecision } from '../../../src/core/mta-sts/decision.ts';
import { discoverId } from '../../../src/core/mta-sts/discovery.ts';
import { fetchPolicy } from '../../../src/core/mta-sts/fetch.ts';
import { isListedMx, stsCertificateProblem } from '../../../src/core/mta-sts/host.ts';
import type { CachedStsPolicy, FailedFetch, StsCache } from '../../../src/core/mta-sts/memory.ts';
import type { Certificate } from '../../../src/core/pkix/certificate.ts';
import type { DepartureId } from '../../../src/core/sender/departures.ts';
import type { Sender } from '../../../src/core/sender/sender.ts';
import type { Procedure } from '../../../src/core/trace.ts';
import { run } from '../../../src/world/run.ts';

const domain = nameOf('example.nl');
const host = nameOf('mx.example.nl');
const sender = (...departures: readonly DepartureId[]) =>
  ({
    protection: 'mta-sts',
    departures: new Set(departures),
    policyGraceSeconds: 60,
  }) as Partial<Sender> as Sender;

const policyHost: Certificate = {
  ...{ der: new Uint8Array(), spki: new Uint8Array(), subject: '01', issuer: '02' },
  ...{ dnsNames: ['mta-sts.example.nl'], isCa: false, mayServeTls: true },
  ...{ notBeforeSeconds: 0, notAfterSeconds: 1000 },
};
const body = 'version: STSv1\nmode: enforce\nmx: mx.example.nl\nmax_age: 100\n';

interface Around {
  /** The record's text; undefined: there is none. */
  readonly record?: string | undefined;
  /** `down`: no connection. */
  readonly policy?: 'down' | undefined;
  readonly body?: string;
  readonly status?: number;
  readonly contentType?: string;
  readonly chain?: readonly Certificate[];
  readonly leadsToTrustedRoot?: boolean;
}

/** Runs one procedure; tells the rules passed (departures by their own id) and how often it asked. */
function ran<Result>(procedure: Procedure<Result>, around: Around) {
  const answer = (question: Ask): unknown => {
    if (question.ask === 'lookup')
      return around.record === undefined
        ? { kind: 'absent', denial: 'nxdomain', security: 'insecure', aliases: [] }
        : {
            ...{ kind: 'found', security: 'insecure', aliases: [] },
            records: [
              {
                ...{ type: 'TXT', name: question.name, ttlSeconds: 60 },
                strings: [Uint8Array.from(Buffer.from(around.record, 'latin1'))],
              },
            ],
          };
    if (around.policy === 'down') return { kind: 'failed', why: 'no-connection' };
    return {
      ...{ kind: 'response', status: 200, contentType: 'text/plain', body },
      ...{ chain: [policyHost], leadsToTrustedRoot: true },
      ...around,
    };
  };
  const { events, result } = run(procedure, {
    answer: (question) => ({ answer: answer(question) }),
  });
  const passed = events.flatMap((event) => {
    if (event.kind === 'asked') return [];
    const departure = event.evidence?.['departure'];
    return [typeof departure === 'string' ? departure : event.rule.replace('mta-sts.', '')];
  });
  const evidence = events.flatMap((event) => (event.kind === 'step' ? [event.evidence] : []));
  const asked = events.flatMap((event) => (event.kind === 'asked' ? [event.ask.ask] : []));
  return { result, passed, evidence, asked };
}

const policy = { mode: 'enforce', maxAgeSeconds: 100, mx: ['mx.example.nl'] } as const;
/** Fetched at 0, with id `a`, for 100 seconds. */
const cachedAt = (checkedSeconds: number): CachedStsPolicy => ({
  ...{ policy, id: 'a', fetchedSeconds: 0, checkedSeconds },
});
const cacheOf = (entry?: { cached?: CachedStsPolicy; failed?: FailedFetch }): StsCache =>
  new Map(entry === undefined ? [] : [[domain, entry]]);

const a = 'v=STSv1; id=a;';
const b = 'v=STSv1; id=b;';
const anew = ['record-read', 'policy-fetched', 'policy-cached'];
const restarts = 'age-restarts-at-check';
const grace = 'policy-not-looked-at-again';

describe('a cached policy', () => {
  const checked = { cached: cachedAt(50) };
  const failed = { failed: { id: 'a', atSeconds: 0 } };
  const both = { cached: { ...cachedAt(0), id: 'o' }, ...failed };
  const table: readonly (readonly [
    string,
    number,
    Around,
    Parameters<typeof cacheOf>[0],
    readonly DepartureId[],
    readonly string[],
    boolean,
  ])[] = [
    [
      'holds in its last second',
      100,
      { record: a },
      checked,
      [],
      ['record-read', 'policy-unchanged'],
      true,
    ],
    [
      'ends after it',
      101,
      { record: a },
      checked,
      [],
      ['record-read', 'policy-expired', 'policy-fetched', 'policy-cached'],
      true,
    ],
    [
      'holds in its last second, its record hidden',
      100,
      {},
      checked,
      [],
      ['record-absent', 'cached-policy-used'],
      true,
    ],
    [
      'ends after it, its record hidden, however lately it was looked at',
      101,
      {},
      checked,
      [],
      ['record-absent', 'policy-expired', 'no-policy'],
      false,
    ],
    ['gives way to one with another id', 60, { record: b }, checked, [], anew, true],
    [
      'stays where the new one cannot be fetched',
      60,
      { record: b, policy: 'down' },
      checked,
      [],
      ['record-read', 'policy-not-fetched', 'cached-policy-used'],
      true,
    ],
    [
      'is none where nothing was fetched',
      60,
      { record: a, policy: 'down' },
      undefined,
      [],
      ['record-read', 'policy-not-fetched', 'no-policy'],
      false,
    ],
    [
      'is not fetched again within five minutes',
      299,
      { record: a },
      failed,
      [],
      ['record-read', 'fetch-postponed', 'no-policy'],
      false,
    ],
    ['is fetched again after them', 300, { record: a }, failed, [], anew, true],
    ['is fetched at once where the id is another', 1, { record: b }, failed, [], anew, true],
    [
      'of before stays meanwhile',
      100,
      { record: a },
      both,
      [],
      ['record-read', 'fetch-postponed', 'cached-policy-used'],
      true,
    ],
    [
      'is fetched again at once by some',
      299,
      { record: a },
      failed,
      ['fetches-again-at-once'],
      ['record-read', 'fetches-again-at-once', 'policy-fetched', 'policy-cached'],
      true,
    ],
    [
      'is no departure where it had not ended',
      100,
      { record: a },
      checked,
      [restarts],
      ['record-read', 'policy-unchanged'],
      true,
    ],
    [
      'counts from the last look for some',
      150,
      { record: a },
      checked,
      [restarts],
      ['record-read', restarts, 'policy-unchanged'],
      true,
    ],
    [
      'counts so with its record hidden too',
      150,
      {},
      checked,
      [restarts],
      ['record-absent', restarts, 'cached-policy-used'],
      true,
    ],
    [
      'ends after that with its record hidden',
      151,
      {},
      checked,
      [restarts],
      ['record-absent', 'policy-expired', 'no-policy'],
      false,
    ],
    [
      'comes back to life for them when its id is seen again',
      151,
      { record: a },
      checked,
      [restarts],
      ['record-read', restarts, 'policy-unchanged'],
      true,
    ],
    [
      'is not looked at for a while by some',
      100,
      { record: b },
      { cached: cachedAt(40) },
      [grace],
      [grace],
      true,
    ],
    [
      'is looked at after that while',
      100,
      { record: a },
      { cached: cachedAt(39) },
      [grace],
      ['record-read', 'policy-unchanged'],
      true,
    ],
    [
      'is looked at within it where its age is over',
      101,
      {},
      { cached: cachedAt(100) },
      [grace],
      ['record-absent', 'policy-expired', 'no-policy'],
      false,
    ],
    [
      'is looked at at once by the others',
      41,
      { record: a },
      { cached: cachedAt(40) },
      [],
      ['record-read', 'policy-unchanged'],
      true,
    ],
  ];
  for (const [why, now, around, entry, departures, passed, applies] of table)
    it(why, () => {
      const found = ran(stsDecision(sender(...departures), domain, cacheOf(entry), now), around);
      expect(found.passed).toEqual(passed);
      expect(found.result.policy !== undefined).toBe(applies);
    });

  it('is remembered with the time of the fetch and of the last look', () => {
    const look = stsDecision(sender(), domain, cacheOf(checked), 70);
    expect(ran(look, { record: a }).result.cache.get(domain)).toEqual({ cached: cachedAt(70) });
    const fetch = stsDecision(sender(), domain, cacheOf(checked), 70);
    expect(ran(fetch, { record: b }).result.cache.get(domain)).toMatchObject({
      cached: { policy, id: 'b', fetchedSeconds: 70, checkedSeconds: 70 },
    });
  });

  it('is remembered beside a fetch that failed, with the reason', () => {
    const { result } = ran(stsDecision(sender(), domain, cacheOf(checked), 70), {
      ...{ record: b, policy: 'down' },
    });
    expect(result.cache.get(domain)).toEqual({ ...checked, failed: { id: 'b', atSeconds: 70 } });
    expect(result.problem).toBe('sts-policy-fetch-error');
    const first = ran(stsDecision(sender(), domain, cacheOf(), 70), { record: b, policy: 'down' });
    expect(first.result.cache.get(domain)).toEqual({ failed: { id: 'b', atSeconds: 70 } });
  });

  it('stays in memory when hidden: the cache is handed on', () => {
    const cache = cacheOf(checked);
    expect(ran(stsDecision(sender(), domain, cache, 100), {}).result.cache).toBe(cache);
    expect(ran(stsDecision(sender(), domain, cache, 101), {}).result.cache).toBe(cache);
  });
});

describe('a fetch ahead of time', () => {
  const cache = cacheOf({ cached: cachedAt(0) });
  it('asks nothing where nothing is cached', () => {
    const empty = cacheOf();
    const { result, asked } = ran(refreshPolicy(sender(), domain, empty, 90), { record: a });
    expect(result).toBe(empty);
    expect(asked).toEqual([]);
  });
  it('starts the age anew, with the id that the record has', () => {
    const { result, passed } = ran(refreshPolicy(sender(), domain, cache, 90), { record: b });
    expect(passed).toEqual(anew);
    const cached = { policy, id: 'b', fetchedSeconds: 90, checkedSeconds: 90 };
    expect(result.get(domain)).toMatchObject({ cached });
  });
  it('goes on with the id it knew where the record is hidden', () => {
    const { result } = ran(refreshPolicy(sender(), domain, cache, 90), {});
    const cached = { policy, id: 'a', fetchedSeconds: 90, checkedSeconds: 90 };
    expect(result.get(domain)).toMatchObject({ cached });
  });
  it('changes nothing where it fails', () => {
    const around = { record: b, policy: 'down' } as const;
    expect(ran(refreshPolicy(sender(), domain, cache, 90), around).result).toBe(cache);
  });
});

describe('a policy host', () => {
  const named = (change: Partial<Certificate>): Around => ({
    chain: [{ ...policyHost, ...change }],
  });
  const commonName = { dnsNames: [], commonName: 'mta-sts.example.nl' };
  const byCommonName = 'common-name-for-policy-host';
  const table: readonly (readonly [string, Around, readonly DepartureId[], string | undefined])[] =
    [
      ['with its name, by a known issuer, in time', {}, [], undefined],
      ['by an issuer that nobody knows', { leadsToTrustedRoot: false }, [], 'not-trusted'],
      ['out of date', named({ notAfterSeconds: 49 }), [], 'not-in-time'],
      ['not yet in date', named({ notBeforeSeconds: 51 }), [], 'not-in-time'],
      ['with another name', named({ dnsNames: ['example.nl'] }), [], 'other-name'],
      ['with its name as common name only', named(commonName), [], 'other-name'],
      [
        'with that, out of date',
        { ...named({ ...commonName, notAfterSeconds: 49 }) },
        [byCommonName],
        'not-in-time',
      ],
      [
        'with that, by an issuer that nobody knows',
        { ...named(commonName), leadsToTrustedRoot: false },
        [byCommonName],
        'not-trusted',
      ],
      [
        'with another common name',
        named({ dnsNames: [], commonName: 'example.nl' }),
        [byCommonName],
        'other-name',
      ],
      [
        'with its name as common name beside another',
        named({ ...commonName, dnsNames: ['example.nl'] }),
        [byCommonName],
        'other-name',
      ],
    ];
  for (const [why, around, departures, fault] of table)
    it(`${why}: ${fault ?? 'is the one'}`, () => {
      const found = ran(fetchPolicy(sender(...departures), domain, 50), around);
      expect(found.passed).toEqual([
        fault === undefined ? 'policy-fetched' : 'policy-host-not-authenticated',
      ]);
      if (fault === undefined)
        expect(found.result).toEqual({
          kind: 'policy',
          policy: { ...policy, extensions: [] },
          body,
        });
      else {
        expect(found.evidence[0]?.['why']).toBe(fault);
        expect(found.result).toEqual({ kind: 'none', problem: 'sts-webpki-invalid' });
      }
    });

  it('is taken by its common name by some, who leave the standard there', () => {
    const { result, passed } = ran(
      fetchPolicy(sender(byCommonName), domain, 50),
      named(commonName),
    );
    expect(passed).toEqual([byCommonName, 'policy-fetched']);
    expect(result.kind).toBe('policy');
  });

  it('that shows no certificate is none', () => {
    const { result } = ran(fetchPolicy(sender(), domain, 50), { chain: [] });
    expect(result).toEqual({ kind: 'none', problem: 'sts-webpki-invalid' });
  });
});

describe('a policy file read loosely', () => {
  const loosely = 'policy-read-loosely';
  const table: readonly (readonly [string, Around, readonly string[], string])[] = [
    ['that both readings give the same', {}, ['policy-fetched'], 'enforce 100 mx.example.nl'],
    [
      'of which the last mode counts',
      { body: `${body}mode: testing\n` },
      [loosely, 'policy-fetched'],
      'testing 100 mx.example.nl',
    ],
    [
      'of which the last age counts',
      { body: `${body}max_age: 5\n` },
      [loosely, 'policy-fetched'],
      'enforce 5 mx.example.nl',
    ],
    [
      'with a line end that only one of them knows',
      { body: `${body}x: y\u2028mx: other.nl\n`, contentType: 'text/plain; charset=utf-8' },
      [loosely, 'policy-fetched'],
      'enforce 100 mx.example.nl other.nl',
    ],
    [
      'that only the loose one takes',
      { body: body.replace('100', '+100') },
      [loosely, 'policy-fetched'],
      'enforce 100 mx.example.nl',
    ],
    [
      'that only the strict one takes',
      { body: `${body}version: x\n` },
      [loosely],
      'sts-policy-invalid',
    ],
    [
      'that neither takes',
      { body: 'version: STSv1\n' },
      ['policy-malformed'],
      'sts-policy-invalid',
    ],
    ['that was not found', { status: 404 }, ['policy-not-found'], 'sts-policy-fetch-error'],
    ['that is no text', { contentType: 'text/html' }, ['policy-not-text'], 'sts-policy-invalid'],
    [
      'that was not found and is not whole',
      { status: 404, body: 'x' },
      ['policy-not-found'],
      'sts-policy-fetch-error',
    ],
    [
      'that is too large',
      { body: body + `x: ${'a'.repeat(66_000)}\n` },
      ['policy-too-large'],
      'sts-policy-fetch-error',
    ],
  ];
  for (const [why, around, passed, expected] of table)
    it(why, () => {
      const { result, ...found } = ran(fetchPolicy(sender(loosely), domain, 50), around);
      expect(found.passed).toEqual(passed);
      expect(
        result.kind === 'none'
          ? result.problem
          : [result.policy.mode, result.policy.maxAgeSeconds, ...result.policy.mx].join(' '),
      ).toBe(expected);
    });
});

describe('a record read loosely', () => {
  const loosely = 'record-read-loosely';
  const table: readonly (readonly [string, string, readonly string[], string | undefined])[] = [
    ['that both readings give the same', a, ['record-read'], 'a'],
    ['of which the last id counts', 'v=STSv1; id=a; id=b;', [loosely, 'record-read'], 'b'],
    ['that only the loose one takes', 'v=STSv1; id=a-b;', [loosely, 'record-read'], 'a-b'],
    ['that only the strict one takes', 'v=STSv1; id=a; v=x;', [loosely], undefined],
    ['that neither takes', 'v=spf1 -all', ['record-absent'], undefined],
  ];
  for (const [why, record, passed, expected] of table)
    it(why, () => {
      const found = ran(discoverId(sender(loosely), domain), { record });
      expect(found.passed).toEqual(passed);
      expect(found.result).toBe(expected);
    });
});

describe('a mail host', () => {
  const deep = nameOf('a.mx.example.nl');
  const table: readonly (readonly [string, readonly string[], readonly DepartureId[], string])[] = [
    ['below a wildcard', ['x.nl', '*.mx.example.nl'], ['wildcard-any-depth'], 'mx-listed'],
    ['too deep below a wildcard', ['x.nl', '*.example.nl'], [], 'mx-not-listed'],
    ['too deep, for some', ['x.nl', '*.example.nl'], ['wildcard-any-depth'], 'wildcard-any-depth'],
    ['below no wildcard', ['x.nl', '*.other.nl'], ['wildcard-any-depth'], 'mx-not-listed'],
    [
      'that ends like a name in the list',
      ['-a.mx.example.nl'],
      ['wildcard-any-depth'],
      'mx-not-listed',
    ],
    ['whose name some do not compare', ['x.nl'], ['mx-name-not-compared'], 'mx-name-not-compared'],
    ['not in an empty list', [], ['wildcard-any-depth'], 'mx-not-listed'],
  ];
  for (const [why, mx, departures, expected] of table)
    it(`${why}: ${expected}`, () => {
      const found = ran(isListedMx(sender(...departures), { ...policy, mx }, deep), {});
      expect(found.passed).toEqual([expected]);
      expect(found.result).toBe(expected !== 'mx-not-listed');
    });
});

describe('the certificate of a mail host', () => {
  const withPolicy = 'certificate-compared-with-policy';
  const names = (dnsNames: readonly string[], commonName?: string): Partial<Certificate> => ({
    dnsNames,
    ...(commonName !== undefined && { commonName }),
  });
  const cn = names([], 'mx.example.nl');
  const table: readonly (readonly [
    string,
    Partial<Certificate> | undefined,
    readonly DepartureId[],
    readonly string[],
    string | undefined,
    (readonly string[])?,
  ])[] = [
    ['with its name', names(['x.nl', 'mx.example.nl']), [], ['certificate-valid'], undefined],
    ['none at all', undefined, [], ['certificate-invalid'], 'certificate-not-trusted'],
    [
      'out of date',
      { ...names(['mx.example.nl']), notAfterSeconds: 49 },
      [],
      ['certificate-invalid'],
      'certificate-expired',
    ],
    [
      'with another name',
      names(['x.nl']),
      [],
      ['certificate-invalid'],
      'certificate-host-mismatch',
    ],
    ['with a common name only', cn, [], ['certificate-invalid'], 'certificate-host-mismatch'],
    [
      'with a common name only, for some',
      cn,
      ['common-name-for-mx'],
      ['common-name-for-mx', 'certificate-valid'],
      undefined,
    ],
    [
      'with another common name, for those',
      names([], 'x.nl'),
      ['common-name-for-mx'],
      ['certificate-invalid'],
      'certificate-host-mismatch',
    ],
    [
      'with its name, for those no departure',
      names(['mx.example.nl']),
      ['common-name-for-mx'],
      ['certificate-valid'],
      undefined,
    ],
    [
      'with its name, compared with the policy',
      names(['x.nl', 'mx.example.nl']),
      [withPolicy],
      ['certificate-valid'],
      undefined,
      ['other.nl', 'mx.example.nl'],
    ],
    [
      'with a name of the policy and not its own',
      names(['other.nl', 'x.nl']),
      [withPolicy],
      [withPolicy, 'certificate-valid'],
      undefined,
      ['y.nl', 'other.nl'],
    ],
    [
      'with its name, which the policy has not',
      names(['mx.example.nl']),
      [withPolicy],
      [withPolicy, 'certificate-invalid'],
      'certificate-host-mismatch',
      ['other.nl'],
    ],
    [
      'with a common name of the policy',
      cn,
      [withPolicy, 'common-name-for-mx'],
      ['common-name-for-mx', 'certificate-valid'],
      undefined,
    ],
    [
      'with a name that neither has',
      names(['x.nl']),
      [withPolicy],
      ['certificate-invalid'],
      'certificate-host-mismatch',
    ],
  ];
  for (const [why, change, departures, passed, problem, mx = policy.mx] of table)
    it(why, () => {
      const chain = change === undefined ? [] : [{ ...policyHost, ...change }];
      const shown = { chain, leadsToTrustedRoot: true };
      const compared = stsCertificateProblem(
        sender(...departures),
        { ...policy, mx },
        host,
        shown,
        50,
      );
      const found = ran(compared, {});
      expect(found.passed).toEqual(passed);
      expect(found.result).toBe(problem);
    });

  it('by an issuer that nobody knows', () => {
    const chain = [{ ...policyHost, dnsNames: ['mx.example.nl'] }];
    const shown = { chain, leadsToTrustedRoot: false };
    const { result } = ran(stsCertificateProblem(sender(), policy, host, shown, 50), {});
    expect(result).toBe('certificate-not-trusted');
  });
});
