/**
 * The rule tables of validation: each row is a recorded lookup, whole or with one thing changed, and
 * says whether the rule is passed and what the answer is worth then.
 */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { validateCase, type RecordedCase } from '../../../conformance/validate/recorded-case.ts';
import { workLimits, type WorkLimits } from '../../../src/core/dnssec/policy.ts';
import { dnssecRules } from '../../../src/core/dnssec/rules.ts';
import type { TraceEvent } from '../../../src/core/trace.ts';
import recorded from './recorded.json' with { type: 'json' };

interface Row {
  readonly why: string;
  /** Name of a case in `recorded.json`. */
  readonly recorded: string;
  readonly date?: string;
  readonly anchors?: readonly string[];
  /** Records that match are left out of the responses. */
  readonly without?: string;
  /** Text that is written otherwise in every record. */
  readonly replace?: readonly [string, string];
  /** Records put into the answer to the question itself. */
  readonly add?: readonly string[];
  readonly question?: readonly [string, string];
  readonly unanswered?: string;
  readonly cannotVerify?: readonly number[];
  readonly limits?: Partial<WorkLimits>;
  readonly maxIterations?: number;
  readonly earliestSeconds?: number;
  readonly reached?: false;
  readonly then: 'secure' | 'insecure' | 'bogus' | 'indeterminate';
}
interface Table {
  readonly rule: string;
  readonly cases: readonly Row[];
}

const tables = globSync('tests/vectors/dnssec/*.yaml')
  .sort()
  .map((file) => parse(readFileSync(file, 'utf8')) as Table);

function caseOf(row: Row): RecordedCase {
  const found = (recorded as RecordedCase[]).find(({ name }) => name === row.recorded);
  if (found === undefined) throw new Error(`no recorded case "${row.recorded}"`);
  const without = row.without === undefined ? undefined : new RegExp(row.without);
  const [from, to] = row.replace ?? ['', ''];
  const changed = (records: readonly string[] = []): string[] =>
    records
      .filter((record) => without?.test(record) !== true)
      .map((record) => (from === '' ? record : record.replaceAll(from, to)));
  const [first, ...others] = found.responses.map((response) => ({
    ...response,
    answer: changed(response.answer),
    authority: changed(response.authority),
  }));
  const [qname, qtype] = row.question ?? [found.query.name, found.query.type];
  const asked = { ...first!, qname, qtype, answer: [...first!.answer, ...(row.add ?? [])] };
  return {
    ...found,
    date: row.date ?? found.date,
    trust_anchor: row.anchors ?? found.trust_anchor,
    query: { name: qname, type: qtype },
    responses: [asked, ...others],
  };
}

const rulesOf = (events: readonly TraceEvent[]): string[] =>
  events.flatMap((event) =>
    event.kind === 'step' ? [event.rule] : rulesOf(event.inner?.events ?? []),
  );

describe('rules of validation', () => {
  it('have a table each', () => {
    expect(tables.map(({ rule }) => rule).sort()).toEqual(Object.keys(dnssecRules).sort());
  });

  for (const { rule, cases } of tables)
    for (const row of cases)
      it(`${rule} › ${row.reached === false ? 'not: ' : ''}${row.why} → ${row.then}`, async () => {
        const { events, result } = await validateCase(caseOf(row), {
          policy: {
            ...(row.limits && { limits: { ...workLimits, ...row.limits } }),
            ...(row.maxIterations !== undefined && { maxIterations: row.maxIterations }),
            ...(row.earliestSeconds !== undefined && { earliestSeconds: row.earliestSeconds }),
          },
          ...(row.unanswered !== undefined && { unanswered: row.unanswered }),
          ...(row.cannotVerify !== undefined && { cannotVerify: row.cannotVerify }),
        });
        const passed = [...rulesOf(events), result.reason];
        expect({ passed: passed.includes(rule as never), is: result.security }).toEqual({
          passed: row.reached !== false,
          is: row.then,
        });
      });
});
