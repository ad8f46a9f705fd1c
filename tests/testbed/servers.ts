/** `named` (authority for the whole tree) and `unbound` (validating), on free ports of the loopback. */
import { spawn, type ChildProcess } from 'node:child_process';
import dgram from 'node:dgram';
import { openSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import net from 'node:net';
import { join } from 'node:path';
import type { findPrograms } from './programs.ts';
import type { BuiltTree } from './sign.ts';

export interface Servers {
  readonly authorityPort: number;
  readonly resolverPort: number;
  /** The source address that the older versions are served to, by the authority. */
  readonly staleAddress: string;
  /** The authority reads its zones again; caches keep what they have. */
  readonly reload: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** A port that is free for UDP and for TCP on the loopback now. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < 20; attempt++) {
    const server = net.createServer();
    const port = await new Promise<number>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    const socket = dgram.createSocket('udp4');
    const free = await new Promise<boolean>((resolve) => {
      socket.once('error', () => resolve(false));
      socket.bind(port, '127.0.0.1', () => resolve(true));
    });
    socket.close();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    if (free) return port;
  }
  throw new Error('no free port on 127.0.0.1');
}

/** Whoever asks from here is shown the older versions; any address of 127/8 is ours to send from. */
const staleAddress = '127.0.0.2';

const zoneLines = (zones: BuiltTree['zones']): string =>
  zones.map(({ name, file }) => `  zone "${name}" { type primary; file "${file}"; };`).join('\n');

const namedConfig = (folder: string, port: number, tree: BuiltTree): string => `
options {
  directory "${folder}"; pid-file "${folder}/named.pid"; session-keyfile "${folder}/session.key";
  lock-file none;
  listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; };
  recursion no; dnssec-validation no; notify no; allow-query { any; }; allow-transfer { none; };
  minimal-responses yes; check-names primary ignore; check-integrity no; check-mx ignore;
  check-mx-cname ignore; check-dup-records ignore; check-sibling no; check-wildcard no;
};
controls { };
view "old" {
  match-clients { ${staleAddress}; };
${zoneLines(tree.stale)}
};
view "now" {
  match-clients { any; };
${zoneLines(tree.zones)}
};
`;

const unboundConfig = (
  folder: string,
  port: number,
  authority: number,
  resolverAddress: string | undefined,
): string => `
server:
  directory: "${folder}"
  chroot: ""
  username: ""
  pidfile: "${folder}/unbound.pid"
  use-syslog: no
  logfile: "${folder}/unbound.log"
  interface: 127.0.0.1@${port}${resolverAddress === undefined ? '' : `\n  interface: ${resolverAddress}@53`}
  access-control: 127.0.0.0/8 allow
  do-not-query-localhost: no
  trust-anchor-file: "${folder}/root.key"
  local-zone: "test." nodefault
  local-zone: "invalid." nodefault
  local-zone: "home.arpa." nodefault
  unblock-lan-zones: yes
  insecure-lan-zones: no
  module-config: "validator iterator"
  qname-minimisation: no
  num-threads: 1
  msg-cache-size: 16m
  rrset-cache-size: 32m
  ede: yes
  val-log-level: 2
  val-clean-additional: yes
forward-zone:
  name: "."
  forward-addr: 127.0.0.1@${authority}
remote-control:
  control-enable: no
`;

/** One SOA query for the root over UDP; true when any answer comes within 200 ms. */
function answers(port: number): Promise<boolean> {
  const query = Buffer.from('000001000001000000000000' + '00' + '00060001', 'hex');
  return new Promise((resolve) => {
    const socket = dgram.createSocket('udp4');
    const end = (value: boolean) => {
      clearTimeout(timer);
      socket.close();
      resolve(value);
    };
    const timer = setTimeout(() => end(false), 200);
    socket.once('error', () => end(false));
    // SERVFAIL while it is starting is not an answer yet.
    socket.once('message', (message) => end(((message[3] ?? 2) & 15) === 0));
    socket.send(query, port, '127.0.0.1');
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 3000);
  await exit;
  clearTimeout(timer);
}

/**
 * Starts both servers on ports that were free a moment ago. Somebody else may take one in between, so that is
 * tried three times before it is called an error.
 */
export async function startServers(
  tree: BuiltTree,
  programs: ReturnType<typeof findPrograms>,
  folder: string,
  resolverAddress?: string,
): Promise<Servers> {
  for (let attempt = 1; ; attempt += 1)
    try {
      return await startOnce(tree, programs, folder, resolverAddress);
    } catch (error) {
      if (attempt === 3) throw error;
    }
}

async function startOnce(
  tree: BuiltTree,
  programs: ReturnType<typeof findPrograms>,
  folder: string,
  resolverAddress: string | undefined,
): Promise<Servers> {
  const [authorityPort, resolverPort] = [await freePort(), await freePort()];
  await writeFile(join(folder, 'named.conf'), namedConfig(folder, authorityPort, tree));
  await writeFile(
    join(folder, 'unbound.conf'),
    unboundConfig(folder, resolverPort, authorityPort, resolverAddress),
  );
  await writeFile(join(folder, 'root.key'), [...tree.rootKeys, ''].join('\n'));

  const start = (program: string, options: readonly string[], log: string): ChildProcess => {
    const output = openSync(join(folder, log), 'w');
    return spawn(program, options, { stdio: ['ignore', output, output] });
  };
  const named = start(programs.named, ['-g', '-c', join(folder, 'named.conf')], 'named.log');
  const children = [
    named,
    start(programs.unbound, ['-d', '-c', join(folder, 'unbound.conf')], 'unbound.out'),
  ];
  const stop = async () => {
    await Promise.all(children.map(ended));
  };
  for (const [port, log] of [
    [authorityPort, 'named.log'],
    [resolverPort, 'unbound.out'],
  ] as const) {
    let up = false;
    for (let attempt = 0; attempt < 100 && !up; attempt++) {
      if (children.some((child) => child.exitCode !== null)) break;
      up = await answers(port);
      if (!up) await new Promise((resolve) => setTimeout(resolve, 50));
    }
    if (!up) {
      await stop();
      // Whichever ended by itself says why, in its own log.
      const last = async (name: string) =>
        `${name}:\n${(await readFile(join(folder, name), 'utf8')).split('\n').slice(-15).join('\n')}`;
      const said = await Promise.all(['named.log', 'unbound.out'].map(last));
      throw new Error(`a server of the test bed did not start (${log}):\n${said.join('\n')}`);
    }
  }
  const timesLoaded = async () =>
    (await readFile(join(folder, 'named.log'), 'utf8')).split('all zones loaded').length;
  const reload = async () => {
    const before = await timesLoaded();
    named.kill('SIGHUP');
    for (let attempt = 0; attempt < 200; attempt++) {
      if ((await timesLoaded()) > before) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('the authority did not read its zones again');
  };
  return { authorityPort, resolverPort, staleAddress, reload, stop };
}
