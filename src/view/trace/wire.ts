/**
 * What went over the line, in a few words and stretch by stretch: each stretch with a note (a message key) and, where
 * a standard owns it, the clause. Words on the wire are the same in every language.
 */
import type { Ask, Asks, LookupAnswer } from '../../core/ask.ts';
import { formatData, formatName } from '../../core/dns/format.ts';
import { formatHex } from '../../core/dns/octets.ts';
import type { ResourceRecord } from '../../core/dns/record.ts';
import type { Presented } from '../../core/smtp/ask.ts';
import { joinStrings } from '../../core/grammar/versioned-record.ts';
import { dayOf } from '../messages/dates.ts';
import type { CastMember, WireLine, WireNote, WireSpan } from './exchange.ts';
import { clauseOf } from './wire.table.ts';

function span(text: string, note?: WireNote): WireSpan {
  if (note === undefined) return { text };
  const clause = clauseOf(note);
  return { text, note: `wire.${note}`, ...(clause === undefined ? {} : { clause }) };
}
const line = (...spans: WireSpan[]): WireLine => ({ spans });
/** A line of text with what ends it: CRLF in SMTP. */
const textLine = (
  spans: readonly WireSpan[],
  end = '\r\n',
  endNote: WireNote = 'line.end',
): WireLine => ({
  spans,
  form: 'line',
  end,
  endNote,
});
const httpLine = (...spans: WireSpan[]): WireLine => textLine(spans, '\r\n', 'http.line-end');
/** The empty line that ends a head (RFC 9112 §2.1). */
const httpHeadEnd: WireLine = textLine([], '\r\n', 'http.head-end');

/** Notes by the field that begins a part of a record or policy. */
const fields: readonly (readonly [begin: string, note: WireNote])[] = [
  ['v=STSv1', 'sts.version'],
  ['id=', 'sts.id'],
  ['version:', 'policy.version'],
  ['mode:', 'policy.mode'],
  ['mx:', 'policy.mx'],
  ['max_age:', 'policy.max-age'],
  ['v=STS1', 'draft.version'],
  ['to=', 'draft.to'],
  ['mx=', 'draft.mx'],
  ['a=', 'draft.a'],
  ['c=', 'draft.c'],
  ['e=', 'draft.e'],
  ['rua=', 'draft.rua'],
];

function fieldSpan(text: string): WireSpan {
  const start = text.trimStart();
  return span(text, fields.find(([begin]) => start.startsWith(begin))?.[1]);
}

const textSpans = (text: string): WireSpan[] => text.split(/(?<=;)/).map((part) => fieldSpan(part));

/** One record. */
const recordSpans = (record: ResourceRecord): WireSpan[] => [
  span(`${formatName(record.name)} `, 'record.name'),
  span(`${record.ttlSeconds} `, 'record.ttl'),
  span('IN ', 'record.class'),
  span(`${record.type} `, 'record.type'),
  ...dataSpans(record),
];

/** Its data, divided as its standard divides it. */
function dataSpans(record: ResourceRecord): WireSpan[] {
  if (record.type === 'TLSA' && 'usage' in record)
    return [
      span(`${record.usage} `, `tlsa.usage.${known([0, 1, 2, 3], record.usage)}`),
      span(`${record.selector} `, `tlsa.selector.${known([0, 1], record.selector)}`),
      span(`${record.matchingType} `, `tlsa.matching.${known([0, 1, 2], record.matchingType)}`),
      span(formatHex(record.association), 'tlsa.association'),
    ];
  if (record.type === 'MX' && 'exchange' in record)
    return [
      span(`${record.preference} `, 'mx.preference'),
      span(formatName(record.exchange), 'mx.exchange'),
    ];
  if (record.type === 'TXT' && 'strings' in record)
    return [span('"'), ...textSpans(joinStrings(record.strings)), span('"')];
  if ('address' in record) return [span(formatData(record), 'record.address')];
  return [span(formatData(record), 'target' in record ? 'record.alias' : undefined)];
}

/** In a simulated world; a real connection can fail in other ways, and is not shown here. */
const fetchNote = (why: string): WireNote | undefined =>
  why === 'no-address' || why === 'no-connection' || why === 'no-tls' ? `fetch.${why}` : undefined;

/** The value where it is one that has a meaning, and so a message. */
const known = <Value extends number>(values: readonly Value[], value: number) =>
  values.find((each) => each === value) ?? 'unknown';

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

function lookupLines(answer: LookupAnswer): WireLine[] {
  if (answer.kind === 'failed')
    return answer.why === 'timeout' ? [] : [line(span(answer.why, `lookup.${answer.why}`))];
  const status = line(
    answer.kind === 'absent'
      ? span(answer.denial.toUpperCase(), `lookup.${answer.denial}`)
      : span('NOERROR', 'lookup.found'),
    span(' '),
    span(answer.security, `lookup.${answer.security}`),
  );
  const aliases = answer.aliases.flatMap(({ from, to, security, ttlSeconds }): WireLine[] => [
    {
      // Without its time to live it is no whole record, and has no octets to show.
      ...(ttlSeconds === undefined ? {} : { form: 'record' }),
      spans: [
        span(`${formatName(from)} `, 'record.name'),
        ...(ttlSeconds === undefined ? [] : [span(`${ttlSeconds} `, 'record.ttl')]),
        span('IN ', 'record.class'),
        span('CNAME ', 'record.type'),
        span(formatName(to), 'record.alias'),
      ],
    },
    line(span(`${from} → ${to} `), span(security, `lookup.${security}`)),
  ]);
  const records =
    answer.kind === 'found'
      ? answer.records.map((record): WireLine => ({ spans: recordSpans(record), form: 'record' }))
      : [];
  return [status, ...aliases, ...records];
}

/** The certificate shown: names, dates and issuer, as far as this world has them. */
function presentedLines(answer: Presented): WireLine[] {
  const leaf = answer.chain[0];
  if (!leaf) return [];
  const told = (...spans: WireSpan[]): WireLine => ({ spans, form: 'symbolic' });
  return [
    told(
      leaf.dnsNames.length > 0
        ? span(leaf.dnsNames.join(', '), 'certificate.names')
        : span(`CN=${leaf.commonName ?? ''}`, 'certificate.common-name'),
    ),
    told(
      answer.leadsToTrustedRoot
        ? span('✓', 'certificate.trusted')
        : span('✗', 'certificate.not-trusted'),
    ),
    told(span(dayOf(leaf.notAfterSeconds), 'certificate.until')),
  ];
}

const smtpNotes: readonly (readonly [reply: RegExp, note: WireNote])[] = [
  [/^250[- ]STARTTLS/i, 'smtp.starttls'],
  [/^220/, 'smtp.greeting'],
  [/^250/, 'smtp.ok'],
  [/^4\d\d/, 'smtp.later'],
  [/^5\d\d/, 'smtp.no'],
];

const smtpLine = (text: string): WireLine =>
  textLine([span(text, smtpNotes.find(([reply]) => reply.test(text))?.[1])]);

/** The lines of a policy, each with its own end; an empty one tells a reader nothing. */
const policyLines = (body: string): WireLine[] =>
  body
    .split(/(?<=\n)/)
    .map((line): readonly [text: string, end: string] => {
      const end = line.endsWith('\r\n') ? '\r\n' : line.endsWith('\n') ? '\n' : '';
      return [line.slice(0, line.length - end.length), end];
    })
    .filter(([text]) => text !== '')
    .map(([text, end]) =>
      textLine(text.includes(';') ? textSpans(text) : [fieldSpan(text)], end, 'policy.line-end'),
    );

/** A question and its answer: in a few words, and stretch by stretch as the line had them. */
interface Telling<Question, Answer> {
  readonly to: CastMember;
  readonly asked: (question: Question) => string;
  /** Undefined: silence. */
  readonly answered: (answer: Answer) => string | undefined;
  readonly questionLines: (question: Question) => readonly WireLine[];
  readonly answerLines: (answer: Answer) => readonly WireLine[];
}

/** What goes over a line; `now` and the like are no exchange. */
const tellings: {
  readonly [
    Kind in Exclude<keyof Asks, 'now' | 'all' | 'message' | 'verify' | 'digest' | 'proved-lookup'>
  ]: Telling<Asks[Kind]['ask'], Asks[Kind]['answer']>;
} = {
  lookup: {
    to: 'dns',
    asked: ({ type, name }) => `${type} ${name}`,
    answered: lookupWords,
    questionLines: ({ name, type }) => [
      {
        form: 'question',
        spans: [
          span(`${formatName(name)} `, 'lookup.question'),
          span('IN ', 'record.class'),
          span(type, 'record.type'),
        ],
      },
    ],
    answerLines: lookupLines,
  },
  connect: {
    to: 'receiver',
    asked: ({ address }) => `${address}:25`,
    answered(answer) {
      if (answer.kind === 'open') return answer.greeting;
      return answer.why === 'timeout' ? undefined : answer.why;
    },
    questionLines: ({ address, host }) => [
      line(span(`TCP ${address} port 25`, 'smtp.connect'), span(`  (${host})`)),
    ],
    answerLines(answer) {
      if (answer.kind === 'open') return [smtpLine(answer.greeting)];
      return answer.why === 'timeout' ? [] : [line(span(answer.why))];
    },
  },
  ehlo: {
    to: 'receiver',
    asked: () => 'EHLO',
    answered: ({ lines }) => lines.find((each) => /STARTTLS/i.test(each)) ?? lines.at(-1),
    questionLines: () => [
      textLine([span('EHLO ', 'smtp.ehlo'), span('mail.sender.example', 'smtp.client')]),
    ],
    answerLines: ({ lines }) => lines.map(smtpLine),
  },
  starttls: {
    to: 'receiver',
    asked: ({ serverName }) => (serverName ? `STARTTLS · SNI ${serverName}` : 'STARTTLS'),
    answered: (answer) =>
      answer.kind === 'tls' ? `TLS · ${answer.chain[0]?.dnsNames.join(', ') ?? ''}` : answer.line,
    questionLines: ({ serverName }) => [
      textLine([span('STARTTLS', 'smtp.asks-tls')]),
      ...(serverName ? [line(span(`SNI ${serverName}`, 'tls.sni'))] : []),
    ],
    answerLines: (answer) => [
      smtpLine(answer.line),
      ...(answer.kind === 'tls' ? presentedLines(answer) : []),
    ],
  },
  deliver: {
    to: 'receiver',
    asked: () => 'MAIL, RCPT, DATA',
    answered: (answer) => answer.line,
    questionLines: ({ domain }) => [
      textLine([span('MAIL FROM:', 'smtp.mail'), span('<author@sender.example>', 'smtp.from')]),
      textLine([span('RCPT TO:', 'smtp.rcpt'), span(`<reader@${domain}>`, 'smtp.to')]),
      textLine([span('DATA', 'smtp.data')]),
    ],
    answerLines: (answer) => [smtpLine(answer.line)],
  },
  'fetch-policy': {
    to: 'policy-host',
    asked: ({ host, path }) => `GET ${host}${path}`,
    answered: (answer) =>
      answer.kind === 'failed'
        ? answer.why
        : `${answer.status} ${/mode:\s*\w+/.exec(answer.body)?.[0] ?? ''}`.trim(),
    questionLines: ({ host, path }) => [
      httpLine(
        span('GET ', 'http.get'),
        span(`${path} `, 'http.path'),
        span('HTTP/1.1', 'http.version'),
      ),
      httpLine(span(`Host: ${host}`, 'http.host')),
      line(span('…', 'http.others')),
      httpHeadEnd,
    ],
    answerLines(answer) {
      if (answer.kind === 'failed') return [line(span(answer.why, fetchNote(answer.why)))];
      return [
        // The reason phrase after the status is optional (RFC 9112 §4), and nobody reads it.
        httpLine(
          span('HTTP/1.1 ', 'http.version'),
          span(`${answer.status} `, answer.status === 200 ? 'http.ok' : 'http.not-200'),
        ),
        ...(answer.contentType === ''
          ? []
          : [httpLine(span(`Content-Type: ${answer.contentType}`, 'http.content-type'))]),
        line(span('…', 'http.others')),
        httpHeadEnd,
        ...policyLines(answer.body),
        ...presentedLines(answer),
      ];
    },
  },
};

/** How a question and its answer are told; undefined: it goes over no line. */
export const tellingOf = (ask: Ask): Telling<Ask, unknown> | undefined =>
  // Each kind of question has the telling of its own kind.
  (tellings as unknown as Readonly<Record<string, Telling<Ask, unknown>>>)[ask.ask];
