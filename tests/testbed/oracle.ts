/**
 * What others make of a name: unbound, asked as any mail server would ask it, and delv, which walks
 * the chain itself. Both are held to the words of our own validator.
 */
import { execFile } from 'node:child_process';
import net from 'node:net';
import { promisify } from 'node:util';
import { decodeMessage, encodeQuery } from '../../src/core/dns/message.ts';
import type { DomainName } from '../../src/core/dns/name.ts';
import type { RrType } from '../../src/core/dns/type.ts';

const run = promisify(execFile);

export type Status = 'secure' | 'insecure' | 'bogus';

export interface Opinion {
  readonly status: Status;
  /** Response code, or what delv said. */
  readonly said: string;
}

/**
 * One query over TCP, so that nothing is cut. `checkingDisabled` asks for the data unjudged. A
 * resolver on a busy machine may hang up without a word: then it is asked again, three times at most.
 */
export const queryOverTcp = async (
  port: number,
  name: DomainName,
  type: RrType,
  checkingDisabled: boolean,
): Promise<Uint8Array> => {
  for (let attempt = 1; ; attempt++)
    try {
      return await queryOnce(port, name, type, checkingDisabled);
    } catch (error) {
      if (attempt === 3) throw error;
    }
};

const queryOnce = (
  port: number,
  name: DomainName,
  type: RrType,
  checkingDisabled: boolean,
): Promise<Uint8Array> => {
  const query = encodeQuery({ name, type });
  if (!checkingDisabled) query[3]! &= ~0x10;
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1');
    let received = Buffer.alloc(0);
    socket.setTimeout(10_000, () => socket.destroy(new Error(`no answer for ${name} ${type}`)));
    socket.once('error', reject);
    socket.once('connect', () => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(query.length);
      socket.write(Buffer.concat([length, query]));
    });
    socket.on('data', (part) => {
      received = Buffer.concat([received, part]);
      if (received.length < 2 || received.length < 2 + received.readUInt16BE(0)) return;
      socket.destroy();
      resolve(Uint8Array.from(received.subarray(2, 2 + received.readUInt16BE(0))));
    });
    socket.once('close', () => reject(new Error(`connection closed for ${name} ${type}`)));
  });
};

/** AD is secure, SERVFAIL bogus, and the rest insecure. */
export const askUnbound = async (
  port: number,
  name: DomainName,
  type: RrType,
): Promise<Opinion> => {
  const decoded = decodeMessage(await queryOverTcp(port, name, type, false));
  if (!decoded.ok) throw new Error(`unreadable answer for ${name} ${type}`);
  const { rcode, authenticData, extendedErrors } = decoded.value;
  const notes = extendedErrors.map(({ code }) => ` EDE ${code}`).join('');
  return {
    status: rcode === 2 ? 'bogus' : authenticData ? 'secure' : 'insecure',
    said: `rcode ${rcode}${notes}`,
  };
};

/** delv walks by itself against the authority; it calls an answer validated when any part is. */
export const askDelv = async (
  port: number,
  anchorFile: string,
  name: DomainName,
  type: RrType,
): Promise<Opinion> => {
  const absolute = name === '.' ? '.' : `${name}.`;
  const asked = ['@127.0.0.1', '-p', String(port), '-a', anchorFile, '+root=.', absolute, type];
  const output = await run('delv', asked, { timeout: 20_000 }).then(
    ({ stdout, stderr }) => stdout + stderr,
    (failure: { stdout?: string; stderr?: string }) =>
      `${failure.stdout ?? ''}${failure.stderr ?? ''}`,
  );
  if (/fully validated/.test(output)) return { status: 'secure', said: 'fully validated' };
  if (/; unsigned answer/.test(output)) return { status: 'insecure', said: 'unsigned answer' };
  const negative = /resolution failed: (ncache nx(?:domain|rrset))/.exec(output)?.[1];
  if (negative !== undefined) return { status: 'insecure', said: negative };
  return { status: 'bogus', said: /resolution failed: (.*)/.exec(output)?.[1] ?? output.trim() };
};
