/**
 * Turns zone specifications into a signed tree on disk, with BIND's own tools: what the validator
 * is tested against is never signed by code of ours.
 */
import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { keysAlike, makeRsaKey } from './keys.ts';
import type { findPrograms } from './programs.ts';
import { typeOf, type DigestOf, type Signing, type ZoneSpec } from './zone-spec.ts';

const run = promisify(execFile);

export interface BuiltZone {
  readonly name: string;
  readonly file: string;
}

export interface BuiltTree {
  readonly zones: readonly BuiltZone[];
  /** Older versions, for the lying front. */
  readonly stale: readonly BuiltZone[];
  /** DS and DNSKEY of the root in presentation format. */
  readonly rootDs: readonly string[];
  readonly rootKeys: readonly string[];
  /** Writes and signs a zone of the tree again, with the keys that it has. */
  readonly again: (spec: ZoneSpec) => Promise<void>;
}

const day = 86_400_000;

const stamp = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().replaceAll(/[-:T]/g, '').slice(0, 14);

/** Start and end of the signatures, as `dnssec-signzone -s` and `-e` read them. */
const validity = (kind: Signing['validity'], now: number): readonly [string, string] => {
  if (kind === 'past') return [stamp(now - 60 * day), stamp(now - 30 * day)];
  if (kind === 'future') return [stamp(now + 30 * day), stamp(now + 365 * day)];
  return [stamp(now - 3_600_000), stamp(now + 365 * day)];
};

const absolute = (name: string): string => (name === '.' ? '.' : `${name}.`);

/** The nearest zone above, by name alone. */
export const parentOf = (name: string, names: ReadonlySet<string>): string | undefined => {
  if (name === '.') return undefined;
  const labels = name.split('.');
  for (let above = 1; above < labels.length; above++) {
    const candidate = labels.slice(above).join('.');
    if (names.has(candidate)) return candidate;
  }
  return '.';
};

const hasAt = (records: readonly string[], apex: string, type: string): boolean =>
  records.some((line) => {
    const owner = line.split(/\s+/, 1)[0]?.toLowerCase();
    return (owner === '@' || owner === apex) && new RegExp(`\\s${type}\\s`, 'i').test(line);
  });

/** SOA and NS where the specification has none. */
const head = (spec: ZoneSpec): readonly string[] => {
  const apex = absolute(spec.name);
  const server = spec.name === '.' ? 'ns.' : `ns.${apex}`;
  const lines = [];
  if (!hasAt(spec.records, apex, 'SOA'))
    lines.push(`@ IN SOA ${server} hostmaster.${apex === '.' ? '' : apex} 1 7200 3600 1209600 300`);
  if (!hasAt(spec.records, apex, 'NS')) lines.push(`@ IN NS ${server}`, `${server} IN A 127.0.0.1`);
  return lines;
};

const zoneText = (spec: ZoneSpec, records: readonly string[]): string =>
  ['$TTL 3600', `$ORIGIN ${absolute(spec.name)}`, ...records, ''].join('\n');

interface Keys {
  readonly all: readonly string[];
  readonly signingKeys: readonly string[];
  /** DNSKEY records that stand beside them. */
  readonly alike: readonly string[];
}

async function makeKeys(
  spec: ZoneSpec,
  signing: Signing,
  programs: ReturnType<typeof findPrograms>,
  folder: string,
): Promise<Keys> {
  const make = async (algorithm: string, isKsk: boolean): Promise<string> => {
    if (signing.exponent !== undefined)
      return makeRsaKey(
        ...([absolute(spec.name), signing.bits ?? 2048, signing.exponent, isKsk, folder] as const),
      );
    const bits = algorithm.includes('RSA') ? ['-b', String(signing.bits ?? 2048)] : [];
    const flags = isKsk ? ['-f', 'KSK'] : [];
    const options = ['-q', '-K', folder, '-a', algorithm, ...bits, ...flags];
    const { stdout } = await run(programs['dnssec-keygen'], [...options, absolute(spec.name)]);
    return join(folder, stdout.trim());
  };
  const ksk = [await make(signing.algorithm, true)];
  if (signing.also !== undefined) ksk.push(await make(signing.also, true));
  const zsk = signing.keys === 'two' ? [await make(signing.algorithm, false)] : [];
  const alike = await keysAlike(absolute(spec.name), ksk[0]!, signing.alike ?? 0);
  return { all: [...ksk, ...zsk], signingKeys: ksk, alike };
}

const denialOptions = (signing: Signing): readonly string[] => {
  if (signing.denial === undefined || signing.denial === 'nsec') return [];
  const { salt, iterations, optOut } = signing.denial;
  return ['-3', salt, '-H', String(iterations), ...(optOut === true ? ['-A'] : [])];
};

/** The whole tree. Zones are signed from the leaves up, each level in parallel. */
export async function buildTree(
  specs: readonly ZoneSpec[],
  programs: ReturnType<typeof findPrograms>,
  folder: string,
  now: number,
): Promise<BuiltTree> {
  const zonesFolder = join(folder, 'zones');
  const keysFolder = join(folder, 'keys');
  await Promise.all([zonesFolder, keysFolder].map((path) => mkdir(path, { recursive: true })));

  const names = new Set(specs.map((spec) => spec.name));
  const children = grouped(specs, (spec) => parentOf(spec.name, names));
  const published = new Map<string, readonly string[]>();
  const fileOf = (name: string, suffix = 'zone') =>
    join(zonesFolder, `${name === '.' ? 'root' : name}.${suffix}`);

  const delegations = (spec: ZoneSpec): readonly string[] =>
    (children.get(spec.name) ?? [])
      .filter((child) => child.undelegated !== true)
      .flatMap((child) => [
        `${child.name}. IN NS ns.${child.name}.`,
        `ns.${child.name}. IN A 127.0.0.1`,
        ...(published.get(child.name) ?? []),
      ]);

  const sign = async (
    spec: ZoneSpec,
    signing: Signing,
    keys: Keys,
    records: readonly string[],
    suffix: string,
  ): Promise<string> => {
    const [from, to] = validity(signing.validity, now);
    const keyLines = await Promise.all(keys.all.map((key) => readFile(`${key}.key`, 'utf8')));
    const unsigned = fileOf(spec.name, `${suffix}.unsigned`);
    const signed = fileOf(spec.name, suffix);
    await writeFile(unsigned, zoneText(spec, [...records, ...keyLines, ...keys.alike]));
    // -z: without a zone-signing key the one key signs everything. -P: expired zones are made too.
    const shape = signing.keys === 'two' ? [] : ['-z'];
    const dates = ['-s', from, '-e', to];
    const times = ['-q', '-P', ...shape, '-N', 'keep', ...dates, ...denialOptions(signing)];
    const places = ['-K', keysFolder, '-d', keysFolder, '-o', absolute(spec.name), '-f', signed];
    await run(programs['dnssec-signzone'], [...times, ...places, unsigned, ...keys.all]);
    return signed;
  };

  /** One record a line, absolute names: what `spoil` reads. */
  const spoil = async (spec: ZoneSpec, file: string): Promise<void> => {
    const full = `${file}.full`;
    const lenient = ['-i', 'none', '-k', 'ignore', '-n', 'ignore', '-s', 'full'];
    await run(programs['named-compilezone'], ['-q', ...lenient, '-o', full, spec.name, file]);
    const lines = (await readFile(full, 'utf8')).split('\n').filter((line) => line !== '');
    const spoiled = spec.spoil?.(lines) ?? lines;
    if (spoiled.join('\n') === lines.join('\n')) throw new Error(`${spec.name}: nothing spoiled`);
    await writeFile(file, [...spoiled, ''].join('\n'));
  };

  const stale: BuiltZone[] = [];
  const keysOf = new Map<string, Keys>();
  const build = async (spec: ZoneSpec): Promise<BuiltZone> => {
    const file = fileOf(spec.name);
    const records = [...head(spec), ...spec.records, ...delegations(spec)];
    if (spec.signing === false) {
      await writeFile(file, zoneText(spec, records));
      return { name: spec.name, file };
    }
    const keys =
      keysOf.get(spec.name) ?? (await makeKeys(spec, spec.signing, programs, keysFolder));
    keysOf.set(spec.name, keys);
    await sign(spec, spec.signing, keys, records, 'zone');
    const digest = async (kind: string): Promise<readonly string[]> => {
      const lines = await Promise.all(
        keys.signingKeys.map((key) =>
          run(programs['dnssec-dsfromkey'], ['-a', kind, `${key}.key`]),
        ),
      );
      return lines.flatMap(({ stdout }) => stdout.trim().split('\n'));
    };
    const genuine = await digest('SHA-256');
    if (spec.ds === undefined) published.set(spec.name, genuine);
    else {
      const others = { 'SHA-1': await digest('SHA-1'), 'SHA-384': await digest('SHA-384') };
      const dsOf: DigestOf = (kind) => (kind === 'SHA-256' ? genuine : others[kind]);
      published.set(spec.name, spec.ds(genuine, dsOf));
    }
    if (spec.spoil !== undefined) await spoil(spec, file);
    if (spec.stale !== undefined) {
      const old = { ...spec, records: spec.stale };
      const past: Signing = { ...spec.signing, validity: 'past' };
      const oldFile = await sign(spec, past, keys, [...head(old), ...old.records], 'stale');
      stale.push({ name: spec.name, file: oldFile });
    }
    return { name: spec.name, file };
  };

  const depth = (name: string): number => (name === '.' ? 0 : name.split('.').length);
  const levels = grouped(specs, (spec) => depth(spec.name));
  const zones: BuiltZone[] = [];
  for (const level of [...levels.keys()].sort((a, b) => b - a))
    zones.push(...(await inParallel(levels.get(level) ?? [], 4, build)));

  const rootKeyFiles = (await readdir(keysFolder)).filter((file) => /^K\.\+.*\.key$/.test(file));
  const rootKeys = (
    await Promise.all(rootKeyFiles.map((file) => readFile(join(keysFolder, file), 'utf8')))
  )
    .flatMap((text) => text.split('\n'))
    .filter((line) => typeOf(line) === '257' || /\bDNSKEY\s+257\b/.test(line));
  const again = async (spec: ZoneSpec) => void (await build(spec));
  return { zones, stale, rootDs: published.get('.') ?? [], rootKeys, again };
}

function grouped<Item, Key>(
  items: readonly Item[],
  keyOf: (item: Item) => Key,
): ReadonlyMap<Key, readonly Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

/** At most `width` at once; the first failure ends it. */
async function inParallel<Item, Result>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next++;
      const item = items[index];
      if (item !== undefined) results[index] = await work(item);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return results;
}
