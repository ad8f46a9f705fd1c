/**
 * The exchanges of a trace: each question with its words on the wire. Wire words are the same in
 * every language.
 */
import type { LookupAnswer } from '../../core/ask.ts';
import { formatData } from '../../core/dns/format.ts';
import type {
  ConnectAnswer,
  DeliverAnswer,
  EhloAnswer,
  FetchPolicyAnswer,
  StarttlsAnswer,
} from '../../core/smtp/ask.ts';
import type { Evidence } from '../../core/trace.ts';
import type { CastMember, Exchange } from './exchange.ts';
import { showWire, type AskedEvent } from './wire.ts';

function lookupWords(answer: LookupAnswer): string | undefined {
  if (answer.kind === 'failed')
    return answer.why === 'timeout'
      ? undefined
      : answer.why === 'bogus'
        ? 'bogus'
        : answer.why.toUpperCase();
  const mark = answer.security === 'secure' ? ' · DNSSEC' : '';
  if (answer.kind === 'absent') return answer.denial.toUpperCase() + mark;
  return answer.records.map(formatData).join(', ') + mark;
}

const namesOf = (presented: {
  readonly chain: readonly { readonly dnsNames: readonly string[] }[];
}) => presented.chain[0]?.dnsNames.join(', ') ?? '';

/** The words of an answer, by the kind of question; undefined: silence. */
function answerWords(kind: string, value: unknown): string | undefined {
  switch (kind) {
    case 'lookup':
      return lookupWords(value as LookupAnswer);
    case 'connect': {
      const answer = value as ConnectAnswer;
      if (answer.kind === 'open') return answer.greeting;
      return answer.why === 'timeout' ? undefined : answer.why;
    }
    case 'ehlo': {
      const answer = value as EhloAnswer;
      return answer.lines.find((line) => /STARTTLS/i.test(line)) ?? answer.lines.at(-1);
    }
    case 'starttls': {
      const answer = value as StarttlsAnswer;
      return answer.kind === 'tls' ? `TLS · ${namesOf(answer)}` : answer.line;
    }
    case 'deliver':
      return (value as DeliverAnswer).line;
    case 'fetch-policy': {
      const answer = value as FetchPolicyAnswer;
      if (answer.kind === 'failed') return answer.why;
      return `${answer.status} ${/mode:\s*\w+/.exec(answer.body)?.[0] ?? ''}`.trim();
    }
    default:
      return undefined;
  }
}

/** Whom a question goes to, and its words. `now` and the like are no exchange. */
function questionWords(ask: AskedEvent['ask']): readonly [CastMember, string] | undefined {
  switch (ask.ask) {
    case 'lookup':
      return ['dns', `${ask.type} ${ask.name}`];
    case 'connect':
      return ['receiver', `${ask.address}:25`];
    case 'ehlo':
      return ['receiver', 'EHLO'];
    case 'starttls':
      return ['receiver', ask.serverName ? `STARTTLS · SNI ${ask.serverName}` : 'STARTTLS'];
    case 'deliver':
      return ['receiver', 'MAIL, RCPT, DATA'];
    case 'fetch-policy':
      return ['policy-host', `GET ${ask.host}${ask.path}`];
    default:
      return undefined;
  }
}

/**
 * `theirs`: is this address, or this session, the attacker's own server?
 * `sealed`: did STARTTLS succeed on this session before?
 */
export function showExchange(
  event: AskedEvent,
  theirs: boolean,
  sealed: boolean,
): Exchange | undefined {
  const asked = questionWords(event.ask);
  if (!asked) return undefined;
  const [member, question] = asked;
  const answer = answerWords(event.ask.ask, event.answer);
  // A message handed over is not changed: it is read on the way, or taken by whoever posed.
  const overheard = event.ask.ask === 'deliver' && event.tampered !== undefined && !theirs;
  const tampered = event.tampered !== undefined && event.ask.ask !== 'deliver' && !theirs;
  const original =
    !tampered || event.tampered?.original === undefined
      ? undefined
      : answerWords(event.ask.ask, event.tampered.original);
  return {
    with: theirs ? 'attacker' : member,
    question,
    ...(answer === undefined ? {} : { answer }),
    tampered,
    overheard,
    sealed,
    ...(original === undefined ? {} : { original }),
    wire: showWire(event),
  };
}

/** What a step says of the memory: what is looked up there, what is found, what is put away. */
export function showMemory(rule: string, evidence: Evidence): Exchange | undefined {
  const [room, what] = rule.split('.');
  if (room !== 'mta-sts' && room !== 'sts-2016') return undefined;
  const text = (name: string): string => {
    const value = evidence[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  const about = text('id') || text('text') || text('domain');
  const inside = { with: 'memory', tampered: false, overheard: false, sealed: false } as const;
  const recalled = (answer: string): Exchange => ({ ...inside, question: '?', answer });
  switch (what) {
    case 'policy-cached':
      return { ...inside, question: `+ ${about}`.trim() };
    case 'cached-policy-used':
    case 'policy-unchanged':
      return recalled(about || '✓');
    case 'policy-expired':
    case 'no-policy':
      return recalled('∅');
    default:
      return undefined;
  }
}
