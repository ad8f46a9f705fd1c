/** The validator over DNS-over-HTTPS against zones that BIND signed, held to what unbound says. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nameOf } from '../../src/core/dns/name.ts';
import type { RrType } from '../../src/core/dns/type.ts';
import type { TrustAnchor } from '../../src/core/dnssec/policy.ts';
import type { ValidatedLookup } from '../../src/core/dnssec/validate.ts';
import { parseAnchors } from '../../src/world/anchor.ts';
import { openLive } from '../../src/world/live.ts';
import { clauseFor, compareGenerated } from '../testbed/generated.ts';
import { bedNames } from '../testbed/names.table.ts';
import { askUnbound } from '../testbed/oracle.ts';
import { startTestbed, type Testbed } from '../testbed/testbed.ts';

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
