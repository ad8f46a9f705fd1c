/** Lookups recorded from really signed zones, with what unbound made of them. */
import { describe, expect, test } from 'vitest';
import { validateCase, type RecordedCase } from '../../../conformance/validate/recorded-case.ts';
import recorded from './recorded.json' with { type: 'json' };

describe('a recorded lookup', () => {
  test.each(recorded as RecordedCase[])('$name → $expected', async (each) => {
    const { result } = await validateCase(each);
    expect(result.security).toBe(each.expected);
  });
});

describe('a scenario of several servers', () => {
  const [found] = recorded as RecordedCase[];
  const { name, type } = found!.query;
  const asked = { qname: name, qtype: type };
  const isSecureWith = async (...before: RecordedCase['responses'][number][]) => {
    const { result } = await validateCase({
      ...found!,
      responses: [...before, ...found!.responses],
    });
    return result.security === 'secure';
  };

  test('passes over an error, a referral and an answer without signatures', async () => {
    const unsigned = found!.responses[0]!.answer!.filter((line) => !line.includes(' RRSIG '));
    expect(await isSecureWith({ ...asked, rcode: 'SERVFAIL' })).toBe(true);
    expect(await isSecureWith({ ...asked, authority: [`${name} 60 IN NS ns.${name}`] })).toBe(true);
    expect(await isSecureWith({ ...asked, answer: unsigned })).toBe(true);
  });

  test('holds to the first signed answer, good or not', async () => {
    const forged = found!.responses[0]!.answer!.map((line) => line.replace(' MX 10 ', ' MX 11 '));
    expect(await isSecureWith({ ...asked, answer: forged })).toBe(false);
  });

  test('takes no trust from an anchor that is neither DS nor DNSKEY', async () => {
    const [anchor] = found!.trust_anchor;
    const { result } = await validateCase({
      ...found!,
      trust_anchor: [anchor!.replace(' DS ', ' DLV ')],
    });
    expect(result).toMatchObject({ security: 'insecure', reason: 'dnssec.no-anchor' });
  });
});
