/** Runs every vector file of a folder and says for each vector whether we agree. */
import { isJsonObject } from '../../src/core/grammar/json.ts';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareReport } from './report-kind.ts';
import {
  compareMxMatch,
  compareStsPolicy,
  compareStsRecord,
  compareSts2016,
  compareTlsRptRecord,
} from './text-kinds.ts';
import { compareTlsaMatch, compareTlsaRecord } from './tlsa-kinds.ts';
import type { Compared, Comparison, Difference, Vector, VectorFile } from './vector.ts';

export const kinds: Readonly<Record<string, Comparison>> = {
  'mta-sts-txt': compareStsRecord,
  'mta-sts-policy': compareStsPolicy,
  'mta-sts-mx-match': compareMxMatch,
  'tlsa-record': compareTlsaRecord,
  'tlsa-match': compareTlsaMatch,
  'tlsrpt-txt': compareTlsRptRecord,
  'tlsrpt-report': compareReport,
  'smtp-sts-2016': compareSts2016,
};

/** A vector with `disputed` counts as disputed, whatever we say of it. */
export interface VectorOutcome {
  readonly kind: string;
  readonly vector: Vector;
  readonly verdict: 'agree' | 'disputed' | 'disagree';
  readonly differences: readonly Difference[];
  /** What a user is told about such an input, as `room.situation`. */
  readonly situations: readonly string[];
}

/** The file as vectors, each with a name; undefined where it holds none. */
function vectorFileOf(json: unknown): VectorFile | undefined {
  if (!isJsonObject(json) || !Array.isArray(json['vectors'])) return undefined;
  const vectors = (json['vectors'] as readonly unknown[]).map((vector, index): Vector => {
    const name = isJsonObject(vector) ? vector['name'] : undefined;
    return {
      ...(isJsonObject(vector) ? vector : {}),
      name: typeof name === 'string' ? name : `#${index}`,
    };
  });
  const { kind } = json;
  return { ...json, kind: typeof kind === 'string' ? kind : '(no kind)', vectors };
}

const notUnderstood = (kind: string, name: string, ours: string): VectorOutcome => ({
  kind,
  vector: { name },
  verdict: 'disagree',
  differences: [{ field: 'file', expected: 'understood', ours }],
  situations: [],
});

/** Files that hold vectors; other JSON in the folder is left alone, broken JSON is a disagreement. */
export async function runFolder(folder: string): Promise<readonly VectorOutcome[]> {
  const outcomes: VectorOutcome[] = [];
  for (const name of readdirSync(folder).sort()) {
    if (!name.endsWith('.json')) continue;
    let json: unknown;
    try {
      json = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    } catch (fault) {
      outcomes.push(notUnderstood('(broken file)', name, String(fault)));
      continue;
    }
    const file = vectorFileOf(json);
    for (const vector of file?.vectors ?? [])
      if (file !== undefined) outcomes.push(await runVector(vector, file, folder));
  }
  return outcomes;
}

async function runVector(vector: Vector, file: VectorFile, folder: string): Promise<VectorOutcome> {
  const isDisputed = vector.disputed !== undefined;
  let found: Compared;
  try {
    const compare = kinds[file.kind];
    if (compare === undefined) throw new Error(`kind not understood: ${file.kind}`);
    if (vector.expect === undefined && vector['match'] === undefined)
      throw new Error('nothing expected');
    found = await compare(vector, { file, folder });
  } catch (fault) {
    const ours = fault instanceof Error ? fault.message : String(fault);
    found = { differences: [{ field: 'vector', expected: 'understood', ours }], situations: [] };
  }
  const verdict = isDisputed ? 'disputed' : found.differences.length === 0 ? 'agree' : 'disagree';
  return { kind: file.kind, vector, verdict, ...found };
}
