/**
 * What went over the line, stretch by stretch: each stretch with a note (a message key) and, where
 * a standard owns it, the clause.
 */
import type { LookupAnswer } from '../../core/ask.ts';
import { cite, type Citation } from '../../core/cite.ts';
import type { ResourceRecord } from '../../core/dns/record.ts';
import type {
  ConnectAnswer,
  DeliverAnswer,
  EhloAnswer,
  FetchPolicyAnswer,
  StarttlsAnswer,
} from '../../core/smtp/ask.ts';
import type { TraceEvent } from '../../core/trace.ts';
import type { Wire, WireLine, WireSpan } from './exchange.ts';
import { hexOf, recordData, textOf } from './record-words.ts';

export type AskedEvent = Extract<TraceEvent, { kind: 'asked' }>;

const span = (text: string, note?: string, clause?: Citation): WireSpan => ({
  text,
  ...(note === undefined ? {} : { note: `wire.${note}` }),
  ...(clause === undefined ? {} : { clause }),
});
const line = (...spans: WireSpan[]): WireLine => ({ spans });

/** Notes by the field that begins a part of a record or policy, with the clause that owns it. */
const fields: Readonly<Record<string, readonly [string, Citation]>> = {
  'v=STSv1': ['sts.version', cite('rfc8461', '3.1')],
  'id=': ['sts.id', cite('rfc8461', '3.1')],
  'version:': ['policy.version', cite('rfc8461', '3.2')],
  'mode:': ['policy.mode', cite('rfc8461', '3.2')],
  'mx:': ['policy.mx', cite('rfc8461', '4.1')],
  'max_age:': ['policy.max-age', cite('rfc8461', '3.2')],
  'v=STS1': ['draft.version', cite('smtp-sts-2016', '3.1')],
  'to=': ['draft.to', cite('smtp-sts-2016', '3')],
  'mx=': ['draft.mx', cite('smtp-sts-2016', '3')],
  'a=': ['draft.a', cite('smtp-sts-2016', '3')],
  'c=': ['draft.c', cite('smtp-sts-2016', '3')],
  'e=': ['draft.e', cite('smtp-sts-2016', '3.2')],
  'rua=': ['draft.rua', cite('smtp-sts-2016', '3')],
};

function fieldSpan(text: string): WireSpan {
  const start = text.trimStart();
  const found = Object.entries(fields).find(([begin]) => start.startsWith(begin));
  return found ? span(text, ...found[1]) : span(text);
}

const textSpans = (text: string): WireSpan[] => text.split(/(?<=;)/).map((part) => fieldSpan(part));

/** One record, its data divided as its standard divides it. */
function recordSpans(record: ResourceRecord): WireSpan[] {
  const owner = span(`${record.name}. ${record.ttlSeconds} IN ${record.type} `);
  if (record.type === 'TLSA' && 'usage' in record)
    return [
      owner,
      span(`${record.usage} `, `tlsa.usage.${known(record.usage, 3)}`, cite('rfc6698', '2.1.1')),
      span(
        `${record.selector} `,
        `tlsa.selector.${known(record.selector, 1)}`,
        cite('rfc6698', '2.1.2'),
      ),
      span(
        `${record.matchingType} `,
        `tlsa.matching.${known(record.matchingType, 2)}`,
        cite('rfc6698', '2.1.3'),
      ),
      span(hexOf(record.association), 'tlsa.association', cite('rfc6698', '2.1.4')),
    ];
  if (record.type === 'MX' && 'exchange' in record)
    return [
      owner,
      span(`${record.preference} `, 'mx.preference', cite('rfc5321', '5.1')),
      span(`${record.exchange}.`, 'mx.exchange', cite('rfc5321', '5.1')),
    ];
  if (record.type === 'TXT' && 'strings' in record)
    return [owner, span('"'), ...textSpans(textOf(record.strings)), span('"')];
  return [owner, span(recordData(record))];
}

const known = (value: number, highest: number): string =>
  value >= 0 && value <= highest ? String(value) : 'unknown';

function lookupLines(answer: LookupAnswer): WireLine[] {
  if (answer.kind === 'failed')
    return answer.why === 'timeout' ? [] : [line(span(answer.why, `lookup.${answer.why}`))];
  const status = line(
    span(
      answer.kind === 'absent' ? answer.denial.toUpperCase() : 'NOERROR',
      `lookup.${answer.kind === 'absent' ? answer.denial : 'found'}`,
    ),
    span(' '),
    span(answer.security, `lookup.${answer.security}`, cite('rfc4033', '5')),
  );
  const aliases = answer.aliases.map(({ from, to, security }) =>
    line(span(`${from}. CNAME ${to}. `), span(security, `lookup.${security}`)),
  );
  const records =
    answer.kind === 'found' ? answer.records.map((record) => line(...recordSpans(record))) : [];
  return [status, ...aliases, ...records];
}

/** The certificate shown: names, dates and issuer, as far as this world has them. */
function presentedLines(answer: {
  readonly chain: readonly {
    readonly dnsNames: readonly string[];
    readonly commonName?: string;
    readonly notAfterSeconds: number;
  }[];
  readonly leadsToTrustedRoot: boolean;
}): WireLine[] {
  const leaf = answer.chain[0];
  if (!leaf) return [];
  return [
    line(
      span(
        leaf.dnsNames.length > 0 ? leaf.dnsNames.join(', ') : `CN=${leaf.commonName ?? ''}`,
        leaf.dnsNames.length > 0 ? 'certificate.names' : 'certificate.common-name',
      ),
    ),
    line(
      span(
        answer.leadsToTrustedRoot ? '✓' : '✗',
        answer.leadsToTrustedRoot ? 'certificate.trusted' : 'certificate.not-trusted',
      ),
    ),
    line(
      span(new Date(leaf.notAfterSeconds * 1000).toISOString().slice(0, 10), 'certificate.until'),
    ),
  ];
}

const smtpNotes: readonly (readonly [RegExp, string, Citation])[] = [
  [/^250[- ]STARTTLS/i, 'smtp.starttls', cite('rfc3207', '2')],
  [/^220/, 'smtp.greeting', cite('rfc5321', '4.2')],
  [/^250/, 'smtp.ok', cite('rfc5321', '4.2.1')],
  [/^4\d\d/, 'smtp.later', cite('rfc5321', '4.2.1')],
  [/^5\d\d/, 'smtp.no', cite('rfc5321', '4.2.1')],
];

function smtpLine(text: string): WireLine {
  const note = smtpNotes.find(([pattern]) => pattern.test(text));
  return line(note ? span(text, note[1], note[2]) : span(text));
}

function answerLines(kind: string, value: unknown): WireLine[] {
  switch (kind) {
    case 'lookup':
      return lookupLines(value as LookupAnswer);
    case 'connect': {
      const answer = value as ConnectAnswer;
      if (answer.kind === 'open') return [smtpLine(answer.greeting)];
      return answer.why === 'timeout' ? [] : [line(span(answer.why))];
    }
    case 'ehlo':
      return (value as EhloAnswer).lines.map(smtpLine);
    case 'starttls': {
      const answer = value as StarttlsAnswer;
      return [smtpLine(answer.line), ...(answer.kind === 'tls' ? presentedLines(answer) : [])];
    }
    case 'deliver':
      return [smtpLine((value as DeliverAnswer).line)];
    case 'fetch-policy': {
      const answer = value as FetchPolicyAnswer;
      if (answer.kind === 'failed') return [line(span(answer.why, `fetch.${answer.why}`))];
      return [
        line(
          span(
            `HTTP ${answer.status}`,
            answer.status === 200 ? 'http.ok' : 'http.not-200',
            cite('rfc8461', '3.3'),
          ),
        ),
        line(span(`Content-Type: ${answer.contentType}`)),
        ...answer.body
          .split(/\r?\n/)
          .filter((text) => text !== '')
          .map((text) => line(...(text.includes(';') ? textSpans(text) : [fieldSpan(text)]))),
        ...presentedLines(answer),
      ];
    }
    default:
      return [];
  }
}

function questionLines(ask: AskedEvent['ask']): WireLine[] {
  switch (ask.ask) {
    case 'lookup':
      return [line(span(`${ask.name}. IN ${ask.type}`))];
    case 'connect':
      return [line(span(`TCP ${ask.address} port 25`), span(`  (${ask.host})`))];
    case 'ehlo':
      return [line(span('EHLO mail.sender.example'))];
    case 'starttls':
      return [
        line(span('STARTTLS', 'smtp.asks-tls', cite('rfc3207', '4'))),
        ...(ask.serverName
          ? [line(span(`SNI ${ask.serverName}`, 'tls.sni', cite('rfc7672', '8.1')))]
          : []),
      ];
    case 'deliver':
      return [
        line(span('MAIL FROM:<author@sender.example>')),
        line(span(`RCPT TO:<reader@${ask.domain}>`)),
        line(span('DATA')),
      ];
    case 'fetch-policy':
      return [line(span(`GET https://${ask.host}${ask.path}`, 'http.get', cite('rfc8461', '3.2')))];
    default:
      return [];
  }
}

export function showWire(event: AskedEvent): Wire {
  const { ask, answer, tampered } = event;
  return {
    question: questionLines(ask),
    answer: answerLines(ask.ask, answer),
    original: tampered?.original === undefined ? [] : answerLines(ask.ask, tampered.original),
  };
}
