import { isDeepStrictEqual } from 'node:util';
import type { Parsed } from '../../src/core/parsed.ts';

/** A conformance vector file and what a comparison says about one vector of it. */
export interface Vector {
  readonly name: string;
  readonly origin?: string;
  readonly disputed?: unknown;
  readonly expect?: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}

export interface VectorFile {
  readonly kind: string;
  readonly vectors: readonly Vector[];
  readonly certs?: Readonly<Record<string, string>>;
}

/** One thing expected and found otherwise. */
export interface Difference {
  readonly field: string;
  readonly expected: unknown;
  readonly ours: unknown;
}

/** What we found, and the situations met: what a user is told, and what disputes are about. */
export interface Compared {
  readonly differences: readonly Difference[];
  readonly situations: readonly string[];
}

/** Compares one vector; `folder` is where files that it names lie. Throws where it is not understood. */
export type Comparison = (
  vector: Vector,
  context: { readonly file: VectorFile; readonly folder: string },
) => Compared | Promise<Compared>;

/** The situations of a parse, prefixed with the room whose words tell them. */
export const situationsOf = (room: string, result: Parsed<unknown, string>): readonly string[] =>
  (result.ok ? result.warnings : [...result.problems, ...(result.warnings ?? [])]).map(
    ({ situation, code }) => `${room}.${situation ?? code}`,
  );

/** Everything that `expect` names must be ours too; `errorAlso` widens `error`. */
export function differences(
  expect: Readonly<Record<string, unknown>>,
  ours: Readonly<Record<string, unknown>>,
  prose: readonly string[] = [],
): readonly Difference[] {
  const also = Array.isArray(expect['errorAlso']) ? (expect['errorAlso'] as unknown[]) : [];
  return Object.entries(expect).flatMap(([field, expected]): readonly Difference[] => {
    if (field === 'errorAlso' || prose.includes(field)) return [];
    const found = ours[field];
    if (field === 'error' && also.includes(found)) return [];
    return isDeepStrictEqual(expected, found) ? [] : [{ field, expected, ours: found }];
  });
}

export const text = (value: unknown): string => {
  if (typeof value !== 'string') throw new Error(`not understood: ${JSON.stringify(value)}`);
  return value;
};

export const texts = (value: unknown): readonly string[] => {
  if (!Array.isArray(value)) throw new Error(`not understood: ${JSON.stringify(value)}`);
  return value.map(text);
};
