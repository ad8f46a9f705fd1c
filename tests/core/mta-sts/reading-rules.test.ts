/** The rule tables of reading record and policy and of matching names, through the sender's own procedures. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Ask } from '../../../src/core/ask.ts';
import type { DomainName } from '../../../src/core/dns/name.ts';
import { discoverId } from '../../../src/core/mta-sts/discovery.ts';
import { fetchPolicy } from '../../../src/core/mta-sts/fetch.ts';
import { isListedMx } from '../../../src/core/mta-sts/host.ts';
import { mtaStsRules } from '../../../src/core/mta-sts/rules.ts';
import type { Certificate } from '../../../src/core/pkix/certificate.ts';
import type { Sender } from '../../../src/core/sender/sender.ts';
import type { Procedure } from '../../../src/core/trace.ts';
import { run } from '../../../src/world/run.ts';

interface Table {
  readonly rule: string;
  readonly cases: readonly {
    readonly why: string;
    readonly then?: string;
    readonly given: {
      readonly txt?: readonly (readonly string[])[];
      readonly body?: string;
      readonly padding?: number;
      readonly status?: number;
      readonly contentType?: string;
      readonly mx?: readonly string[];
      readonly host?: string;
    };
  }[];
}

const tables = globSync('tests/vectors/mta-sts/*.yaml')
  .sort()
  .map((file) => parse(readFileSync(file, 'utf8')) as Table)
  .filter(({ rule }) => rule in mtaStsRules);

const domain = 'example.nl' as DomainName;
const strict = { protection: 'mta-sts', departures: new Set() } as unknown as Sender;
const octets = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

const certificate: Certificate = {
  der: octets('policy host'),
  spki: octets('key'),
  subject: 'policy host',
  issuer: 'authority',
  dnsNames: ['mta-sts.example.nl'],
  isCa: false,
  mayServeTls: true,
  notBeforeSeconds: 0,
  notAfterSeconds: 100,
};

function procedureFor({ given }: Table['cases'][number]): Procedure<unknown> {
  if (given.txt !== undefined) return discoverId(strict, domain);
  if (given.body !== undefined) return fetchPolicy(strict, domain, 50);
  const policy = { mode: 'enforce', maxAgeSeconds: 1, mx: given.mx ?? [] } as const;
  return isListedMx(strict, policy, (given.host ?? '') as DomainName);
}

function answer(question: Ask, { given }: Table['cases'][number]): unknown {
  if (question.ask === 'lookup')
    return {
      kind: 'found',
      security: 'insecure',
      aliases: [],
      records: (given.txt ?? []).map((strings) => ({
        type: 'TXT',
        name: question.name,
        ttlSeconds: 60,
        strings: strings.map(octets),
      })),
    };
  const padding = given.padding === undefined ? '' : `x: ${'a'.repeat(given.padding)}\n`;
  return {
    kind: 'response',
    status: given.status ?? 200,
    contentType: given.contentType ?? 'text/plain',
    body: `${given.body ?? ''}${padding}`,
    chain: [certificate],
    leadsToTrustedRoot: true,
  };
}

describe('rules of reading MTA-STS', () => {
  it('have a table each', () => {
    expect(tables.map(({ rule }) => rule).sort()).toEqual(Object.keys(mtaStsRules).sort());
  });
  for (const { rule, cases } of tables)
    for (const each of cases)
      it(`${rule} › ${each.why}${each.then === undefined ? '' : ` → ${each.then}`}`, () => {
        const world = { answer: (question: Ask) => ({ answer: answer(question, each) }) };
        const { events } = run(procedureFor(each), world);
        const steps = events.flatMap((event) => (event.kind === 'step' ? [event] : []));
        expect(steps.map((step) => step.rule)).toEqual([rule]);
        const said = Object.values(steps[0]?.evidence ?? {});
        if (each.then !== undefined) expect(said).toContain(each.then);
      });
});
