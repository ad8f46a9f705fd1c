/**
 * Readers of foreign text that only the command line has, because they need Node. All others stand in
 * `parsers.ts`, which browsers run too.
 */
import { toldOf, type Told } from '../../src/command-line/connect-causes.ts';
import { sayLine } from '../../src/view/messages/line.ts';
import { certificatesIn, troubleIn } from '../../src/command-line/handshake-tap.ts';
import { placesIn } from '../../src/core/parsed.ts';
import type { RuleId } from '../../src/core/rules.ts';
import type { Trace } from '../../src/core/trace.ts';
import { readWords } from '../../src/command-line/read-messages.ts';
import { sayWith } from '../../src/view/messages/say.ts';
import type { Parser } from './parsers.ts';

const say = sayWith(readWords().en, 'en');

/** What a mail server or a policy host answers, with the same text wherever it can write one. */
const answersWith = (text: string): readonly (readonly [RuleId, string, object])[] => {
  const leaf = { dnsNames: [text, text], notBeforeSeconds: 0, notAfterSeconds: 1 };
  const seen = { kind: 'response', status: 200, contentType: 'text/plain', chain: [leaf] };
  const response = { ...seen, body: text };
  const untrusted = { fault: 'issuer-missing', name: text };
  return [
    ['smtp.host-unreachable', 'connect', { kind: 'failed', why: 'turned-away', lines: [text] }],
    ['smtp.starttls-not-offered', 'ehlo', { starttls: false, lines: [text] }],
    ['smtp.handshake-failed', 'starttls', { kind: 'failed', why: 'refused', line: text }],
    ['mta-sts.policy-not-found', 'fetch-policy', { ...response, status: 302, location: text }],
    ['mta-sts.policy-not-text', 'fetch-policy', { ...response, contentType: text }],
    ['mta-sts.policy-malformed', 'fetch-policy', response],
    [
      'mta-sts.policy-fetched',
      'fetch-policy',
      { ...response, body: `version: STSv1\nmode: none\nmax_age: 1\nmx: ${text}` },
    ],
    ...['not-trusted', 'other-name'].map(
      (why) =>
        [
          'mta-sts.policy-host-not-authenticated',
          'fetch-policy',
          { ...response, untrusted, why },
        ] as const,
    ),
  ];
};

/** The causes that `--connect` tells, of all that a stranger can say there. */
export const causesOf = (text: string): readonly Told[] =>
  answersWith(text).flatMap(([rule, ask, answer]) => {
    const evidence = 'why' in answer ? { why: answer.why, host: text } : {};
    const events = [
      { kind: 'asked', ask: { ask }, answer },
      { kind: 'step', rule, evidence },
    ];
    return toldOf({ events, result: undefined } as unknown as Trace<unknown>);
  });

const records = (type: number, octets: Buffer, octetsEach: number): Buffer => {
  const made = Buffer.alloc(octets.length + 5 * Math.ceil(octets.length / octetsEach));
  let end = 0;
  for (let at = 0; at < octets.length; at += octetsEach) {
    const length = Math.min(octetsEach, octets.length - at);
    made.writeUIntBE(type * 0x1_0000 + 0x0303, end, 3);
    made.writeUInt16BE(length, end + 3);
    octets.copy(made, end + 5, at, at + length);
    end += 5 + length;
  }
  return made;
};
const latin1 = (text: string) => Buffer.from(text, 'latin1');

export const nodeParsers: readonly Parser[] = [
  {
    name: 'the octets of a handshake',
    read: (text) => [
      certificatesIn(latin1(text), undefined),
      certificatesIn(latin1(text), latin1(text.slice(0, 32))),
      troubleIn(latin1(text), undefined),
    ],
    good: '\x16\x03\x03\0\x0b\x0b\0\0\x07\0\0\x04\0\0\x01a',
    frames: [
      ['', ''],
      ['\x16\x03\x03\0\x01\x0b', ''],
      ['\x16\x03\x03\xff\xff', ''],
    ],
  },
  {
    name: 'the messages of a handshake, one octet a record',
    read: (text) => [
      certificatesIn(records(22, latin1(text), 1), undefined),
      certificatesIn(records(22, latin1(text), 16_000), undefined),
      troubleIn(records(22, latin1(text), 1), 'ERR_SSL'),
      troubleIn(records(21, latin1(text), 2), 'ERR_SSL'),
    ],
    good: '\x0b\0\0\x07\0\0\x04\0\0\x01a',
    frames: [
      ['', ''],
      ['\x0b\xff\xff\xff', ''],
      ['\x02\0\0\x01a', ''],
      ['\x0b\0\xc0\0\0\xbf\xf0', ''],
    ],
  },
  {
    name: 'what is told of an answer of a stranger',
    read: (text) => causesOf(text).map(({ causes }) => causes.map((each) => sayLine(say, each))),
    good: '550 No',
    frames: [
      ['', ''],
      ['550 ', 'x'],
      ['version: STSv1\nmx: ', '\n'],
    ],
  },
  {
    name: 'places in a text',
    read: (text) => {
      const placeOf = placesIn(text);
      for (let at = 0; at < text.length; at += 100) placeOf(at);
    },
    good: 'a\nb',
    frames: [['', '']],
  },
];
