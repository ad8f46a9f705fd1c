/** Messages from the wire: what fits, what is cut, and what a resolver says of its troubles (RFC 1035 §4, RFC 8914). */
import { describe, expect, test } from 'vitest';
import {
  decodeMessage,
  encodeQuery,
  answerMisfit,
  type Message,
} from '../../../src/core/dns/message.ts';
import { nameOf } from '../../../src/core/dns/name.ts';

const octets = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex'));
const question = { name: nameOf('a.nl'), type: 'A' } as const;
const asked = '0161 026e6c 00 0001 0001';
const header = (counts: string, flags = '8180', id = '0000') => `${id} ${flags} ${counts}`;
const address = 'c00c 0001 0001 0000003c 0004 c0000201';
const ofExtension = (options: string, version = '00') => {
  const length = octets(options).length.toString(16).padStart(4, '0');
  return `00 0029 1000 ${version} 00 8000 ${length} ${options}`;
};
const read = (hex: string): Message => {
  const message = decodeMessage(octets(hex));
  if (!message.ok) throw new Error(message.problems[0]?.code);
  return message.value;
};
const fault = (hex: string) => {
  const message = decodeMessage(octets(hex));
  return message.ok ? undefined : message.problems[0]?.code;
};

test('a query and its answer fit', () => {
  const query = decodeMessage(encodeQuery(question));
  expect(query.ok && query.value.questions).toEqual([{ ...question, class: 1 }]);
  const message = read(`${header('0001 0001 0000 0000')} ${asked} ${address}`);
  expect(message.answer).toMatchObject([
    { name: 'a.nl', type: 'A', address: '192.0.2.1', ttlSeconds: 60 },
  ]);
  expect(answerMisfit(message, question)).toBeUndefined();
});

describe('is no answer', () => {
  test.each<[string, string, string, string, string, string?]>([
    ['a query', 'not-an-answer', '0100', '0001', asked],
    ['a query to another name', 'not-an-answer', '0100', '0001', '0162 026e6c 00 0001 0001'],
    ['what was cut short', 'truncated', '8380', '0001', asked],
    ['without the question', 'no-question', '8180', '0000', ''],
    ['with two questions', 'no-question', '8180', '0002', `${asked} ${asked}`],
    ['to another name', 'other-question', '8180', '0001', '0162 026e6c 00 0001 0001'],
    ['to another type', 'other-question', '8180', '0001', '0161 026e6c 00 001c 0001'],
    ['of the class CH', 'other-class', '8180', '0001', '0161 026e6c 00 0001 0003'],
    ['of any class', 'other-class', '8180', '0001', '0161 026e6c 00 0001 00ff'],
    ['of the class 257', 'other-class', '8180', '0001', '0161 026e6c 00 0001 0101'],
    ['to an inverse query', 'other-opcode', '8980', '0001', asked],
    ['to a notification', 'other-opcode', 'a180', '0001', asked],
    ['to an update', 'other-opcode', 'a980', '0001', asked],
    ['with another ID', 'other-id', '8180', '0001', asked, '1234'],
    ['with an ID of which one octet is another', 'other-id', '8180', '0001', asked, '0100'],
  ])('%s: %s', (_, misfit, flags, count, questions, id) => {
    const message = read(`${header(`${count} 0000 0000 0000`, flags, id)} ${questions}`);
    expect(answerMisfit(message, question)).toBe(misfit);
  });
});

describe('is no message', () => {
  test.each([
    ['fewer octets than a header', '0000 8180', 'too-short'],
    [
      'more than a message may have',
      header('0000 0000 0000 0000') + '00'.repeat(65_536),
      'too-long',
    ],
    ['a question without its type', `${header('0001 0000 0000 0000')} 0161 00 0001`, 'bad-length'],
    ['a question with half a name', `${header('0001 0000 0000 0000')} 0561`, 'bad-name'],
    ['a record without its length', `${header('0000 0001 0000 0000')} 00 0001 0001`, 'bad-length'],
    [
      'a record longer than what is there',
      `${header('0000 0001 0000 0000')} 00 0001 0001 00000000 0005 c0000201`,
      'bad-length',
    ],
    ['a record with half a name', `${header('0000 0001 0000 0000')} 0561`, 'bad-name'],
    [
      'a name that points at itself',
      `${header('0000 0001 0000 0000')} c00c 0001 0001 00000000 0000`,
      'bad-name',
    ],
    [
      'an address of three octets',
      `${header('0000 0001 0000 0000')} 00 0001 0001 00000000 0003 c00002`,
      'bad-rdata',
    ],
  ])('%s', (_, hex, code) => {
    expect(fault(hex)).toBe(code);
  });
});

describe('is read', () => {
  test('a record of another class, and one that is only additional: left out', () => {
    const chaos = '00 0010 0003 00000000 0001 00';
    const message = read(
      `${header('0000 0001 0000 0001')} ${chaos} 00 0001 0001 00000000 0004 c0000201`,
    );
    expect([message.answer, message.authority]).toEqual([[], []]);
  });
  test('a time to live with its top bit set: none (RFC 2181 §8)', () => {
    const message = read(`${header('0000 0001 0000 0000')} 00 0001 0001 80000000 0004 c0000201`);
    expect(message.answer[0]?.ttlSeconds).toBe(0);
  });
  test('octets behind the end: told', () => {
    const message = decodeMessage(octets(`${header('0000 0000 0000 0000')} ff`));
    expect(message.ok && message.warnings.map(({ code }) => code)).toEqual(['trailing-octets']);
  });
  test('the upper bits of a response code (RFC 6891 §6.1.3)', () => {
    expect(read(`${header('0000 0000 0000 0001')} ${ofExtension('', '01')}`).rcode).toBe(16);
  });
  test.each([
    ['a code alone', '000f 0002 0006', [{ code: 6, text: '' }]],
    [
      'a code with words, of which not all are printable',
      '000f 0006 0007 65 78 0a 7e',
      [{ code: 7, text: 'ex?~' }],
    ],
    ['one behind another option', '0003 0001 aa 000f 0002 0009', [{ code: 9, text: '' }]],
    ['one too short for its code', '000f 0001 00', []],
    ['one longer than what is there', '000f 0009 0006', []],
  ])('an extended error: %s', (_, options, expected) => {
    expect(read(`${header('0000 0000 0000 0001')} ${ofExtension(options)}`).extendedErrors).toEqual(
      expected,
    );
  });
});
