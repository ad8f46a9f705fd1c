/**
 * Generated zones, really signed and then broken, and what three validators make of them: ours,
 * unbound and delv. Reproducible from a seed.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nameOf } from '../../src/core/dns/name.ts';
import type { RrType } from '../../src/core/dns/type.ts';
import type { ValidatedLookup } from '../../src/core/dnssec/validate.ts';
import { parseAnchors } from '../../src/world/live/anchor.ts';
import { openLive } from '../../src/world/live/live.ts';
import { kinds, zonesOf, type Kind } from './breakage.ts';
import { askDelv, askUnbound, type Opinion } from './oracle.ts';
import { startTestbed } from './testbed.ts';
import type { ZoneSpec } from './zone-spec.ts';

export interface Compared {
  readonly kind: Kind;
  readonly name: string;
  readonly type: RrType;
  readonly ours: Pick<ValidatedLookup, 'security' | 'reason'>;
  readonly unbound: Opinion;
  readonly delv: Opinion | undefined;
}

/** Numbers from a seed (mulberry32), so that a run can be repeated. */
const numbers = (seed: number) => {
  let state = seed >>> 0;
  return (bound: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
};

export interface Comparison {
  readonly zones: number;
  readonly compared: readonly Compared[];
}

/** Builds `count` variants, kinds in turn, and asks all three. */
export async function compareGenerated(options: {
  readonly seed: number;
  readonly count: number;
  readonly withDelv: boolean;
  readonly onlyKinds?: readonly string[];
}): Promise<Comparison> {
  const { seed, count, withDelv, onlyKinds } = options;
  const below = numbers(seed);
  const chosen = kinds.filter((kind) => onlyKinds?.includes(kind.id) ?? true);
  // A sample takes other kinds for another seed.
  const start = count < chosen.length ? below(chosen.length) : 0;
  const variants = Array.from({ length: count }, (_, at) => {
    const kind = chosen[(start + at) % chosen.length]!;
    const name = `z${String(at + 1).padStart(4, '0')}.test`;
    return { kind, name, zones: zonesOf(kind, { name, below }) };
  });
  const zones = variants.flatMap((variant) => variant.zones);
  const bed = await startTestbed({ bare: true, zones: [...fixed, ...zones] });
  try {
    const anchors = parseAnchors(bed.anchors.join('\n'));
    if (!anchors.ok) throw new Error('the test bed gave no anchors');
    const live = openLive({ address: bed.doh, anchors: anchors.value });
    const delvAnchors = join(bed.folder, 'delv.conf');
    await writeFile(delvAnchors, delvAnchorsFrom(await readFile(bed.anchorKeyFile, 'utf8')));
    const compared: Compared[] = [];
    for (const { kind, name } of variants)
      for (const [label, type] of kind.asked) {
        const full = nameOf(label === '@' ? name : `${label}.${name}`);
        const asked = type as RrType;
        const [proved, unbound, delv] = await Promise.all([
          live.answer({ ask: 'proved-lookup', name: full, type: asked }),
          askUnbound(bed.resolverPort, full, asked),
          withDelv ? askDelv(bed.authorityPort, delvAnchors, full, asked) : undefined,
        ]);
        const ours = proved.answer as ValidatedLookup;
        compared.push({ kind, name: full, type: asked, ours, unbound, delv });
      }
    return { zones: zones.length, compared };
  } finally {
    await bed.stop();
  }
}

/** DNSKEY records as BIND's `trust-anchors` statement. */
export const delvAnchorsFrom = (keyFile: string): string => {
  const keys = keyFile.split('\n').flatMap((line) => {
    const [, flags, protocol, algorithm, key] =
      /\sDNSKEY\s+(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return key === undefined ? [] : [`"." static-key ${flags} ${protocol} ${algorithm} "${key}";`];
  });
  return `trust-anchors { ${keys.join(' ')} };\n`;
};

/** Where aliases lead. */
const fixed: readonly ZoneSpec[] = [
  { name: 'a13.test', records: ['mx1 IN A 192.0.2.1'], signing: { algorithm: 'ECDSAP256SHA256' } },
  { name: 'a8.test', records: ['mx1 IN A 192.0.2.2'], signing: { algorithm: 'RSASHA256' } },
  { name: 'insecure.test', records: ['mx1 IN A 192.0.2.3'], signing: false },
  {
    name: 'expired.test',
    records: ['mx1 IN A 192.0.2.4'],
    signing: { algorithm: 'ECDSAP256SHA256', validity: 'past' },
  },
];

/** Where validators may differ, with the clause that lets them. Undefined: nobody may. */
export const clauseFor = ({ kind, ours, unbound, delv }: Compared, other: 'unbound' | 'delv') => {
  const theirs = other === 'unbound' ? unbound : delv;
  if (theirs === undefined || theirs.status === ours.security) return 'agree' as const;
  if (ours.security === 'indeterminate' && theirs.status === 'bogus')
    return 'RFC 4035 §4.3: the resolver held nothing to be judged; for mail both are a failed lookup';
  if (kind.id === 'ds-good-sha-1-false-sha-256')
    return 'RFC 4509 §3: SHA-1 is ignored where SHA-256 stands beside it';
  if (kind.id === 'tag-of-six-keys' && ours.reason === 'dnssec.limit-reached')
    return 'Own limit: two keys of one tag are tried for a signature (CVE-2023-50387)';
  if (other === 'unbound') return undefined;
  if (kind.id.startsWith('tag-of-') && theirs.status === 'bogus')
    return 'RFC 4034 §B: a tag names no single key; delv may stop at the first';
  if (ours.reason === 'dnssec.opt-out' && theirs.status === 'secure')
    return 'RFC 5155 §9.2: what rests on an opted-out span is not authentic; delv says it is';
  if (kind.id.startsWith('alias-') && theirs.status === 'secure')
    return 'RFC 7672 §2.1.3: the worst link decides; delv reports the best';
  if (kind.id === 'junk-beside-good-signature' && theirs.status === 'bogus')
    return 'RFC 6840 §5.4: one good signature suffices; delv may stop at the first';
  return undefined;
};
