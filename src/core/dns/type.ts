/** Record types by number and mnemonic (RFC 1035 §3.2.2, RFC 3597 §5). */
import { typeNumbers } from './type.table.ts';

/** Mnemonics of the types that the core reads; any other type is `TYPE<number>` and kept raw. */
export type RrType = keyof typeof typeNumbers | `TYPE${number}`;

/** QTYPE `*`: all that a name has (RFC 1035 §3.2.3). No record is of this type. */
export const anyType: RrType = 'TYPE255';

const mnemonics: ReadonlyMap<number, string> = new Map(
  Object.entries(typeNumbers).map(([text, number]) => [number, text]),
);

export const typeFromNumber = (number: number): RrType =>
  (mnemonics.get(number) as RrType | undefined) ?? `TYPE${number}`;

export const typeNumberOf = (type: RrType): number =>
  (typeNumbers as Readonly<Record<string, number>>)[type] ?? Number(type.slice(4));
