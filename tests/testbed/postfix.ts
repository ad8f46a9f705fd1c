/**
 * A Postfix of our own on the loopback: the real program, its own configuration, queue and port in a
 * folder of its own. Takes no mail for anybody. Postfix insists on root to start.
 */
import { spawn, spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { findProgram } from './programs.ts';
import { freePort } from './servers.ts';

const daemons = '/usr/lib/postfix/sbin';
const master = join(daemons, 'master');

/** Why no Postfix can be started here, or undefined when one can. */
export function noPostfixBecause(): string | undefined {
  if (findProgram('postfix') === undefined || !existsSync(master))
    return 'the Debian package postfix is not installed';
  return process.getuid?.() === 0 ? undefined : 'Postfix starts as root only';
}

export interface RunningPostfix {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/** True once the server greets. */
const greets = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const end = (is: boolean) => {
      socket.destroy();
      resolve(is);
    };
    socket.setTimeout(5000, () => end(false));
    socket.once('data', (data) => end(data.toString().startsWith('220')));
    socket.once('error', () => end(false));
    socket.once('close', () => end(false));
  });

const services = [
  ['tlsmgr', 'unix', '-', '1000?', '1', 'tlsmgr'],
  ['rewrite', 'unix', '-', '-', '-', 'trivial-rewrite'],
  ['anvil', 'unix', '-', '-', '1', 'anvil'],
  ['postlog', 'unix-dgram', 'n', '-', '1', 'postlogd'],
] as const;

/** `chainFile`: PEM of the private key, the certificate and those above it, as Postfix reads them. */
export async function startPostfix(chainFile: string): Promise<RunningPostfix> {
  const folder = await mkdtemp(join(tmpdir(), 'sts-dane-postfix-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  // Its servers run as the user postfix and must find their way in.
  await chmod(folder, 0o755);
  const configuration = join(folder, 'etc');
  const queue = join(folder, 'queue');
  const data = join(folder, 'data');
  for (const each of [configuration, queue, data]) await mkdir(each);
  spawnSync('chown', ['postfix', data]);
  const port = await freePort();
  await writeFile(
    join(configuration, 'main.cf'),
    [
      'compatibility_level = 3.6',
      `queue_directory = ${queue}`,
      `data_directory = ${data}`,
      `daemon_directory = ${daemons}`,
      'command_directory = /usr/sbin',
      'mail_owner = postfix',
      'setgid_group = postdrop',
      'myhostname = mx.post.test',
      'inet_interfaces = 127.0.0.1',
      'inet_protocols = ipv4',
      'mydestination =',
      'local_recipient_maps =',
      'alias_maps =',
      // Nobody here answers for names of addresses; waiting for them takes seconds.
      'smtpd_peername_lookup = no',
      'smtpd_relay_restrictions = reject',
      'smtpd_tls_security_level = may',
      `smtpd_tls_chain_files = ${chainFile}`,
      `maillog_file_prefixes = ${folder}`,
      `maillog_file = ${join(folder, 'log')}`,
      '',
    ].join('\n'),
  );
  await writeFile(
    join(configuration, 'master.cf'),
    [
      `127.0.0.1:${port} inet n - n - - smtpd`,
      ...services.map(
        ([name, type, isPrivate, wakeup, most, program]) =>
          `${name} ${type} ${isPrivate} - n ${wakeup} ${most} ${program}`,
      ),
      '',
    ].join('\n'),
  );
  // Makes the folders of the queue; complains about files it would like elsewhere.
  spawnSync('postfix', ['-c', configuration, 'check'], { stdio: 'ignore', timeout: 20_000 });
  const child = spawn(master, ['-c', configuration, '-d'], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(timer);
    await remove();
  };
  for (let tries = 0; tries < 60; tries += 1) {
    if (await greets(port)) return { port, stop };
    if (child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  await stop();
  throw new Error('Postfix did not come up');
}
