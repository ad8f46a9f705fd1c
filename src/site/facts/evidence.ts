/** Every place in a source that a fact rests on: for what lists these places, holds that they are there, looks up their words. */
import type { Evidence } from '../schemas/text.ts';
import type { Facts } from './read.ts';

export interface Given {
  /** Where it is written: `content/claims/C01.yaml`, `sources.0`. */
  readonly file: string;
  readonly path: string;
  readonly given: Evidence;
}

const isEvidence = (value: object): value is Evidence => 'source' in value && 'section' in value;

function* within(file: string, path: readonly string[], value: unknown): Generator<Given> {
  if (typeof value !== 'object' || value === null) return;
  if (isEvidence(value)) yield { file, path: path.join('.'), given: value };
  else for (const [name, part] of Object.entries(value)) yield* within(file, [...path, name], part);
}

/** Clauses are not among them: they say which words a rule rests on. */
export function* evidenceIn({ claims, timeline, adoption, comparison, criteria }: Facts) {
  for (const claim of claims) yield* within(`content/claims/${claim.id}.yaml`, [], claim);
  for (const [name, facts] of Object.entries({ timeline, adoption, comparison, criteria }))
    yield* within(`content/${name}.yaml`, [], facts);
}
