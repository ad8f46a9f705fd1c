/** The strands of each rule id: what of them is there, read from disk. */
import { globSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';

interface Table {
  readonly rule: string;
  readonly source: string;
  readonly cases: readonly {
    /** How a delivery ends, or what a judge of one part says. */
    readonly then?: unknown;
    /** False where the case shows when the rule does not apply. */
    readonly reached?: boolean;
  }[];
}

/** Each table with the file that its rule's id names. */
export const ruleTables = (): readonly { readonly file: string; readonly table: Table }[] =>
  globSync('tests/vectors/{smtp,dane,mta-sts,sts-2016,sender,dnssec}/*.yaml')
    .sort()
    .map((file) => ({ file, table: parse(readFileSync(file, 'utf8')) as Table }));

export const fileOfRule = (rule: string): string => `tests/vectors/${rule.replace('.', '/')}.yaml`;
