import { encodeTlsa } from '../../../src/core/dane/usable.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTlsa, formatTlsa, decodeTlsa } from '../../../src/core/dane/tlsa.ts';
import { readWords } from '../../../src/command-line/read-messages.ts';
import { formatStsPolicy, parseStsPolicy } from '../../../src/core/mta-sts/policy.ts';
import { formatStsRecord, parseStsRecord } from '../../../src/core/mta-sts/record.ts';
import { parseSts2016Record, type Sts2016Policy } from '../../../src/core/sts-2016/record.ts';
import { formatTlsRptRecord, parseTlsRptRecord } from '../../../src/core/tls-rpt/record.ts';
import { parseTlsReport } from '../../../src/core/tls-rpt/report.ts';
import { expectOwned } from './owned.ts';

/** Writes a record in the draft's order. */
function formatSts2016Record(policy: Sts2016Policy): string {
  const fields = [
    'v=STS1',
    `to=${policy.tlsOnly}`,
    policy.mx && `mx=${policy.mx.join(',')}`,
    policy.authentication !== undefined && `a=${policy.authentication}`,
    policy.constraint && `c=${policy.constraint}`,
    policy.lifetimeSeconds !== undefined && `e=${policy.lifetimeSeconds}`,
    policy.rua && `rua=${policy.rua.join(',')}`,
  ];
  return fields.filter((field) => typeof field === 'string').join('; ');
}

const seeded = { seed: 20160318, numRuns: 2000 };

/** Texts near the grammar: pieces of it in any order, with any octets between them. */
const pieces = [
  ...['v=STSv1', 'v=TLSRPTv1', 'v=STS1', ';', ' ', '\t', 'id=', 'rua=', 'a1', '=', ',', '!', '%'],
  ...['mailto:a@example.com', 'https://example.com/', 'to=true', 'mx=*.example.com', 'c=tlsa'],
  ...['version: STSv1', 'mode: enforce', 'mode', ':', 'max_age: 86400', 'mx: *.example.nl'],
  ...['\r\n', '\n', '\r', '\ufeff', '\0', 'é', '3', '1', '256', '(', ')', 'abcd', '\\#', '35'],
];
const nearly = fc
  .array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: 'binary', maxLength: 3 })), {
    maxLength: 14,
  })
  .map((parts) => parts.join(''));

describe('no text makes a parser throw, and every character has one owner', () => {
  const parsers = {
    '_mta-sts': (text: string) => parseStsRecord([[text]]),
    'policy file': (text: string) => parseStsPolicy(text),
    '_smtp._tls': (text: string) => parseTlsRptRecord([[text]]),
    _smtp_sts: (text: string) => parseSts2016Record([[text]]),
    TLSA: (text: string) => parseTlsa(text),
  };
  for (const [name, parse] of Object.entries(parsers))
    it(name, () => {
      fc.assert(
        fc.property(nearly, (text) => {
          const result = parse(text);
          expectOwned(result.text, result.marks);
          if (!result.ok) {
            expect(result.problems.length).toBeGreaterThan(0);
            for (const { at } of result.problems) {
              expect(at.start).toBeGreaterThanOrEqual(0);
              expect(at.end).toBeGreaterThanOrEqual(at.start);
              expect(at.end).toBeLessThanOrEqual(result.text.length);
            }
          }
        }),
        seeded,
      );
    });

  it('several records, strings and octets', () => {
    const strings = fc.array(fc.oneof(nearly, fc.uint8Array({ maxLength: 20 })), { maxLength: 3 });
    fc.assert(
      fc.property(fc.array(strings, { maxLength: 4 }), (records) => {
        for (const parse of [parseStsRecord, parseTlsRptRecord, parseSts2016Record]) {
          const result = parse(records);
          expectOwned(result.text, result.marks);
        }
      }),
      seeded,
    );
  });

  it('policies as octets, TLSA on the wire and reports', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.json(), (octets, json) => {
        expect(typeof parseStsPolicy(octets).ok).toBe('boolean');
        expect(typeof decodeTlsa(octets).ok).toBe('boolean');
        expect(typeof parseTlsReport(json).ok).toBe('boolean');
      }),
      seeded,
    );
  });
});

describe('whatever a parser says has words', () => {
  const words = readWords().en;
  const speakers = {
    'mta-sts': (text: string) => [
      parseStsRecord([[text]]),
      parseStsRecord([[text], ['v=STSv1; id=1']]),
      parseStsPolicy(text, { status: 301, contentType: 'text/html' }),
    ],
    'tls-rpt': (text: string) => [parseTlsRptRecord([[text]]), parseTlsReport(text)],
    'sts-2016': (text: string) => [parseSts2016Record([[text]])],
    dane: (text: string) => [parseTlsa(text)],
  };
  for (const [room, speak] of Object.entries(speakers))
    it(room, () => {
      fc.assert(
        fc.property(nearly, (text) => {
          for (const result of speak(text)) {
            const told = result.ok
              ? result.warnings
              : [...result.problems, ...(result.warnings ?? [])];
            for (const { situation, code } of told)
              expect(words[`situation.${room}.${situation ?? code}`], text).toBeTruthy();
          }
        }),
        seeded,
      );
    });
});

const alphanumeric = fc.stringMatching(/^[A-Za-z0-9]{1,32}$/);
const name = fc
  .stringMatching(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}$/)
  .filter((text) => !['id', 'rua', 'version', 'mode', 'mx', 'max_age'].includes(text));
const value = fc.stringMatching(/^[!-:<>-~]{1,20}$/).filter((text) => !text.includes('='));
const extensions = fc.uniqueArray(fc.record({ name, value }), {
  maxLength: 3,
  selector: (extension) => extension.name,
});
const domain = fc
  .array(fc.stringMatching(/^[a-zA-Z0-9]([a-zA-Z0-9-]{0,10}[a-zA-Z0-9])?$/), {
    minLength: 1,
    maxLength: 4,
  })
  .map((labels) => labels.join('.'));
const pattern = fc
  .tuple(fc.boolean(), domain)
  .map(([isWild, base]) => (isWild ? `*.${base}` : base));

describe('what we write we read back unchanged', () => {
  it('_mta-sts', () => {
    fc.assert(
      fc.property(fc.record({ id: alphanumeric, extensions }), (record) => {
        expect(parseStsRecord([[formatStsRecord(record)]])).toMatchObject({
          ok: true,
          value: record,
        });
      }),
      seeded,
    );
  });

  it('the policy file', () => {
    const policy = fc.record({
      mode: fc.constantFrom('enforce', 'testing', 'none'),
      maxAgeSeconds: fc.integer({ min: 0, max: 31_557_600 }),
      mx: fc.array(pattern, { minLength: 1, maxLength: 5 }),
      extensions,
    });
    fc.assert(
      fc.property(policy, (each) => {
        expect(parseStsPolicy(formatStsPolicy(each))).toMatchObject({ ok: true, value: each });
      }),
      seeded,
    );
  });

  it('_smtp._tls', () => {
    const uri = fc.tuple(alphanumeric, domain).map(([user, host]) => `mailto:${user}@${host}`);
    const record = fc.record({ rua: fc.array(uri, { minLength: 1, maxLength: 3 }), extensions });
    fc.assert(
      fc.property(record, (each) => {
        expect(parseTlsRptRecord([[formatTlsRptRecord(each)]])).toMatchObject({
          ok: true,
          value: { ...each, unsupportedScheme: [] },
        });
      }),
      seeded,
    );
  });

  it('_smtp_sts of the 2016 draft', () => {
    const policy = fc.record(
      {
        tlsOnly: fc.boolean(),
        mx: fc.array(pattern, { minLength: 1, maxLength: 3 }),
        authentication: fc.constantFrom('dnssec', 'webpki:https://example.com/x'),
        constraint: fc.constantFrom('webpki' as const, 'tlsa' as const),
        lifetimeSeconds: fc.integer({ min: 0, max: 999_999 }),
      },
      { requiredKeys: ['tlsOnly'] },
    );
    fc.assert(
      fc.property(policy, (each) => {
        expect(parseSts2016Record([[formatSts2016Record(each)]])).toMatchObject({
          ok: true,
          value: { policy: each },
        });
      }),
      seeded,
    );
  });

  it('TLSA, as text and on the wire', () => {
    const octet = fc.integer({ min: 0, max: 255 });
    const record = fc.record({
      usage: octet,
      selector: octet,
      matchingType: octet,
      association: fc.uint8Array({ minLength: 1, maxLength: 80 }),
    });
    fc.assert(
      fc.property(record, (each) => {
        expect(parseTlsa(formatTlsa(each))).toMatchObject({ ok: true, value: each });
        expect(decodeTlsa(encodeTlsa(each))).toMatchObject({ ok: true, value: each });
      }),
      seeded,
    );
  });
});
