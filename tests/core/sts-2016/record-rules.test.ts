/** The rule tables of reading the record of the 2016 draft. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseSts2016Record, type Sts2016Policy } from '../../../src/core/sts-2016/record.ts';
import { sts2016Rules } from '../../../src/core/sts-2016/rules.ts';

const tables = globSync('tests/vectors/sts-2016/record-*.yaml')
  .sort()
  .map((file) => parse(readFileSync(file, 'utf8')) as Table);

interface Table {
  readonly rule: string;
  readonly cases: readonly {
    readonly why: string;
    readonly given: readonly string[];
    readonly then?: string;
    /** Fields of the policy that comes out. */
    readonly reads?: Partial<Sts2016Policy>;
  }[];
}

const ruleOf = (result: ReturnType<typeof parseSts2016Record>): string => {
  if (result.ok) return 'sts-2016.record-read';
  return result.problems[0]?.code === 'no-record'
    ? 'sts-2016.record-absent'
    : 'sts-2016.record-malformed';
};

describe('rules of reading the record of the 2016 draft', () => {
  it('have a table each', () => {
    expect(
      tables
        .map(({ rule }) => rule)
        .filter((rule) => rule in sts2016Rules)
        .sort(),
    ).toEqual(Object.keys(sts2016Rules).sort());
  });
  for (const { rule, cases } of tables.filter((table) => table.rule in sts2016Rules))
    for (const { why, given, then, reads } of cases)
      it(`${rule} › ${why}${then === undefined ? '' : ` → ${then}`}`, () => {
        const result = parseSts2016Record(given.length === 0 ? [] : [given]);
        expect(ruleOf(result)).toBe(rule);
        if (then !== undefined)
          expect(result.ok ? undefined : result.problems[0]?.situation).toBe(then);
        if (reads !== undefined) expect(result).toMatchObject({ value: { policy: reads } });
      });
});
