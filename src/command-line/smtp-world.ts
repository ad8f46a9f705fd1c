/**
 * A world that really opens connections: the questions of `core/smtp/ask.ts` answered by a mail
 * server. A plain dialogue of EHLO and STARTTLS; then QUIT. Never a message: the one question that
 * would hand one over is refused.
 *
 * The other side is a stranger: lines, their number and every wait are bounded.
 */
import net from 'node:net';
import tls from 'node:tls';
import type { AllAsk, Ask } from '../core/ask.ts';
import type { Tlsa } from '../core/dane/tlsa.ts';
import type {
  ConnectAnswer,
  ConnectAsk,
  EhloAnswer,
  StarttlsAnswer,
  StarttlsAsk,
} from '../core/smtp/ask.ts';
import { gatherChainFacts } from '../world/chain-facts.ts';
import type { Answered, LiveWorld } from '../world/run.ts';
import { leadsToTrustedRoot, sentChain } from './presented.ts';

const stepSeconds = 15;
/** Of all replies of one connection together, also those that were read already. */
const heardOctetsMost = 32 * 1024;

interface Session {
  readonly host: string;
  readonly socket: net.Socket;
  readonly replies: Replies;
}

/** What TLS agreed on, beside what the core wants to know. */
export interface Agreed {
  readonly protocol: string;
  readonly cipher: string;
}

export interface SmtpWorld extends LiveWorld {
  /** Of the last handshake that succeeded. */
  readonly agreed: Agreed | undefined;
  /** The lines that were heard and said, in order; theirs begin with a number. */
  readonly lines: readonly string[];
  close(): void;
}

/** Replies of the server, each of one or more lines (RFC 5321 §4.2.1). */
class Replies {
  #text = '';
  #heardOctets = 0;
  #lines: string[] = [];
  #waiting: ((reply: readonly string[] | undefined) => void) | undefined;
  #isOver = false;
  readonly #socket: net.Socket;

  constructor(socket: net.Socket) {
    this.#socket = socket;
    socket.on('data', this.#take);
    for (const event of ['end', 'close', 'error'] as const) socket.on(event, this.#end);
  }

  readonly #take = (chunk: Buffer): void => {
    this.#heardOctets += chunk.length;
    if (this.#heardOctets > heardOctetsMost) {
      // Nothing more is listened to: a server that never stops must not fill the memory meanwhile.
      this.#text = '';
      this.#socket.off('data', this.#take);
      this.#socket.destroy();
      this.#end();
      return;
    }
    this.#text += chunk.toString('latin1');
    this.#settle();
  };

  readonly #end = (): void => {
    this.#isOver = true;
    this.#settle();
  };

  #settle(): void {
    for (;;) {
      const end = this.#text.indexOf('\n');
      if (end < 0 || !this.#waiting) break;
      const line = this.#text.slice(0, end).replace(/\r$/, '');
      this.#text = this.#text.slice(end + 1);
      this.#lines.push(line);
      // "250-" goes on, "250 " ends.
      if (/^\d{3}-/.test(line)) continue;
      this.#answer(this.#lines);
      this.#lines = [];
    }
    if (this.#isOver) this.#answer(undefined);
  }

  #answer(reply: readonly string[] | undefined): void {
    this.#waiting?.(reply);
    this.#waiting = undefined;
  }

  /** The next reply; undefined where the server is silent, gone or says too much. */
  next(): Promise<readonly string[] | undefined> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#answer(undefined), stepSeconds * 1000);
      this.#waiting = (reply) => {
        clearTimeout(timer);
        resolve(reply);
      };
      this.#settle();
    });
  }

  /**
   * Hands the connection over to TLS. False where the server has already said more: what stands
   * before the handshake could be anybody's, and must not count as said inside it (RFC 3207 §4.2).
   */
  letGo(): boolean {
    this.#socket.off('data', this.#take);
    return this.#text === '';
  }
}

/** Our name in EHLO: the address we come from, as a literal (RFC 5321 §4.1.3). */
const literal = ({ localAddress = '127.0.0.1' }: net.Socket): string =>
  localAddress.includes(':') ? `[IPv6:${localAddress}]` : `[${localAddress}]`;

export function openSmtpWorld(options: {
  readonly port: number;
  /** Whose digests and signatures the core will want to compare. */
  readonly tlsa: readonly Tlsa[];
  readonly signal: AbortSignal;
}): SmtpWorld {
  const { port, tlsa, signal } = options;
  const sessions: Session[] = [];
  const lines: string[] = [];
  let agreed: Agreed | undefined;

  const hear = async (replies: Replies): Promise<readonly string[]> => {
    const reply = (await replies.next()) ?? [];
    lines.push(...reply);
    return reply;
  };
  const say = (socket: net.Socket, line: string) => {
    lines.push(line);
    socket.write(`${line}\r\n`);
  };

  async function connect({ host, address }: ConnectAsk): Promise<ConnectAnswer> {
    const socket = net.connect({ host: address, port, signal });
    // Whatever goes wrong later ends the replies; unheard it would end the process.
    socket.on('error', () => undefined);
    const opened = await new Promise<'open' | 'refused' | 'timeout'>((resolve) => {
      socket.setTimeout(stepSeconds * 1000, () => resolve('timeout'));
      socket.once('connect', () => resolve('open'));
      socket.once('error', () => resolve('refused'));
    });
    if (opened !== 'open') {
      socket.destroy();
      return { kind: 'failed', why: opened };
    }
    const replies = new Replies(socket);
    const [greeting] = await hear(replies);
    if (!greeting?.startsWith('220')) {
      socket.destroy();
      return { kind: 'failed', why: greeting === undefined ? 'timeout' : 'refused' };
    }
    sessions.push({ host, socket, replies });
    return { kind: 'open', session: sessions.length - 1, greeting };
  }

  async function ehlo({ socket, replies }: Session): Promise<EhloAnswer> {
    say(socket, `EHLO ${literal(socket)}`);
    const reply = await hear(replies);
    const offers = reply.some((line) => /^250[- ]STARTTLS\s*$/i.test(line));
    return { starttls: offers, lines: reply };
  }

  async function starttls({ session, serverName }: StarttlsAsk): Promise<StarttlsAnswer> {
    const { socket, replies } = sessions[session]!;
    say(socket, 'STARTTLS');
    const [line = ''] = await hear(replies);
    if (!line.startsWith('220')) return { kind: 'failed', why: 'refused', line };
    if (!replies.letGo()) return { kind: 'failed', why: 'handshake', line };
    // No roots here: the chain must be what the server sent, not what this machine knows.
    const secure = tls.connect({
      socket,
      ca: [],
      rejectUnauthorized: false,
      ...(serverName !== undefined && { servername: serverName }),
    });
    const isOpen = await new Promise<boolean>((resolve) => {
      secure.setTimeout(stepSeconds * 1000, () => resolve(false));
      secure.once('secureConnect', () => resolve(true));
      secure.once('error', () => resolve(false));
      secure.once('close', () => resolve(false));
    });
    secure.on('error', () => undefined);
    const sent = isOpen ? sentChain(secure) : undefined;
    if (sent === undefined) {
      secure.destroy();
      return { kind: 'failed', why: 'handshake', line };
    }
    agreed = { protocol: secure.getProtocol() ?? '', cipher: secure.getCipher().name };
    const { certificates, facts } = await gatherChainFacts(sent, tlsa);
    say(secure, 'QUIT');
    secure.end();
    return {
      kind: 'tls',
      line,
      chain: certificates,
      leadsToTrustedRoot: leadsToTrustedRoot(sent),
      facts,
    };
  }

  return {
    lines,
    get agreed() {
      return agreed;
    },
    close() {
      for (const { socket } of sessions) socket.destroy();
    },
    async answer(question: Exclude<Ask, AllAsk>): Promise<Answered> {
      switch (question.ask) {
        case 'connect':
          return { answer: await connect(question) };
        case 'ehlo':
          return { answer: await ehlo(sessions[question.session]!) };
        case 'starttls':
          return { answer: await starttls(question) };
        default:
          throw new Error(`the connecting world does not answer "${question.ask}"`);
      }
    },
  };
}
