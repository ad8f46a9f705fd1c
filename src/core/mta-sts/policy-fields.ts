/** What the lines of a policy say: the four fields, which of several counts, what is missing. RFC 8461 §3.2. */
import type { ParseProblem, Span } from '../parsed.ts';
import { isStsMode, maxAgeMostSeconds, type StsMode } from './memory.ts';
import {
  idlePattern,
  isWildcardOfTop,
  isMxPattern,
  meantKey,
  modeFault,
  mxFault,
  ownKeys,
  versionFault,
  type OwnKey,
  type Fault,
} from './near-miss.ts';
import type { PolicyLine, PolicyLines } from './policy-lines.ts';

export interface StsPolicy {
  readonly mode: StsMode;
  /** Seconds from the fetch during which the policy may be applied. */
  readonly maxAgeSeconds: number;
  /** As written: host names and `*.` patterns. */
  readonly mx: readonly string[];
  readonly extensions: readonly { readonly name: string; readonly value: string }[];
}

export type PolicyCode =
  'http-status' | 'too-large' | 'content-type' | 'syntax' | 'version' | 'mode' | 'max_age' | 'mx';

type FieldProblem = ParseProblem<PolicyCode>;

const judges: Readonly<Record<OwnKey, (value: string) => Fault | undefined>> = {
  version: (value) => (value === 'STSv1' ? undefined : versionFault(value)),
  mode: (value) => (isStsMode(value) ? undefined : modeFault(value)),
  max_age: (value) => {
    if (!/^[0-9]{1,10}$/.test(value)) return { situation: 'max-age-not-a-number' };
    return Number(value) > maxAgeMostSeconds ? { situation: 'max-age-above-maximum' } : undefined;
  },
  mx: (value) => (isMxPattern(value) ? undefined : mxFault(value)),
};

const isOwnKey = (key: string): key is OwnKey => Object.hasOwn(judges, key);

/**
 * Takes the first of each field (every `mx` counts) and judges its value. A repeated field is
 * ignored whatever its value, as long as it fits the grammar of an extension.
 */
export function readFields(lines: PolicyLines): {
  readonly policy?: StsPolicy;
  readonly problems: readonly FieldProblem[];
  readonly warnings: readonly ParseProblem<string>[];
} {
  const problems: FieldProblem[] = [...lines.problems];
  const warnings: ParseProblem<string>[] = [];
  const first = new Map<string, PolicyLine>();
  const mx: string[] = [];
  const mxAt = new Map<string, Span>();
  const extensions: { name: string; value: string }[] = [];
  const misspelt: { instead: OwnKey; at: Span; key: string }[] = [];
  for (const line of lines.lines) {
    const { key, value, at, valueAt } = line;
    if (!isOwnKey(key)) {
      extensions.push({ name: key, value });
      const instead = meantKey(key);
      if (instead === undefined) warnings.push({ code: 'unknown-key', at, found: key });
      else misspelt.push({ instead, at: { start: at.start, end: at.start + key.length }, key });
      continue;
    }
    if (key !== 'mx' && first.has(key)) {
      if (value === '' || value.includes('\t'))
        problems.push({ code: 'syntax', situation: 'empty-extension', at, found: key });
      warnings.push({ code: 'repeated-key', at, found: key });
      continue;
    }
    first.set(key, line);
    const fault = judges[key](value);
    if (fault !== undefined) problems.push({ code: key, ...fault, at: valueAt, found: value });
    else if (key === 'mx') {
      mx.push(value);
      mxAt.set(value, valueAt);
    }
  }
  // A key that is missing and stands there misspelt is one fault, at its place.
  const toldMisspelt = new Set<OwnKey>();
  for (const { instead, at, key } of misspelt) {
    const told = { slip: 'key-misspelt', instead, at, found: key };
    if (first.has(instead) || toldMisspelt.has(instead))
      warnings.push({ ...told, code: 'unknown-key' });
    else problems.push({ ...told, code: instead, situation: missingOf[instead] });
    toldMisspelt.add(instead);
  }
  problems.sort((one, other) => one.at.start - other.at.start);
  const mode = first.get('mode')?.value;
  problems.push(...missing(first, toldMisspelt, mode, problems, lines));
  warnings.push(...doubts(first, mode, mx, mxAt));
  if (problems.length > 0 || mode === undefined || !isStsMode(mode)) return { problems, warnings };
  const maxAgeSeconds = Number(first.get('max_age')?.value);
  return { policy: { mode, maxAgeSeconds, mx, extensions }, problems, warnings };
}

const missingOf: Readonly<Record<OwnKey, string>> = {
  version: 'version-missing',
  mode: 'mode-missing',
  max_age: 'max-age-missing',
  mx: 'mx-missing',
};

function missing(
  first: ReadonlyMap<string, PolicyLine>,
  misspelt: ReadonlySet<string>,
  mode: string | undefined,
  problems: readonly FieldProblem[],
  lines: PolicyLines,
): readonly FieldProblem[] {
  // An empty or unreadable file is told as such, not as four missing fields.
  if (first.size + misspelt.size === 0 && problems.length > 0) return [];
  // What was not read is not missing.
  if (lines.isCut) return [];
  const end = lines.marks.at(-1)?.at.end ?? 0;
  const at = { start: end, end };
  const isAbsent = (key: string) =>
    !first.has(key) && !misspelt.has(key) && !lines.unreadKeys.has(key);
  const wanted = ownKeys.filter((key) => isAbsent(key) && !(key === 'mx' && mode === 'none'));
  return wanted.map((key) => ({ code: key, situation: missingOf[key], at }));
}

function doubts(
  first: ReadonlyMap<string, PolicyLine>,
  mode: string | undefined,
  mx: readonly string[],
  mxAt: ReadonlyMap<string, Span>,
): readonly ParseProblem<string>[] {
  const found: ParseProblem<string>[] = [];
  const maxAge = first.get('max_age');
  if (maxAge !== undefined && Number(maxAge.value) === 0 && maxAge.value !== '')
    found.push({ code: 'max-age-zero', at: maxAge.valueAt, found: maxAge.value });
  const [firstMx] = mx;
  const at = first.get('mx')?.at;
  const idle = mx.flatMap((pattern) => {
    const code = idlePattern(pattern);
    return code === undefined ? [] : [{ code, found: pattern }];
  });
  const place = at ?? { start: 0, end: 0 };
  const [widest] = mx.filter((pattern) => isWildcardOfTop(pattern) && !idlePattern(pattern));
  if (widest !== undefined)
    found.push({ code: 'mx-wildcard-top', at: mxAt.get(widest) ?? place, found: widest });
  found.push(...idle.map((each) => ({ ...each, at: mxAt.get(each.found) ?? place })));
  if (idle.length === mx.length && firstMx !== undefined && mode !== 'none')
    found.push({ code: 'no-mx-can-match', at: place, found: firstMx });
  if (mode === 'none' && firstMx !== undefined && at !== undefined)
    found.push({ code: 'mx-in-mode-none', at, found: firstMx });
  return found;
}
