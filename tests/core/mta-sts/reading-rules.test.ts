/** The rule tables of reading record and policy and of matching names, through the sender's own procedures. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { DomainName } from '../../../src/core/dns/name.ts';
import { discoverId } from '../../../src/core/mta-sts/decision.ts';
import { fetchPolicy } from '../../../src/core/mta-sts/fetch.ts';
import { isListedMx } from '../../../src/core/mta-sts/host.ts';
import { mtaStsRules } from '../../../src/core/mta-sts/rules.ts';
import type { Sender } from '../../../src/core/sender/sender.ts';
import type { Procedure } from '../../../src/core/trace.ts';
import { ran, served, type Answers } from '../../world.ts';

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
function procedureFor({ given }: Table['cases'][number]): Procedure<unknown> {
  if (given.txt !== undefined) return discoverId(strict, domain);
  if (given.body !== undefined) return fetchPolicy(strict, domain, 50);
  const policy = { mode: 'enforce', maxAgeSeconds: 1, mx: given.mx ?? [] } as const;
  return isListedMx(strict, policy, (given.host ?? '') as DomainName);
}

const octets = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));

/** One TXT record in several character strings, and the policy host. */
function world({ given }: Table['cases'][number]): Answers {
  const records = (given.txt ?? []).map((strings) => ({
    ...{ type: 'TXT' as const, name: domain, ttlSeconds: 60, strings: strings.map(octets) },
  }));
  const padding = given.padding === undefined ? '' : `x: ${'a'.repeat(given.padding)}\n`;
  const { status = 200, contentType = 'text/plain', body = '' } = given;
  return {
    TXT: { kind: 'found', security: 'insecure', aliases: [], records },
    'fetch-policy': served(`${body}${padding}`, { status, contentType }),
  };
}

describe('rules of reading MTA-STS', () => {
  it('have a table each', () => {
    expect(tables.map(({ rule }) => rule).sort()).toEqual(Object.keys(mtaStsRules).sort());
  });
  for (const { rule, cases } of tables)
    for (const each of cases)
      it(`${rule} › ${each.why}${each.then === undefined ? '' : ` → ${each.then}`}`, () => {
        const { passed, evidence } = ran(procedureFor(each), world(each));
        expect(passed).toEqual([rule]);
        if (each.then !== undefined) expect(Object.values(evidence[0] ?? {})).toContain(each.then);
      });
});
