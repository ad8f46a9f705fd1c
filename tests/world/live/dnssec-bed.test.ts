/** The validator over DNS-over-HTTPS against zones that BIND signed, held to what unbound says. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inspect } from '../../../src/core/check/inspect.ts';
import { rowOf } from '../../../src/core/check/list-row.ts';
import { nameOf } from '../../../src/core/dns/name.ts';
import type { RrType } from '../../../src/core/dns/type.ts';
import type { TrustAnchor } from '../../../src/core/dnssec/policy.ts';
import type { ValidatedLookup } from '../../../src/core/dnssec/validate.ts';
import { parseAnchors } from '../../../src/world/live/anchor.ts';
import { openLive } from '../../../src/world/live/live.ts';
import { runLive } from '../../../src/world/run.ts';
import { clauseFor, compareGenerated } from '../../testbed/generated.ts';
import { bedNames } from '../../testbed/names.table.ts';
import { askUnbound } from '../../testbed/oracle.ts';
import { startTestbed, type Testbed } from '../../testbed/testbed.ts';

const lookUp = async (
  address: string,
  anchors: readonly TrustAnchor[],
  name: string,
  type: string,
): Promise<ValidatedLookup> => {
  const live = openLive({ address, anchors, retries: 0 });
  const asked = { ask: 'proved-lookup', name: nameOf(name), type: type as RrType } as const;
  return (await live.answer(asked)).answer as ValidatedLookup;
};

describe('the test bed', () => {
  let bed: Testbed;
  let anchors: readonly TrustAnchor[];
  beforeAll(async () => {
    bed = await startTestbed();
    const parsed = parseAnchors(bed.anchors.join('\n'));
    if (!parsed.ok) throw new Error('the test bed gave no anchors');
    anchors = parsed.value;
  }, 180_000);
  afterAll(() => bed.stop());

  test.each(bedNames)('%s %s is what unbound says it is', async (name, type) => {
    const ours = await lookUp(bed.doh, anchors, name, type);
    const theirs = await askUnbound(bed.resolverPort, nameOf(name), type as RrType);
    // A loop is no data at all from this resolver: it answers SERVFAIL, whatever we ask it to skip.
    if (name === 'loop1.cname.test') expect(ours.answer.kind).toBe('failed');
    else expect(ours.security).toBe(theirs.status);
    // Copies change nothing, in whatever case they stand, and a TTL from the way counts only downwards.
    const ttls = ({ answer }: ValidatedLookup) =>
      answer.kind === 'found' ? answer.records.map(({ ttlSeconds }) => ttlSeconds) : [];
    for (const lie of ['double', 'double-case', 'ttl-most', 'ttl-top']) {
      const told = await lookUp(bed.bad({ 'x-lie': lie }), anchors, name, type);
      expect([lie, told.security, told.reason, told.answer.kind]).toEqual([
        ...[lie, ours.security, ours.reason, ours.answer.kind],
      ]);
      expect(ttls(told)).toHaveLength(ttls(ours).length);
      if (told.security === 'secure') expect(Math.max(0, ...ttls(told))).toBeLessThanOrEqual(3600);
      if (lie === 'ttl-top') expect(Math.max(0, ...ttls(told))).toBe(0);
    }
  });

  test('keys beyond our limit that share a tag are not called wrong, and nothing is called unsigned', async () => {
    const ours = await lookUp(bed.doh, anchors, 'tags6.test', 'MX');
    const theirs = await askUnbound(bed.resolverPort, nameOf('tags6.test'), 'MX');
    expect(theirs.status).toBe('secure');
    // Which of them comes first is up to the server.
    if (ours.security !== 'secure')
      expect(ours).toMatchObject({ security: 'indeterminate', reason: 'dnssec.limit-reached' });
    expect(ours.zones.at(-1)).toMatchObject({ zone: 'tags6.test', security: 'secure' });
  });

  test.each(['gemeente-zilverdam.test', 'a13.test', 'only-sts.test', 'cname.test', 'bare.test'])(
    'the report of %s, as a list counts it, is the same from a resolver that copies',
    async (domain) => {
      const rowFrom = async (address: string) => {
        const live = openLive({ address, anchors, retries: 0, now: () => checkedAt });
        return rowOf((await runLive(inspect(nameOf(domain)), live)).result);
      };
      const checkedAt = Math.floor(Date.now() / 1000);
      const honest = await rowFrom(bed.doh);
      expect(honest.mx).not.toBe('failed');
      for (const lie of ['double', 'double-case', 'ttl-most'])
        expect(await rowFrom(bed.bad({ 'x-lie': lie }))).toEqual(honest);
    },
  );

  test('a second alias slipped in is bogus where the zone is signed, and never followed', async () => {
    const second = bed.bad({ 'x-lie': 'second-alias' });
    for (const name of ['alias.cname.test', 'toinsec.cname.test', 'x.c.wild.test'])
      expect(await lookUp(second, anchors, name, 'A')).toMatchObject({
        ...{ security: 'bogus', reason: 'dnssec.signature-invalid', answer: { kind: 'failed' } },
      });
    // The alias that a DNAME makes is not signed; it must be the only one.
    expect(await lookUp(second, anchors, 'mx1.d.cname.test', 'A')).toMatchObject({
      ...{ security: 'bogus', reason: 'dnssec.alias-mismatch', answer: { kind: 'failed' } },
    });
  });

  test('a resolver that points elsewhere is not followed', async () => {
    const reached: string[] = [];
    const elsewhere = createServer((request, response) => {
      reached.push(request.url ?? '');
      response.end();
    }).listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
    const to = `http://localhost:${(elsewhere.address() as AddressInfo).port}/dns-query`;
    const ours = await lookUp(
      ...([bed.bad({ 'x-fault': 'redirect', 'x-to': to }), anchors, 'a13.test', 'MX'] as const),
    );
    elsewhere.close();
    expect(ours).toMatchObject({ security: 'indeterminate', reason: 'dnssec.not-fetched' });
    expect(reached).toEqual([]);
  });

  test('a resolver that sets AD on forged data is caught, and its claim is kept to be shown', async () => {
    const ours = await lookUp(bed.bad({ 'x-lie': 'forge' }), anchors, 'a13.test', 'MX');
    expect(ours.security).toBe('bogus');
    expect(ours.claimedAuthentic).toBe(true);
  });

  test.each(['strip', 'strip-rrsig', 'nodata', 'nxdomain'])(
    'a resolver that lies by "%s" gets no secure answer believed',
    async (lie) => {
      const ours = await lookUp(bed.bad({ 'x-lie': lie }), anchors, 'a13.test', 'MX');
      expect(['bogus', 'indeterminate']).toContain(ours.security);
    },
  );

  test('a resolver that answers another question is not listened to', async () => {
    for (const lie of ['other', 'swap']) {
      const ours = await lookUp(bed.bad({ 'x-lie': lie }), anchors, 'a13.test', 'MX');
      expect(ours.answer.kind).toBe('failed');
    }
  });

  test('old data is refused by its date', async () => {
    const address = bed.bad({ 'x-lie': 'stale' });
    const ours = await lookUp(address, anchors, 'gemeente-zilverdam.test', 'MX');
    expect(ours).toMatchObject({ security: 'bogus', reason: 'dnssec.signature-expired' });
  });

  test('AD alone changes nothing', async () => {
    const address = bed.bad({ 'x-lie': 'ad' });
    const bogus = await lookUp(address, anchors, 'expired.test', 'MX');
    expect(bogus).toMatchObject({ security: 'bogus', claimedAuthentic: true });
    const insecure = await lookUp(address, anchors, 'insecure.test', 'MX');
    expect(insecure).toMatchObject({ security: 'insecure', claimedAuthentic: true });
  });
});

describe('a sample of generated zones', () => {
  test('has no name that is called secure wrongly, and no difference without a clause', async () => {
    const { compared } = await compareGenerated({ seed: 20261123, count: 24, withDelv: true });
    expect(compared.length).toBeGreaterThan(24);
    const unexplained = compared.filter(
      (each) =>
        clauseFor(each, 'unbound') === undefined ||
        clauseFor(each, 'delv') === undefined ||
        (each.ours.security === 'secure' && each.unbound.status !== 'secure'),
    );
    expect(unexplained.map(({ kind, name, type }) => `${kind.id} ${name} ${type}`)).toEqual([]);
  }, 300_000);
});
