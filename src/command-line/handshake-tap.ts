/**
 * The certificates exactly as a server sent them: all of them, in its order.
 *
 * Node cannot tell. `getPeerCertificate(true)` and `issuerCertificate` walk from issuer to issuer, so that
 * strangers, doubles, second issuers and whatever stands in another order get lost, and a chain that is
 * right (RFC 8446 §4.4.2 allows any order after the first) looks incomplete. So the octets of the
 * handshake are kept as they pass, and its Certificate message is read out of them: in TLS 1.2 it is
 * plain (RFC 5246 §7.4.2), in TLS 1.3 it is opened with the key that Node hands out for analysis
 * (`keylog`; RFC 8446 §5.2, §7.1, §7.3). One handshake, the real one, and nothing is believed that Node
 * did not check as well: a chain whose first certificate is not the one Node saw is no chain.
 */
import { createDecipheriv, createHmac } from 'node:crypto';
import type net from 'node:net';
import { Duplex } from 'node:stream';
import type tls from 'node:tls';
import type { HandshakeTrouble } from '../core/smtp/ask.ts';

/** OpenSSL itself takes no more than 100 kB of certificates. */
const handshakeOctetsMost = 256 * 1024;

/** A socket with an ear: hands everything on, and keeps what came in until `forget`. */
export class HandshakeTap extends Duplex {
  #heard: Buffer[] = [];
  #length = 0;
  #isListening = true;
  readonly #socket: net.Socket;

  constructor(socket: net.Socket) {
    super();
    this.#socket = socket;
    // Told by the TLS socket above; unheard here it would end the process.
    this.on('error', () => undefined);
    socket.on('data', (chunk: Buffer) => {
      if (this.#isListening) this.#keep(chunk);
      if (!this.push(chunk)) socket.pause();
    });
    socket.once('end', () => this.push(null));
    socket.once('error', (error) => this.destroy(error));
    socket.once('close', () => this.destroy());
  }

  #keep(chunk: Buffer): void {
    this.#length += chunk.length;
    if (this.#length > handshakeOctetsMost) this.#isListening = false;
    else this.#heard.push(chunk);
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(chunk: Buffer, encoding: BufferEncoding, done: (error?: Error | null) => void) {
    this.#socket.write(chunk, encoding, done);
  }

  override _final(done: () => void): void {
    this.#socket.end(done);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#socket.destroy();
    done(error);
  }

  /** What came in so far; nothing is kept from now on. */
  takeHeard(): Buffer {
    const heard = Buffer.concat(this.#heard);
    this.#heard = [];
    this.#isListening = false;
    return heard;
  }
}

/**
 * To be called before the handshake; the result after it. DER, in the order sent; undefined where
 * nothing can be read.
 */
export function listenForCertificates(
  secure: tls.TLSSocket,
  tap: HandshakeTap,
): () => readonly Uint8Array[] | undefined {
  let secret: Buffer | undefined;
  secure.on('keylog', (line: Buffer) => {
    const [label, , hex] = line.toString('latin1').trim().split(' ');
    if (label === 'SERVER_HANDSHAKE_TRAFFIC_SECRET') secret = Buffer.from(hex ?? '', 'hex');
  });
  return () => {
    const sent = certificatesIn(tap.takeHeard(), secret);
    const [leaf] = sent ?? [];
    const seen = secure.getPeerCertificate().raw as Buffer | undefined;
    return leaf !== undefined && seen?.equals(leaf) === true ? sent : undefined;
  };
}

const recordType = { alert: 21, handshake: 22, applicationData: 23 } as const;
const messageType = { serverHello: 2, certificate: 11 } as const;

/** The Certificate message in the octets that a server sent, of TLS 1.2 or 1.3. */
export function certificatesIn(
  heard: Buffer,
  secret: Buffer | undefined,
): readonly Uint8Array[] | undefined {
  // What records hold, put together once: a server may send them one octet at a time.
  const gathered = Buffer.alloc(heard.length);
  let filled = 0;
  let at = 0;
  let suite: number | undefined;
  let opener: ((record: Buffer, header: Buffer) => Buffer | undefined) | undefined;
  for (const { type, header, body } of recordsIn(heard)) {
    if (type === recordType.handshake) filled += body.copy(gathered, filled);
    else if (type === recordType.applicationData) {
      opener ??= secret === undefined ? undefined : openerOf(suite, secret);
      const inner = opener?.(body, header);
      if (inner === undefined) return undefined;
      filled += inner.copy(gathered, filled);
    } else continue;
    for (;;) {
      const messageEnd = filled < at + 4 ? Infinity : at + 4 + gathered.readUIntBE(at + 1, 3);
      if (messageEnd > filled) break;
      const content = gathered.subarray(at + 4, messageEnd);
      // A second one follows a HelloRetryRequest; the last counts.
      if (gathered[at] === messageType.serverHello) suite = suiteOf(content);
      if (gathered[at] === messageType.certificate) return entriesOf(content, opener !== undefined);
      at = messageEnd;
    }
  }
  return undefined;
}

function* recordsIn(heard: Buffer) {
  for (let at = 0; at + 5 <= heard.length;) {
    const end = at + 5 + heard.readUInt16BE(at + 3);
    if (end > heard.length) return;
    const header = heard.subarray(at, at + 5);
    yield { type: heard[at], header, body: heard.subarray(at + 5, end) };
    at = end;
  }
}

/** Version, random, session id, then the cipher suite (RFC 8446 §4.1.3). */
function suiteOf(hello: Buffer): number | undefined {
  const at = 35 + (hello[34] ?? 0);
  return at + 2 <= hello.length ? hello.readUInt16BE(at) : undefined;
}

/** RFC 8446 §B.4: digest, cipher and octets of its key. */
const suites = {
  0x1301: { digest: 'sha256', cipher: 'aes-128-gcm', keyOctets: 16 },
  0x1302: { digest: 'sha384', cipher: 'aes-256-gcm', keyOctets: 32 },
  0x1303: { digest: 'sha256', cipher: 'chacha20-poly1305', keyOctets: 32 },
} as const;
const tagOctets = 16;

/** Opens the server's records in their order (RFC 8446 §5.2, §5.3). */
function openerOf(suite: number | undefined, secret: Buffer) {
  const found = suites[suite as keyof typeof suites] as
    (typeof suites)[keyof typeof suites] | undefined;
  if (found === undefined) return undefined;
  const key = expandLabel(found.digest, secret, 'key', found.keyOctets);
  const iv = expandLabel(found.digest, secret, 'iv', 12);
  let sequence = 0n;
  return (record: Buffer, header: Buffer): Buffer | undefined => {
    if (record.length < tagOctets) return undefined;
    const nonce = Buffer.from(iv);
    nonce.writeBigUInt64BE(nonce.readBigUInt64BE(4) ^ sequence, 4);
    sequence += 1n;
    // One shape for all three; the types of Node know each cipher apart.
    const decipher = createDecipheriv(found.cipher as 'aes-256-gcm', key, nonce, {
      authTagLength: tagOctets,
    });
    decipher.setAAD(header);
    decipher.setAuthTag(record.subarray(record.length - tagOctets));
    try {
      const inner = Buffer.concat([
        decipher.update(record.subarray(0, -tagOctets)),
        decipher.final(),
      ]);
      // Zeros may fill it up; before them stands the type of what is inside.
      let end = inner.length - 1;
      while (end >= 0 && inner[end] === 0) end -= 1;
      return inner[end] === recordType.handshake ? inner.subarray(0, end) : undefined;
    } catch {
      // Not sealed with this key.
      return undefined;
    }
  };
}

/** HKDF-Expand-Label (RFC 8446 §7.1) with an empty context; one block is enough for a key. */
function expandLabel(digest: string, secret: Buffer, label: string, octets: number): Buffer {
  const name = Buffer.from(`tls13 ${label}`, 'latin1');
  const info = Buffer.from([0, octets, name.length, ...name, 0, 1]);
  return createHmac(digest, secret).update(info).digest().subarray(0, octets);
}

/** In TLS 1.3 a context stands before the list, and extensions behind each certificate (RFC 8446 §4.4.2). */
function entriesOf(content: Buffer, isTls13: boolean): readonly Uint8Array[] | undefined {
  const start = isTls13 ? 1 + (content[0] ?? 0) : 0;
  if (start + 3 > content.length) return undefined;
  const end = start + 3 + content.readUIntBE(start, 3);
  if (end > content.length) return undefined;
  const found: Uint8Array[] = [];
  for (let at = start + 3; at < end;) {
    if (at + 3 > end) return undefined;
    const after = at + 3 + content.readUIntBE(at, 3);
    if (after > end || (isTls13 && after + 2 > end)) return undefined;
    found.push(new Uint8Array(content.subarray(at + 3, after)));
    at = isTls13 ? after + 2 + content.readUInt16BE(after) : after;
  }
  return found;
}

/** Names of alerts (RFC 8446 §6, and RFC 5246 §7.2 for the older). */
const alertNames: Readonly<Record<number, string>> = {
  0: 'close_notify',
  10: 'unexpected_message',
  20: 'bad_record_mac',
  22: 'record_overflow',
  40: 'handshake_failure',
  42: 'bad_certificate',
  43: 'unsupported_certificate',
  44: 'certificate_revoked',
  45: 'certificate_expired',
  46: 'certificate_unknown',
  47: 'illegal_parameter',
  48: 'unknown_ca',
  49: 'access_denied',
  50: 'decode_error',
  51: 'decrypt_error',
  70: 'protocol_version',
  71: 'insufficient_security',
  80: 'internal_error',
  86: 'inappropriate_fallback',
  90: 'user_canceled',
  109: 'missing_extension',
  110: 'unsupported_extension',
  112: 'unrecognized_name',
  113: 'bad_certificate_status_response',
  115: 'unknown_psk_identity',
  116: 'certificate_required',
  120: 'no_application_protocol',
};

const oldVersions: Readonly<Record<number, string>> = {
  0x0300: 'SSL 3.0',
  0x0301: 'TLS 1.0',
  0x0302: 'TLS 1.1',
};

/**
 * Why a handshake failed, by what the server sent; `code` is what Node said, for faults that this side
 * found.
 */
export function troubleIn(heard: Buffer, code: string | undefined): HandshakeTrouble {
  if (heard.length > 0 && ![20, 21, 22, 23].includes(heard[0] ?? 0)) return { kind: 'not-tls' };
  for (const { type, body } of recordsIn(heard)) {
    // An encrypted alert has no two octets of its own.
    if (type === recordType.alert && body.length === 2)
      return { kind: 'alert', alert: alertNames[body[1] ?? -1] ?? String(body[1]) };
    if (type !== recordType.handshake || body[0] !== messageType.serverHello) continue;
    const version = body.length < 6 ? undefined : oldVersions[body.readUInt16BE(4)];
    if (version !== undefined) return { kind: 'old-version', version };
  }
  // Node speaks of the system (ECONNRESET) where the connection ended, else of the library.
  return code === undefined || !code.startsWith('ERR_SSL')
    ? { kind: 'closed' }
    : { kind: 'refused-here', code };
}
