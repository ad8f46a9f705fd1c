/**
 * A world that really opens connections: the questions of `core/smtp/ask.ts` answered by a mail
 * server. A plain dialogue of EHLO and STARTTLS; then QUIT. Never a message: the one question that
 * would hand one over is refused.
 *
 * The other side is a stranger: lines, their number and every wait are bounded.
 */
import type net from 'node:net';
import type { AllAsk, Ask } from '../core/ask.ts';
import type { Tlsa } from '../core/dane/tlsa.ts';
import type {
  ConnectAnswer,
  ConnectAsk,
  EhloAnswer,
  HandshakeTrouble,
  StarttlsAnswer,
  StarttlsAsk,
} from '../core/smtp/ask.ts';
import { gatherChainFacts } from '../world/certificates/chain-facts.ts';
import type { Answered, LiveWorld } from '../world/run.ts';
import { openSocket, shakeHands, trustOf } from './presented.ts';

/** How long one step is waited for; RFC 5321 §4.5.3.2 has a sender wait five minutes. */
const stepSeconds = 15;
/** Of all replies of one connection together, also those that were read already. */
const repliesOctetsMost = 32 * 1024;
/** RFC 5321 §4.5.3.1.5 allows 512 octets. */
const lineCharactersMost = 512;

interface Session {
  readonly socket: net.Socket;
  readonly replies: Replies;
}

/** What TLS agreed on, beside what the core wants to know. */
export interface Agreed {
  readonly protocol: string;
  readonly cipher: string;
}

interface SmtpWorld extends LiveWorld {
  /** Of the last handshake that succeeded. */
  readonly agreed: Agreed | undefined;
  /** Certificates that were sent and not looked at: too many, or unreadable. */
  readonly leftOut: number;
  /** The lines that were heard and said, in order; theirs begin with a number. */
  readonly lines: readonly string[];
  close(): void;
}

type NoReply = 'silent' | 'closed' | 'too-much';

/** A whole reply; or what there was of one, and why there is no more. */
interface Reply {
  readonly lines: readonly string[];
  readonly why?: NoReply;
}

/** Replies of the server, each of one or more lines (RFC 5321 §4.2.1). */
class Replies {
  #text = '';
  #heardOctets = 0;
  #isOver = false;
  /** Called when there is something new. */
  #wake = (): void => undefined;
  readonly #socket: net.Socket;
  readonly #seconds: number;

  constructor(socket: net.Socket, seconds: number) {
    this.#socket = socket;
    this.#seconds = seconds;
    socket.on('data', this.#take);
    for (const event of ['end', 'close', 'error'] as const)
      socket.on(event, () => {
        this.#isOver = true;
        this.#wake();
      });
  }

  /** Why no more comes, where none does. */
  get #end(): 'too-much' | 'closed' | undefined {
    if (this.#heardOctets > repliesOctetsMost) return 'too-much';
    return this.#isOver ? 'closed' : undefined;
  }

  readonly #take = (chunk: Buffer): void => {
    this.#heardOctets += chunk.length;
    this.#text += chunk.toString('latin1');
    if (this.#end === 'too-much') {
      // Nothing more is listened to: a server that never stops must not fill the memory meanwhile.
      this.#text = this.#text.slice(0, lineCharactersMost);
      this.#socket.off('data', this.#take);
      this.#socket.destroy();
    }
    this.#wake();
  };

  #nextLine(): string | undefined {
    const end = this.#text.indexOf('\n');
    if (end < 0) return undefined;
    const line = this.#text.slice(0, end).replace(/\r$/, '');
    this.#text = this.#text.slice(end + 1);
    return line;
  }

  async next(): Promise<Reply> {
    const late = AbortSignal.timeout(this.#seconds * 1000);
    late.addEventListener('abort', () => this.#wake());
    const lines: string[] = [];
    for (;;) {
      const line = this.#nextLine();
      const why = this.#end ?? (late.aborted ? 'silent' : undefined);
      if (line !== undefined) {
        lines.push(line);
        // "250-" goes on, "250 " ends.
        if (!/^\d{3}-/.test(line)) return { lines };
      } else if (why !== undefined) {
        // What a server says last it often says without an end.
        const rest = this.#text === '' ? [] : [this.#text];
        this.#text = '';
        return { lines: [...lines, ...rest], why };
      } else await new Promise<void>((resolve) => (this.#wake = resolve));
    }
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
  /** For the dates of issuers. */
  readonly nowSeconds: number;
  readonly seconds?: number | undefined;
  /** What is offered to the server, which then shows a certificate of that kind; all that OpenSSL knows unless given. */
  readonly signatureAlgorithms?: string | undefined;
  readonly signal: AbortSignal;
}): SmtpWorld {
  const { port, tlsa, nowSeconds, signal, seconds = stepSeconds } = options;
  const sessions: Session[] = [];
  const lines: string[] = [];
  let agreed: Agreed | undefined;
  let leftOut = 0;

  const hear = async (replies: Replies): Promise<Reply> => {
    const reply = await replies.next();
    lines.push(...reply.lines);
    return reply;
  };
  const say = (socket: net.Socket, line: string) => {
    lines.push(line);
    socket.write(`${line}\r\n`);
  };

  async function connect({ address }: ConnectAsk): Promise<ConnectAnswer> {
    const socket = await openSocket(address, port, seconds, signal);
    if (socket === 'timeout') return { kind: 'failed', why: socket, seconds };
    if (socket === 'refused') return { kind: 'failed', why: socket };
    const replies = new Replies(socket, seconds);
    const greeting = await hear(replies);
    const [first] = greeting.lines;
    if (greeting.why !== undefined || first?.startsWith('220') !== true) {
      socket.destroy();
      if (first !== undefined && !first.startsWith('220'))
        return {
          kind: 'failed',
          why: /^[45]\d\d/.test(first) ? 'turned-away' : 'not-a-greeting',
          lines: greeting.lines,
        };
      return {
        kind: 'failed',
        why: greeting.why ?? 'closed',
        lines: greeting.lines,
        ...(greeting.why === 'silent' && { seconds }),
      };
    }
    sessions.push({ socket, replies });
    return { kind: 'open', session: sessions.length - 1, greeting: first };
  }

  async function ehlo({ socket, replies }: Session): Promise<EhloAnswer> {
    say(socket, `EHLO ${literal(socket)}`);
    const { lines: reply, why } = await hear(replies);
    const offers = why === undefined && reply.some((line) => /^250[- ]STARTTLS\s*$/i.test(line));
    return {
      starttls: offers,
      lines: reply,
      ...(why !== undefined && { why }),
      ...(why === 'silent' && { seconds }),
    };
  }

  async function starttls({ session, serverName }: StarttlsAsk): Promise<StarttlsAnswer> {
    const { socket, replies } = sessions[session]!;
    say(socket, 'STARTTLS');
    const reply = await hear(replies);
    const [line = ''] = reply.lines;
    const fail = (trouble: HandshakeTrouble): StarttlsAnswer => ({
      kind: 'failed',
      why: 'handshake',
      line,
      trouble,
    });
    if (reply.why === 'silent') return fail({ kind: 'silent', seconds });
    if (line === '') return fail({ kind: 'closed' });
    if (!line.startsWith('220')) return { kind: 'failed', why: 'refused', line };
    if (!replies.letGo()) return fail({ kind: 'words-before-tls' });
    const { signatureAlgorithms } = options;
    const shaken = await shakeHands(socket, serverName, seconds, signatureAlgorithms);
    if (shaken.kind === 'failed') return fail(shaken.trouble);
    const { secure, sent } = shaken;
    leftOut = shaken.leftOut;
    agreed = { protocol: secure.getProtocol() ?? '', cipher: secure.getCipher().name };
    const { certificates, facts } = await gatherChainFacts(sent, tlsa);
    say(secure, 'QUIT');
    secure.end();
    return { kind: 'tls', line, chain: certificates, ...trustOf(certificates, nowSeconds), facts };
  }

  return {
    lines,
    get agreed() {
      return agreed;
    },
    get leftOut() {
      return leftOut;
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
