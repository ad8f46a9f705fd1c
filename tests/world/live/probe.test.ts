/** The look at a resolver before names are given to it, against the test bed's honest and lying fronts. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nameOf } from '../../../src/core/dns/name.ts';
import type { TrustAnchor } from '../../../src/core/dnssec/policy.ts';
import { parseAnchors } from '../../../src/world/live/anchor.ts';
import { probeResolver } from '../../../src/world/live/probe.ts';
import { startTestbed, type Testbed } from '../../testbed/testbed.ts';

let bed: Testbed;
let anchors: readonly TrustAnchor[];
beforeAll(async () => {
  bed = await startTestbed({ bare: true, zones: [broken] });
  const parsed = parseAnchors(bed.anchors.join('\n'));
  if (!parsed.ok) throw new Error('the test bed gave no anchors');
  anchors = parsed.value;
}, 60_000);
afterAll(() => bed.stop());

const broken = {
  name: 'broken.test',
  records: ['@ IN A 192.0.2.1'],
  signing: { algorithm: 'ECDSAP256SHA256', validity: 'past' },
} as const;
const brokenName = nameOf('broken.test');
const faultsOf = async (address: string) =>
  (await probeResolver({ address, anchors, brokenName, timeoutSeconds: 2 })).faults;

test('an honest resolver passes, and hears no name but the anchor’s and the broken one', async () => {
  const before = bed.front.asked.length;
  const probe = await probeResolver({ address: bed.doh, anchors, brokenName });
  expect(probe).toMatchObject({ usable: true, faults: [] });
  const names = bed.front.asked.slice(before).map(({ name }) => name.replace(/\.$/, ''));
  expect(new Set(names)).toEqual(new Set(['', 'broken.test']));
});

test.each([
  ['strip-rrsig', [{ kind: 'no-signatures' }]],
  ['nodata', [{ kind: 'no-signatures' }]],
])('one that lies by "%s" does not', async (lie, faults) => {
  expect(await faultsOf(bed.bad({ 'x-lie': lie }))).toEqual(faults);
});

test('one whose keys do not lead to our anchor does not', async () => {
  const other = parseAnchors(`. IN DS 1 13 2 ${'ab'.repeat(32)}`);
  if (!other.ok) throw new Error('no anchor');
  const probe = await probeResolver({ address: bed.doh, anchors: other.value });
  expect(probe).toMatchObject({ usable: false, faults: [{ kind: 'not-proved' }] });
});

test('one that withholds proofs of absence does not', async () => {
  const faults = await faultsOf(bed.bad({ 'x-lie': 'nodata', 'x-only': 'TLSA' }));
  expect(faults).toEqual([{ kind: 'no-denial' }]);
});

test('one that answers SERVFAIL for what is bogus, although asked not to check, does not', async () => {
  const faults = await faultsOf(bed.bad({ 'x-fault': 'servfail', 'x-only': 'SOA' }));
  expect(faults).toEqual([{ kind: 'checks-itself' }]);
});

test('one that points to another address is not followed, and that is said', async () => {
  expect(await faultsOf(bed.bad({ 'x-fault': 'redirect', 'x-to': '/elsewhere' }))).toEqual([
    { kind: 'redirected' },
  ]);
});

test.each([
  ['503', { kind: 'http-status', status: 503 }],
  ['html', { kind: 'not-dns', contentType: 'text/html' }],
  ['cut', { kind: 'unreadable' }],
  ['silent', { kind: 'silent', seconds: 2 }],
  ['reset', { kind: 'unreachable' }],
])('one that fails with "%s" is told apart', async (fault, transport) => {
  expect(await faultsOf(bed.bad({ 'x-fault': fault }))).toEqual([{ kind: 'no-answer', transport }]);
});
