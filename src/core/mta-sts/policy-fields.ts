/** What the lines of a policy say: the four fields, which of several counts, what is missing. RFC 8461 §3.2. */
import type { ParseProblem } from '../parsed.ts';
import { isDomain } from '../grammar/domain.ts';
import { isStsMode, maxAgeMostSeconds } from './memory.ts';
import type { PolicyCode, StsPolicy } from './policy.ts';
import type { PolicyLine, PolicyLines } from './policy-lines.ts';

/** `*.` and a domain, or a domain. */
export const isMxPattern = (text: string): boolean =>
  isDomain(text.startsWith('*.') ? text.slice(2) : text);

type FieldProblem = ParseProblem<PolicyCode>;

const judges: Readonly<Record<string, (value: string) => string | undefined>> = {
  version: (value) => (value === 'STSv1' ? undefined : 'version-not-stsv1'),
  mode: (value) => (isStsMode(value) ? undefined : 'mode-unknown'),
  max_age: (value) => {
    if (!/^[0-9]{1,10}$/.test(value)) return 'max-age-not-a-number';
    return Number(value) > maxAgeMostSeconds ? 'max-age-above-maximum' : undefined;
  },
  mx: (value) => {
    if (isMxPattern(value)) return undefined;
    return value.endsWith('.') && isMxPattern(value.slice(0, -1))
      ? 'mx-final-dot'
      : 'mx-not-a-pattern';
  },
};

const isPolicyCode = (key: string): key is 'version' | 'mode' | 'max_age' | 'mx' =>
  Object.hasOwn(judges, key);

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
  const extensions: { name: string; value: string }[] = [];
  for (const line of lines.lines) {
    const { key, value, at, valueAt } = line;
    if (!isPolicyCode(key)) {
      extensions.push({ name: key, value });
      warnings.push({ code: 'unknown-key', at, found: key });
      continue;
    }
    if (key !== 'mx' && first.has(key)) {
      if (value === '' || value.includes('\t'))
        problems.push({ code: 'syntax', situation: 'empty-extension', at, found: key });
      warnings.push({ code: 'repeated-key', at, found: key });
      continue;
    }
    first.set(key, line);
    const situation = judges[key]?.(value);
    if (situation !== undefined) problems.push({ code: key, situation, at: valueAt, found: value });
    else if (key === 'mx') mx.push(value);
  }
  problems.sort((one, other) => one.at.start - other.at.start);
  const mode = first.get('mode')?.value;
  problems.push(...missing(first, mode, problems, lines));
  warnings.push(...doubts(first, mode, mx));
  if (problems.length > 0 || mode === undefined || !isStsMode(mode)) return { problems, warnings };
  const maxAgeSeconds = Number(first.get('max_age')?.value);
  return { policy: { mode, maxAgeSeconds, mx, extensions }, problems, warnings };
}

function missing(
  first: ReadonlyMap<string, PolicyLine>,
  mode: string | undefined,
  problems: readonly FieldProblem[],
  lines: PolicyLines,
): readonly FieldProblem[] {
  // An empty or unreadable file is told as such, not as four missing fields.
  if (first.size === 0 && problems.length > 0) return [];
  // What was not read is not missing.
  if (lines.isCut) return [];
  const end = lines.marks.at(-1)?.at.end ?? 0;
  const at = { start: end, end };
  const isAbsent = (key: string) => !first.has(key) && !lines.unreadKeys.has(key);
  const absent: FieldProblem[] = [];
  if (isAbsent('version')) absent.push({ code: 'version', situation: 'version-missing', at });
  if (isAbsent('mode')) absent.push({ code: 'mode', situation: 'mode-missing', at });
  if (isAbsent('max_age')) absent.push({ code: 'max_age', situation: 'max-age-missing', at });
  if (isAbsent('mx') && mode !== 'none') absent.push({ code: 'mx', situation: 'mx-missing', at });
  return absent;
}

function doubts(
  first: ReadonlyMap<string, PolicyLine>,
  mode: string | undefined,
  mx: readonly string[],
): readonly ParseProblem<string>[] {
  const found: ParseProblem<string>[] = [];
  const maxAge = first.get('max_age');
  if (maxAge !== undefined && Number(maxAge.value) === 0 && maxAge.value !== '')
    found.push({ code: 'max-age-zero', at: maxAge.valueAt, found: maxAge.value });
  const [firstMx] = mx;
  const at = first.get('mx')?.at;
  if (mode === 'none' && firstMx !== undefined && at !== undefined)
    found.push({ code: 'mx-in-mode-none', at, found: firstMx });
  return found;
}
