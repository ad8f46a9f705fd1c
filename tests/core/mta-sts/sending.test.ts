/**
 * The MTA-STS sender at its edges: the last second of a policy's age, the minutes after a failed
 * fetch, certificates that nearly do, and where real senders read otherwise. Whole deliveries stand
 * in the rule tables; here each procedure answers for itself.
 */
import { describe, expect, it } from 'vitest';
import { nameOf } from '../../../src/core/dns/name.ts';
import { refreshPolicy, stsDecision, discoverId } from '../../../src/core/mta-sts/decision.ts';
import { fetchPolicy } from '../../../src/core/mta-sts/fetch.ts';
import { isListedMx, stsCertificateProblem } from '../../../src/core/mta-sts/host.ts';
import type { CachedStsPolicy, FailedFetch, StsCache } from '../../../src/core/mta-sts/memory.ts';
import type { Certificate } from '../../../src/core/pkix/certificate.ts';
import type { DepartureId } from '../../../src/core/sender/departures.ts';
import type { Sender } from '../../../src/core/sender/sender.ts';
import type { Procedure } from '../../../src/core/trace.ts';
import { certificateOf, ran as ranIn, served, type Answers } from '../../world.ts';

const domain = nameOf('example.nl');
const host = nameOf('mx.example.nl');
const sender = (...departures: readonly DepartureId[]) =>
  ({
    protection: 'mta-sts',
    departures: new Set(departures),
    policyGraceSeconds: 60,
  }) as Partial<Sender> as Sender;

const body = 'version: STSv1\nmode: enforce\nmx: mx.example.nl\nmax_age: 100\n';
/** A policy host that serves that policy, but for what is changed. */
const serves = (change: Parameters<typeof served>[1] = {}): Answers => ({
  'fetch-policy': served(body, change),
});
const down: Answers = { 'fetch-policy': { kind: 'failed', why: 'no-connection' } };

/** As elsewhere, the rules without the name of the room, and in one line. */
function ran<Result>(procedure: Procedure<Result>, answers: Answers) {
  const { passed, ...rest } = ranIn(procedure, answers);
  return { ...rest, passed: passed.map((rule) => rule.replace('mta-sts.', '')).join(' ') };
}

const policy = { mode: 'enforce', maxAgeSeconds: 100, mx: ['mx.example.nl'] } as const;
/** Fetched at 0, with id `a`, for 100 seconds. */
const cachedAt = (checkedSeconds: number): CachedStsPolicy => ({
  ...{ policy, id: 'a', fetchedSeconds: 0, checkedSeconds },
});
const cacheOf = (entry?: { cached?: CachedStsPolicy; failed?: FailedFetch }): StsCache =>
  new Map(entry === undefined ? [] : [[domain, entry]]);

/** The record with id `a` and the policy host; with id `b`; with no record; with no policy host. */
const hidden = serves();
const a: Answers = { ...hidden, TXT: { unsigned: ['v=STSv1; id=a;'] } };
const b: Answers = { ...hidden, TXT: { unsigned: ['v=STSv1; id=b;'] } };
const anew = 'record-read policy-fetched policy-cached';
const unchanged = 'record-read policy-unchanged';
const expired = 'record-absent policy-expired no-policy';
const restarts = 'age-restarts-at-check';
const grace = 'policy-not-looked-at-again';
const atOnce = 'fetches-again-at-once';

describe('a cached policy', () => {
  const checked = { cached: cachedAt(50) };
  const failed = { failed: { id: 'a', atSeconds: 0 } };
  const both = { cached: { ...cachedAt(0), id: 'o' }, ...failed };
  const lookedAt = (seconds: number) => ({ cached: cachedAt(seconds) });
  const aDown = { ...a, ...down };
  const bDown = { ...b, ...down };
  const fetched = 'policy-fetched policy-cached';
  const stale = 'record-absent cached-policy-used';
  const notFetched = 'record-read policy-not-fetched cached-policy-used';
  const fetchedNone = 'record-read policy-not-fetched no-policy';
  const postponed = 'record-read fetch-postponed no-policy';
  const postponedStale = 'record-read fetch-postponed cached-policy-used';
  const restarted = `record-read ${restarts} policy-unchanged`;
  const restartedStale = `record-absent ${restarts} cached-policy-used`;
  const table: readonly (readonly [
    string,
    number,
    Answers,
    Parameters<typeof cacheOf>[0],
    readonly DepartureId[],
    string,
    boolean,
  ])[] = [
    ['holds in its last second', 100, a, checked, [], unchanged, true],
    ['ends after it', 101, a, checked, [], `record-read policy-expired ${fetched}`, true],
    ['holds then, its record hidden', 100, hidden, checked, [], stale, true],
    ['ends so too, however lately it was looked at', 101, hidden, checked, [], expired, false],
    ['gives way to one with another id', 60, b, checked, [], anew, true],
    ['stays where the new one cannot be fetched', 60, bDown, checked, [], notFetched, true],
    ['is none where nothing was fetched', 60, aDown, undefined, [], fetchedNone, false],
    ['is not fetched again within five minutes', 299, a, failed, [], postponed, false],
    ['is fetched again after them', 300, a, failed, [], anew, true],
    ['is fetched at once where the id is another', 1, b, failed, [], anew, true],
    ['of before stays meanwhile', 100, a, both, [], postponedStale, true],
    [
      'is fetched again by some',
      299,
      a,
      failed,
      [atOnce],
      `record-read ${atOnce} ${fetched}`,
      true,
    ],
    ['is no departure where it had not ended', 100, a, checked, [restarts], unchanged, true],
    ['counts from the last look for some', 150, a, checked, [restarts], restarted, true],
    [
      'counts so with its record hidden too',
      150,
      hidden,
      checked,
      [restarts],
      restartedStale,
      true,
    ],
    ['ends after that with its record hidden', 151, hidden, checked, [restarts], expired, false],
    ['comes back to life when its id is seen again', 151, a, checked, [restarts], restarted, true],
    ['is not looked at for a while by some', 100, b, lookedAt(40), [grace], grace, true],
    ['is looked at after that while', 100, a, lookedAt(39), [grace], unchanged, true],
    ['is looked at within it, its age over', 101, hidden, lookedAt(100), [grace], expired, false],
    ['is looked at at once by the others', 41, a, lookedAt(40), [], unchanged, true],
  ];
  for (const [why, now, around, entry, departures, passed, applies] of table)
    it(why, () => {
      const found = ran(stsDecision(sender(...departures), domain, cacheOf(entry), now), around);
      expect(found.passed).toBe(passed);
      expect(found.result.policy !== undefined).toBe(applies);
    });

  it('is remembered with the time of the fetch and of the last look', () => {
    const look = stsDecision(sender(), domain, cacheOf(checked), 70);
    expect(ran(look, a).result.cache.get(domain)).toEqual({ cached: cachedAt(70) });
    const fetch = stsDecision(sender(), domain, cacheOf(checked), 70);
    expect(ran(fetch, b).result.cache.get(domain)).toMatchObject({
      cached: { policy, id: 'b', fetchedSeconds: 70, checkedSeconds: 70 },
    });
  });

  it('is remembered beside a fetch that failed, with the reason', () => {
    const { result } = ran(stsDecision(sender(), domain, cacheOf(checked), 70), bDown);
    expect(result.cache.get(domain)).toEqual({ ...checked, failed: { id: 'b', atSeconds: 70 } });
    expect(result.problem).toBe('sts-policy-fetch-error');
    const first = ran(stsDecision(sender(), domain, cacheOf(), 70), bDown);
    expect(first.result.cache.get(domain)).toEqual({ failed: { id: 'b', atSeconds: 70 } });
  });

  it('stays in memory when hidden: the cache is handed on', () => {
    const cache = cacheOf(checked);
    expect(ran(stsDecision(sender(), domain, cache, 100), hidden).result.cache).toBe(cache);
    expect(ran(stsDecision(sender(), domain, cache, 101), hidden).result.cache).toBe(cache);
  });
});

describe('a fetch ahead of time', () => {
  const cache = cacheOf({ cached: cachedAt(0) });
  it('asks nothing where nothing is cached', () => {
    const empty = cacheOf();
    const { result, asked } = ran(refreshPolicy(sender(), domain, empty, 90), a);
    expect(result).toBe(empty);
    expect(asked).toEqual([]);
  });
  it('starts the age anew, with the id that the record has', () => {
    const { result, passed } = ran(refreshPolicy(sender(), domain, cache, 90), b);
    expect(passed).toBe(anew);
    const cached = { policy, id: 'b', fetchedSeconds: 90, checkedSeconds: 90 };
    expect(result.get(domain)).toMatchObject({ cached });
  });
  it('goes on with the id it knew where the record is hidden', () => {
    const { result } = ran(refreshPolicy(sender(), domain, cache, 90), hidden);
    const cached = { policy, id: 'a', fetchedSeconds: 90, checkedSeconds: 90 };
    expect(result.get(domain)).toMatchObject({ cached });
  });
  it('changes nothing where it fails', () => {
    const { result } = ran(refreshPolicy(sender(), domain, cache, 90), { ...b, ...down });
    expect(result).toBe(cache);
  });
});

describe('a policy host', () => {
  const named = (change: Partial<Certificate>) => serves({ chain: [certificateOf(change)] });
  const cn = { dnsNames: [], commonName: 'mta-sts.example.nl' };
  const unknown = { leadsToTrustedRoot: false };
  const byCn = 'common-name-for-policy-host';
  const table: readonly (readonly [string, Answers, readonly DepartureId[], string | undefined])[] =
    [
      ['with its name, by a known issuer, in time', hidden, [], undefined],
      ['by an issuer that nobody knows', serves(unknown), [], 'not-trusted'],
      ['out of date', named({ notAfterSeconds: 49 }), [], 'not-in-time'],
      ['not yet in date', named({ notBeforeSeconds: 51 }), [], 'not-in-time'],
      ['with another name', named({ dnsNames: ['example.nl'] }), [], 'other-name'],
      ['with its name as common name only', named(cn), [], 'other-name'],
      ['with that, out of date', named({ ...cn, notAfterSeconds: 49 }), [byCn], 'not-in-time'],
      [
        'with that, by an issuer that nobody knows',
        serves({ chain: [certificateOf(cn)], ...unknown }),
        [byCn],
        'not-trusted',
      ],
      ['with another common name', named({ ...cn, commonName: 'a.nl' }), [byCn], 'other-name'],
      ['with that beside another name', named({ ...cn, dnsNames: ['a.nl'] }), [byCn], 'other-name'],
    ];
  for (const [why, around, departures, fault] of table)
    it(`${why}: ${fault ?? 'is the one'}`, () => {
      const found = ran(fetchPolicy(sender(...departures), domain, 50), around);
      expect(found.passed).toBe(
        fault === undefined ? 'policy-fetched' : 'policy-host-not-authenticated',
      );
      if (fault === undefined) {
        const read = { ...policy, extensions: [] };
        expect(found.result).toEqual({ kind: 'policy', policy: read, body });
      } else {
        expect(found.evidence[0]?.['why']).toBe(fault);
        expect(found.result).toEqual({ kind: 'none', problem: 'sts-webpki-invalid' });
      }
    });

  it('is taken by its common name by some, who leave the standard there', () => {
    const { result, passed } = ran(fetchPolicy(sender(byCn), domain, 50), named(cn));
    expect(passed).toBe(`${byCn} policy-fetched`);
    expect(result.kind).toBe('policy');
  });

  it('that shows no certificate is none', () => {
    const { result } = ran(fetchPolicy(sender(), domain, 50), serves({ chain: [] }));
    expect(result).toEqual({ kind: 'none', problem: 'sts-webpki-invalid' });
  });
});

describe('a policy file read loosely', () => {
  const loosely = 'policy-read-loosely';
  const both = `${loosely} policy-fetched`;
  const text = 'text/plain; charset=utf-8';
  const more = (line: string) => ({ body: `${body}${line}\n` });
  const loose = { body: body.replace('100', '+100') };
  const lineEnd = { body: `${body}x: y\u2028mx: other.nl\n`, contentType: text };
  const invalid = 'sts-policy-invalid';
  const fetchError = 'sts-policy-fetch-error';
  const table: readonly (readonly [string, Parameters<typeof serves>[0], string, string])[] = [
    ['that both readings give the same', {}, 'policy-fetched', 'enforce 100 mx.example.nl'],
    ['of which the last mode counts', more('mode: testing'), both, 'testing 100 mx.example.nl'],
    ['of which the last age counts', more('max_age: 5'), both, 'enforce 5 mx.example.nl'],
    ['with a line end of one of them', lineEnd, both, 'enforce 100 mx.example.nl other.nl'],
    ['that only the loose one takes', loose, both, 'enforce 100 mx.example.nl'],
    ['that only the strict one takes', more('version: x'), loosely, invalid],
    ['that neither takes', { body: 'version: STSv1\n' }, 'policy-malformed', invalid],
    ['that was not found', { status: 404 }, 'policy-not-found', fetchError],
    ['that is no text', { contentType: 'text/html' }, 'policy-not-text', invalid],
    ['not found, and not whole', { status: 404, body: 'x' }, 'policy-not-found', fetchError],
    ['that is too large', more(`x: ${'a'.repeat(66_000)}`), 'policy-too-large', fetchError],
  ];
  for (const [why, change, passed, expected] of table)
    it(why, () => {
      const { result, ...found } = ran(fetchPolicy(sender(loosely), domain, 50), serves(change));
      expect(found.passed).toBe(passed);
      expect(
        result.kind === 'none'
          ? result.problem
          : [result.policy.mode, result.policy.maxAgeSeconds, ...result.policy.mx].join(' '),
      ).toBe(expected);
    });
});

describe('a record read loosely', () => {
  const loosely = 'record-read-loosely';
  const table: readonly (readonly [string, string, string, string | undefined])[] = [
    ['that both readings give the same', 'v=STSv1; id=a;', 'record-read', 'a'],
    ['of which the last id counts', 'v=STSv1; id=a; id=b;', `${loosely} record-read`, 'b'],
    ['that only the loose one takes', 'v=STSv1; id=a-b;', `${loosely} record-read`, 'a-b'],
    ['that only the strict one takes', 'v=STSv1; id=a; v=x;', loosely, undefined],
    ['that neither takes', 'v=spf1 -all', 'record-absent', undefined],
  ];
  for (const [why, record, passed, expected] of table)
    it(why, () => {
      const found = ran(discoverId(sender(loosely), domain), { TXT: { unsigned: [record] } });
      expect(found.passed).toBe(passed);
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
    ['that ends like a listed name', ['-a.mx.example.nl'], ['wildcard-any-depth'], 'mx-not-listed'],
    ['whose name some do not compare', ['x.nl'], ['mx-name-not-compared'], 'mx-name-not-compared'],
    ['not in an empty list', [], ['wildcard-any-depth'], 'mx-not-listed'],
  ];
  for (const [why, mx, departures, expected] of table)
    it(`${why}: ${expected}`, () => {
      const found = ran(isListedMx(sender(...departures), { ...policy, mx }, deep), {});
      expect(found.passed).toBe(expected);
      expect(found.result).toBe(expected !== 'mx-not-listed');
    });
});

describe('the certificate of a mail host', () => {
  const withPolicy = 'certificate-compared-with-policy';
  const names = (dnsNames: readonly string[], commonName?: string): Partial<Certificate> => ({
    dnsNames,
    ...(commonName !== undefined && { commonName }),
  });
  const own = names(['mx.example.nl']);
  const among = names(['x.nl', 'mx.example.nl']);
  const other = names(['x.nl']);
  const cn = names([], 'mx.example.nl');
  const foreign = names(['other.nl', 'x.nl']);
  const two = ['y.nl', 'other.nl'];
  const listed = ['other.nl', 'mx.example.nl'];
  const late = { ...own, notAfterSeconds: 49 };
  const byCn = 'common-name-for-mx';
  const valid = 'certificate-valid';
  const invalid = 'certificate-invalid';
  const instead = `${withPolicy} ${valid}`;
  const refused = `${withPolicy} ${invalid}`;
  const mismatch = 'certificate-host-mismatch';
  const table: readonly (readonly [
    string,
    Partial<Certificate> | undefined,
    readonly DepartureId[],
    string,
    string | undefined,
    (readonly string[])?,
  ])[] = [
    ['with its name', among, [], valid, undefined],
    ['none at all', undefined, [], invalid, 'certificate-not-trusted'],
    ['out of date', late, [], invalid, 'certificate-expired'],
    ['with another name', other, [], invalid, mismatch],
    ['with a common name only', cn, [], invalid, mismatch],
    ['with a common name only, for some', cn, [byCn], `${byCn} ${valid}`, undefined],
    ['with another common name, for those', names([], 'x.nl'), [byCn], invalid, mismatch],
    ['with its name, for those no departure', own, [byCn], valid, undefined],
    ['with its name, that of a policy too', among, [withPolicy], valid, undefined, listed],
    ['with one of the policy, not its own', foreign, [withPolicy], instead, undefined, two],
    ['with its name, which it has not', own, [withPolicy], refused, mismatch, ['other.nl']],
    ['with a common name of the policy', cn, [withPolicy, byCn], `${byCn} ${valid}`, undefined],
    ['with a name that neither has', other, [withPolicy], invalid, mismatch],
  ];
  for (const [why, change, departures, passed, problem, mx = policy.mx] of table)
    it(why, () => {
      const shown = {
        ...{ chain: change === undefined ? [] : [certificateOf(change)], leadsToTrustedRoot: true },
      };
      const given = [sender(...departures), { ...policy, mx }, host, shown, 50] as const;
      const found = ran(stsCertificateProblem(...given), {});
      expect(found.passed).toBe(passed);
      expect(found.result).toBe(problem);
    });

  it('by an issuer that nobody knows', () => {
    const chain = [certificateOf({ dnsNames: ['mx.example.nl'] })];
    const shown = { chain, leadsToTrustedRoot: false };
    const { result } = ran(stsCertificateProblem(sender(), policy, host, shown, 50), {});
    expect(result).toBe('certificate-not-trusted');
  });
});
