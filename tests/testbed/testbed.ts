/**
 * The test bed: an own signed root with everything below it, served by BIND, validated by unbound,
 * reachable over DNS-over-HTTPS on the loopback. Needs no rights and no fixed port.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { startFront, type Front } from './doh-front.ts';
import { findPrograms } from './programs.ts';
import { startServers } from './servers.ts';
import { buildTree, type BuiltTree } from './sign.ts';
import { readZoneFile } from './zone-file.ts';
import type { Signing, ZoneSpec } from './zone-spec.ts';
import { leafZones, parentZones } from './zones.ts';

export interface TestbedOptions {
  /** Zone files of somebody else; any origin. */
  readonly zoneFiles?: readonly string[];
  /** More zones; one of the same name as a built-in zone replaces it. */
  readonly zones?: readonly ZoneSpec[];
  /** Without the built-in leaf zones: a second instead of several. */
  readonly bare?: boolean;
  /** Port of the DoH front; a free one unless said. */
  readonly port?: number;
  readonly delayMilliseconds?: number;
  /** Another loopback address where unbound answers, on port 53, as programs without a port expect; as root only. */
  readonly resolverAddress?: string;
}

export interface Testbed {
  /** Address of the DoH front, to be given as a resolver. */
  readonly doh: string;
  /** The same address with a fault or a lie: `bad({ 'x-fault': '503' })`. */
  readonly bad: (settings: Readonly<Record<string, string>>) => string;
  /** A file with the DS record of the root, as `STS_DANE_ANCHORS` and `--anchor` read it. */
  readonly anchorFile: string;
  /** The same as DNSKEY, for other validators (`delv -a`, `drill -k`). */
  readonly anchorKeyFile: string;
  readonly anchors: readonly string[];
  readonly front: Front;
  /** `127.0.0.1` and the ports of unbound (validating) and named (authority). */
  readonly resolverPort: number;
  readonly authorityPort: number;
  readonly zones: readonly string[];
  /** Where configuration, zones, keys and logs stand until `stop`. */
  readonly folder: string;
  /** A zone as it is from now on, signed with the keys that it had; caches know the old one until its TTL is over. */
  readonly publish: (zone: ZoneSpec) => Promise<void>;
  readonly stop: () => Promise<void>;
}

const added: Signing = { algorithm: 'ECDSAP256SHA256', denial: { salt: '-', iterations: 0 } };

/** Later zones replace earlier ones of the same name; TLDs that are missing are made. */
function whole(specs: readonly ZoneSpec[]): readonly ZoneSpec[] {
  const byName = new Map(specs.map((spec) => [spec.name, spec]));
  for (const { name } of specs) {
    const tld = name.split('.').at(-1) ?? '';
    if (name !== '.' && !byName.has(tld))
      byName.set(tld, { name: tld, records: [], signing: added });
  }
  return [...byName.values()];
}

/**
 * The usual zones, signed once a day: to sign them takes longer than to ask them. `npm test` begins without any.
 */
async function keptTree(
  specs: readonly ZoneSpec[],
  programs: ReturnType<typeof findPrograms>,
): Promise<BuiltTree> {
  const text = JSON.stringify(specs, (_, value: unknown) =>
    typeof value === 'function' || typeof value === 'bigint' ? String(value) : value,
  );
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
  const today = new Date().toISOString().slice(0, 10);
  const place = resolve('test-results/testbed', `${today}-${digest}`);
  const kept = () => JSON.parse(readFileSync(join(place, 'tree.json'), 'utf8')) as BuiltTree;
  if (existsSync(place)) return kept();
  await mkdir(dirname(place), { recursive: true });
  const building = await mkdtemp(`${place}-`);
  const tree = await buildTree(specs, programs, building, Date.now());
  const moved = JSON.stringify(tree).replaceAll(building, place);
  await writeFile(join(building, 'tree.json'), moved);
  // Two tests may have signed at a time: the first stays.
  await rename(building, place).catch(() => rm(building, { recursive: true }));
  return kept();
}

export async function startTestbed(options: TestbedOptions = {}): Promise<Testbed> {
  const programs = findPrograms();
  const files = await Promise.all(
    (options.zoneFiles ?? []).map((path) => readZoneFile(path, programs)),
  );
  const specs = whole([
    ...parentZones,
    ...(options.bare === true ? [] : leafZones),
    ...(options.zones ?? []),
    ...files.map((file): ZoneSpec => ({ ...file, signing: added })),
  ]);
  const folder = await mkdtemp(join(tmpdir(), 'sts-dane-testbed-'));
  const undo: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
  const stop = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const isUsual = options.zones === undefined && options.zoneFiles === undefined;
    const tree = await (isUsual
      ? keptTree(specs, programs)
      : buildTree(specs, programs, folder, Date.now()));
    const anchorFile = join(folder, 'anchors.ds');
    const anchorKeyFile = join(folder, 'anchors.key');
    await writeFile(anchorFile, [...tree.rootDs, ''].join('\n'));
    await writeFile(anchorKeyFile, [...tree.rootKeys, ''].join('\n'));
    const servers = await startServers(tree, programs, folder, options.resolverAddress);
    undo.push(servers.stop);
    const front = await startFront({
      upstream: `127.0.0.1:${servers.resolverPort}`,
      stale: { upstream: `127.0.0.1:${servers.authorityPort}`, from: servers.staleAddress },
      ...(options.port === undefined ? {} : { port: options.port }),
      delayMilliseconds: options.delayMilliseconds ?? 0,
    });
    undo.push(front.stop);
    return {
      doh: front.address,
      bad: (settings) => `${front.address}?${new URLSearchParams(settings).toString()}`,
      anchorFile,
      anchorKeyFile,
      anchors: tree.rootDs,
      front,
      resolverPort: servers.resolverPort,
      authorityPort: servers.authorityPort,
      zones: specs.map((spec) => spec.name),
      folder,
      publish: async (zone) => {
        await tree.again(zone);
        await servers.reload();
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
