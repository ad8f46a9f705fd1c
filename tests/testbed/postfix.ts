/**
 * Postfix on the loopback: the real program, each with configuration, queue and port in a folder of its own.
 * One that takes no mail for anybody, one that takes all and throws it away, and one that sends with DANE.
 * Postfix insists on root to start.
 */
import { spawn, spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
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
  /** Where its `main.cf` is: `postfix -c FOLDER reload`. */
  readonly configuration: string;
  readonly log: () => Promise<string>;
  readonly stop: () => Promise<void>;
}

/** True once the server greets. */
const greets = (address: string, port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, address);
    const end = (is: boolean) => {
      socket.destroy();
      resolve(is);
    };
    socket.setTimeout(5000, () => end(false));
    socket.once('data', (data) => end(data.toString().startsWith('220')));
    socket.once('error', () => end(false));
    socket.once('close', () => end(false));
  });

type Service = readonly [
  name: string,
  type: string,
  isPrivate: string,
  wakeup: string,
  most: string,
  program: string,
];

const always: readonly Service[] = [
  ['tlsmgr', 'unix', '-', '1000?', '1', 'tlsmgr'],
  ['rewrite', 'unix', '-', '-', '-', 'trivial-rewrite'],
  ['anvil', 'unix', '-', '-', '1', 'anvil'],
  ['postlog', 'unix-dgram', 'n', '-', '1', 'postlogd'],
];
/** What passes mail on, to a server or to nowhere. */
const passingOn: readonly Service[] = [
  ['cleanup', 'unix', 'n', '-', '0', 'cleanup'],
  ['qmgr', 'unix', 'n', '300', '1', 'qmgr'],
  ...['bounce', 'defer', 'trace'].map((name): Service => [name, 'unix', '-', '-', '0', 'bounce']),
  ...['error', 'retry'].map((name): Service => [name, 'unix', '-', '-', '-', 'error']),
  ['discard', 'unix', '-', '-', '-', 'discard'],
  ['smtp', 'unix', '-', '-', '-', 'smtp'],
];

interface Setup {
  readonly name: string;
  readonly main: readonly string[];
  readonly services?: readonly Service[];
  readonly address?: string;
  readonly port?: number;
  /** The resolver that it asks, in place of that of the machine; only it sees the difference. */
  readonly resolver?: string;
}

async function start({ name, main, services = [], ...setup }: Setup): Promise<RunningPostfix> {
  const { address = '127.0.0.1', port = await freePort(), resolver } = setup;
  const folder = await mkdtemp(join(tmpdir(), 'sts-dane-postfix-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  // Its servers run as the user postfix and must find their way in.
  await chmod(folder, 0o755);
  const configuration = join(folder, 'etc');
  const queue = join(folder, 'queue');
  const data = join(folder, 'data');
  for (const each of [configuration, queue, data]) await mkdir(each);
  spawnSync('chown', ['postfix', data]);
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
      `myhostname = ${name}`,
      // Which addresses are its own; Postfix takes none that no interface has by name, as most of 127/8.
      'inet_interfaces = 127.0.0.1',
      'inet_protocols = ipv4',
      'mydestination =',
      'local_recipient_maps =',
      'alias_maps =',
      // Nobody here answers for names of addresses; waiting for them takes seconds.
      'smtpd_peername_lookup = no',
      `maillog_file_prefixes = ${folder}`,
      `maillog_file = ${join(folder, 'log')}`,
      ...main,
      '',
    ].join('\n'),
  );
  await writeFile(
    join(configuration, 'master.cf'),
    [
      `${address}:${port} inet n - n - - smtpd`,
      ...[...always, ...services].map(
        ([service, type, isPrivate, wakeup, most, program]) =>
          `${service} ${type} ${isPrivate} - n ${wakeup} ${most} ${program}`,
      ),
      '',
    ].join('\n'),
  );
  // Makes the folders of the queue; complains about files it would like elsewhere.
  spawnSync('postfix', ['-c', configuration, 'check'], { stdio: 'ignore', timeout: 20_000 });
  const command = [master, '-c', configuration, '-d'];
  if (resolver !== undefined) {
    await writeFile(join(folder, 'resolv.conf'), `nameserver ${resolver}\n`);
    const bind = `mount --bind "${join(folder, 'resolv.conf')}" /etc/resolv.conf && exec "$@"`;
    command.unshift('unshare', '--mount', 'sh', '-c', bind, 'sh');
  }
  const child = spawn(command[0]!, command.slice(1), { stdio: ['ignore', 'ignore', 'pipe'] });
  // Said before there is a log: a machine that gives no mount namespace, or a wrong configuration.
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const log = () => readFile(join(folder, 'log'), 'utf8').catch(() => '');
  const stop = async () => {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(timer);
    await remove();
  };
  for (let tries = 0; tries < 60; tries += 1) {
    if (await greets(address, port)) return { port, configuration, log, stop };
    if (child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const said = await log();
  await stop();
  throw new Error(`Postfix did not come up\n${complaint}${said}`);
}

const receiving = (chainFile: string) => [
  'smtpd_tls_security_level = may',
  `smtpd_tls_chain_files = ${chainFile}`,
];

/** `chainFile`: PEM of the private key, the certificate and those above it, as Postfix reads them. */
export const startPostfix = (chainFile: string): Promise<RunningPostfix> =>
  start({
    name: 'mx.post.test',
    main: [...receiving(chainFile), 'smtpd_relay_restrictions = reject'],
  });

/** Takes mail on port 25 of an address of its own, and throws it away. */
export const startReceiver = (chainFile: string, address: string): Promise<RunningPostfix> =>
  start({
    ...{ name: 'mx.post.test', address, port: 25, services: passingOn },
    main: [
      ...receiving(chainFile),
      'relay_domains = static:all',
      'smtpd_relay_restrictions = reject_unauth_destination',
      'relay_transport = discard',
    ],
  });

export interface Delivery {
  readonly status: 'sent' | 'deferred' | 'bounced';
  /** Why, in the words of its log. */
  readonly says: string;
}

export interface SendingPostfix extends RunningPostfix {
  /** Hands it one mail, and waits until it has tried. */
  readonly deliver: (recipient: string) => Promise<Delivery>;
}

/** Sends only where DANE authenticates the server, by what this resolver says and has validated. */
export async function startSender(resolver: string): Promise<SendingPostfix> {
  const postfix = await start({
    ...{ name: 'sender.post.test', resolver, services: passingOn },
    main: [
      'mynetworks = 127.0.0.1/32',
      'smtpd_relay_restrictions = permit_mynetworks, reject',
      'smtp_tls_security_level = dane-only',
      'smtp_dns_support_level = dnssec',
      'smtp_tls_loglevel = 1',
      // Each mail is a session of its own, and one that failed holds up no other.
      'smtp_connection_cache_on_demand = no',
      'minimal_backoff_time = 1s',
      'queue_run_delay = 1s',
      'fast_flush_domains =',
    ],
  });
  const deliver = async (recipient: string): Promise<Delivery> => {
    const id = await handOver(postfix.port, recipient);
    for (let tries = 0; tries < 300; tries += 1) {
      const [, status, says = ''] =
        new RegExp(` ${id}: to=.* status=(sent|deferred|bounced) \\((.*)\\)`).exec(
          await postfix.log(),
        ) ?? [];
      if (status !== undefined) return { status: status as Delivery['status'], says };
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`nothing became of ${id}\n${await postfix.log()}`);
  };
  return { ...postfix, deliver };
}

/** One mail to a server that takes it for everybody; the number that it has in the queue. */
async function handOver(port: number, recipient: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  const answer = async (): Promise<string> => {
    for (;;) {
      const { value = '' } = await lines.next();
      if (/^\d{3}-/.test(value)) continue;
      if (/^[23]/.test(value)) return value;
      throw new Error(`the sender does not take the mail: ${value}`);
    }
  };
  await answer();
  let last = '';
  for (const line of ['HELO test', 'MAIL FROM:<>', `RCPT TO:<${recipient}>`, 'DATA', '.', 'QUIT']) {
    socket.write(`${line}\r\n`);
    const heard = await answer();
    if (line === '.') last = heard;
  }
  socket.destroy();
  return / queued as (\w+)/.exec(last)?.[1] ?? '';
}
