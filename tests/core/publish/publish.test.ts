import { daySeconds } from '../../../src/core/ask.ts';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTlsa, type Tlsa } from '../../../src/core/dane/tlsa.ts';
import { parseStsPolicy } from '../../../src/core/mta-sts/policy.ts';
import { parseStsRecord } from '../../../src/core/mta-sts/record.ts';
import { stsIdAt, formatTxtData, parseTxtData } from '../../../src/core/publish/plan.ts';
import { planStsExit, planStsStart } from '../../../src/core/publish/sts-plan.ts';
import { planTlsaRollover } from '../../../src/core/publish/tlsa-plan.ts';
import { resultTypes } from '../../../src/core/tls-rpt/report.ts';
import { parseTlsRptRecord } from '../../../src/core/tls-rpt/record.ts';

const now = Date.UTC(2026, 10, 24) / 1000;
const record = (last: number): Tlsa => ({
  usage: 3,
  selector: 1,
  matchingType: 1,
  association: new Uint8Array(32).fill(last),
});
const dataOf = (line: string, type: string) =>
  line.slice(line.indexOf(` ${type} `) + type.length + 2);

describe('text in a zone file', () => {
  it('comes back unchanged, whatever its octets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 700 }), (octets) => {
        const text = String.fromCharCode(...octets);
        const data = formatTxtData(text);
        expect(data).toMatch(/^[\x20-\x7e]+$/);
        const strings = parseTxtData(data);
        expect(strings?.join('')).toBe(text);
        expect(strings?.every((part) => part.length <= 255)).toBe(true);
      }),
      { seed: 1035, numRuns: 1000 },
    );
  });
  for (const broken of ['', '   ', '"open', '"a\\', '"\\999"', '"a""'])
    it(`that is malformed is no text: ${broken}`, () => {
      expect(parseTxtData(broken)).toBeUndefined();
    });
});

describe('the plan of a new key', () => {
  const plan = (deploySeconds: number) =>
    planTlsaRollover({
      host: 'mx.example.nl',
      ttlSeconds: 3600,
      current: [record(1)],
      next: [record(2)],
      nowSeconds: now,
      deploySeconds,
    });

  it('has both records two TTLs before the server shows the new key', () => {
    const { steps, postponedSeconds } = plan(now + 10 * daySeconds);
    expect(postponedSeconds).toBe(0);
    expect(steps[0]?.zoneLines).toHaveLength(2);
    expect(steps[0]?.values['latestSeconds']).toBe(now + 10 * daySeconds - 7200);
    expect(steps.at(-1)?.zoneLines).toHaveLength(1);
  });

  it('puts the change off where two TTLs are not left', () => {
    const { steps, postponedSeconds } = plan(now + 600);
    expect(postponedSeconds).toBe(6600);
    expect(steps[1]?.notBeforeSeconds).toBe(now + 7200);
  });

  it('writes lines that our parser reads back', () => {
    const lines = plan(now).steps.flatMap(({ zoneLines }) => zoneLines ?? []);
    expect(lines.length).toBe(3);
    for (const line of lines) {
      expect(line).toMatch(/^_25\._tcp\.mx\.example\.nl\. 3600 IN TLSA 3 1 1 /);
      expect(parseTlsa(dataOf(line, 'TLSA')).ok).toBe(true);
    }
  });

  it('keeps a key that stays only once', () => {
    const { steps } = planTlsaRollover({
      host: 'mx.example.nl',
      ttlSeconds: 3600,
      current: [record(1)],
      next: [record(1)],
      nowSeconds: now,
      deploySeconds: now,
    });
    expect(steps[0]?.zoneLines).toHaveLength(1);
  });
});

describe('the plan of a policy', () => {
  const steps = planStsStart({
    domain: 'example.nl',
    mx: ['mx.example.nl', '*.example.net'],
    nowSeconds: now,
    txtTtlSeconds: 3600,
    rua: ['mailto:tls@example.nl'],
    testingSeconds: 14 * daySeconds,
    testingMaxAgeSeconds: daySeconds,
    enforceMaxAgeSeconds: 180 * daySeconds,
  });
  const exit = planStsExit({
    domain: 'example.nl',
    nowSeconds: now,
    txtTtlSeconds: 3600,
    longestMaxAgeSeconds: 180 * daySeconds,
  });

  it('serves each policy before it announces it', () => {
    const ids = steps.map(({ id }) => id);
    expect(ids.indexOf('sts-serve-testing')).toBeLessThan(ids.indexOf('sts-announce-testing'));
    expect(ids.indexOf('sts-serve-enforce')).toBeLessThan(ids.indexOf('sts-announce-enforce'));
  });

  it('announces enforce under another id than testing', () => {
    const announced = steps.flatMap(({ values }) => values['id'] ?? []);
    expect(announced).toEqual(['20261124000000Z', '20261208000000Z']);
  });

  it('removes nothing while a policy may still be remembered', () => {
    const remove = exit.at(-1);
    expect(remove?.id).toBe('sts-remove');
    expect(remove?.notBeforeSeconds).toBe(now + 3600 + 180 * daySeconds);
  });

  it('is read back by our parsers, record and file', () => {
    const all = [...steps, ...exit];
    for (const { file } of all) if (file !== undefined) expect(parseStsPolicy(file).ok).toBe(true);
    for (const line of all.flatMap(({ zoneLines }) => zoneLines ?? [])) {
      const strings = parseTxtData(dataOf(line, 'TXT')) ?? [];
      const read = line.startsWith('_smtp._tls.') ? parseTlsRptRecord : parseStsRecord;
      expect(read([strings]).ok).toBe(true);
    }
  });

  it('has words for every step, and a value for every place in them', () => {
    const rollover = planTlsaRollover({
      host: 'mx.example.nl',
      ttlSeconds: 60,
      current: [],
      next: [record(1)],
      nowSeconds: now,
      deploySeconds: now,
    });
    for (const lang of ['nl', 'en']) {
      const file = new URL(`../../../content/messages/publish.${lang}.json`, import.meta.url);
      const words = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
      for (const { id, values } of [...steps, ...exit, ...rollover.steps]) {
        const places = [...(words[`plan.${id}`] ?? '{missing}').matchAll(/\{(\w+)\}/g)];
        for (const [, place = ''] of places)
          expect(
            [place, `${place}Seconds`].some((name) => name in values),
            `${id} ${place}`,
          ).toBe(true);
      }
      for (const type of resultTypes)
        for (const part of ['meaning', 'cause', 'next'])
          expect(words[`result-type.${type}.${part}`]).toBeTruthy();
    }
  });

  it('makes an id of a moment', () => {
    expect(stsIdAt(now)).toBe('20261124000000Z');
  });
});
