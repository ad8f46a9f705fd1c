/**
 * A scenario out of somebody else's file, for the command line: what does not fit is told with its path and,
 * where that is short, what would. After this a simulation cannot stumble.
 */
import { isJsonObject } from '../../core/grammar/json.ts';
import type { z } from 'astro/zod';
import type { Parsed } from '../../core/parsed.ts';
import type { ScenarioCode } from './scenario-code.ts';
import { misfits, scenarioSchema, type Scenario } from './scenario.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];
interface Fault {
  readonly code: ScenarioCode;
  readonly found: string;
}

const byMessage: ReadonlyMap<string, ScenarioCode> = new Map([
  [misfits.name, 'not-a-name'],
  [misfits.address, 'not-an-address'],
]);
const byType: ReadonlyMap<string, ScenarioCode> = new Map([
  ['number', 'not-a-number'],
  ['int', 'not-a-number'],
  ['boolean', 'not-yes-or-no'],
  ['array', 'not-a-list'],
  ['object', 'not-an-object'],
  ['record', 'not-an-object'],
]);

/** `servers[0].address`; `(root)` for the whole. */
const sayPath = (path: Path): string =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '') || '(root)';

/** Did this form of several recognise the value at least so far that the fault lies inside it? */
const isInside = (issues: readonly Issue[]): boolean => issues.some(({ path }) => path.length > 0);

/** Why one issue of the schema is one, in codes; where several forms were possible, of the form that comes nearest. */
function faultsOf(issue: Issue, above: Path = []): readonly Fault[] {
  const path = [...above, ...issue.path];
  const as = (code: ScenarioCode, note = '', at: Path = path): readonly Fault[] => [
    { code, found: `${sayPath(at)}${note}` },
  ];
  // JSON cannot say undefined: there is nothing.
  if (issue.input === undefined) return as('missing');
  const known = byMessage.get(issue.message);
  if (known !== undefined) return as(known);
  switch (issue.code) {
    case 'invalid_type':
      return as(byType.get(issue.expected) ?? 'not-text');
    case 'invalid_value':
      return as('not-one-of', ` (${issue.values.join(', ')})`);
    case 'unrecognized_keys':
      return issue.keys.flatMap((key) => as('unknown-field', '', [...path, key]));
    case 'too_big':
      if (issue.origin === 'array') return as('too-many');
      return as(issue.origin === 'string' ? 'not-text' : 'not-a-number', ` (≤ ${issue.maximum})`);
    case 'too_small':
      if (issue.origin === 'array') return as('missing', '', [...path, 0]);
      return as('not-a-number', ` (≥ ${issue.minimum})`);
    case 'invalid_union': {
      if ('options' in issue) return as('not-one-of', ` (${issue.options?.join(', ')})`);
      const inside = issue.errors.filter(isInside).toSorted((a, b) => a.length - b.length);
      const nearest = inside[0] ?? issue.errors[0] ?? [];
      return nearest.flatMap((each) => faultsOf(each, path));
    }
    default:
      return as('not-text');
  }
}

const objectAt = (value: unknown, field: string) =>
  isJsonObject(value) && Object.hasOwn(value, field) && isJsonObject(value[field])
    ? value[field]
    : undefined;

/** Below this no part of the format names a certificate; a file can be nested until the stack ends. */
const deepestPath = 12;

/** Every id of a certificate in a part of a scenario, where it stands, and whether as a stolen key. */
function* certificatesNamed(
  part: unknown,
  above: Path = [],
): Generator<{ readonly path: Path; readonly id: string; readonly isKey: boolean }> {
  if (typeof part !== 'object' || part === null || above.length > deepestPath) return;
  const isKey = above.at(-1) === 'serverKeys';
  for (const [field, value] of Object.entries(part)) {
    const path = [...above, Array.isArray(part) ? Number(field) : field];
    if (typeof value === 'string') {
      if (isKey || field === 'certificate') yield { path, id: value, isKey };
      // What the attacker shows on the way to the policy host is his own.
    } else if (field !== 'https') yield* certificatesNamed(value, path);
  }
}

/** Which certificates are named and not there; also in a file of which other parts do not fit. */
function missingCertificates(json: unknown): readonly Fault[] {
  const now = objectAt(json, 'certificates');
  if (!isJsonObject(json) || now === undefined) return [];
  const { past, ...present } = json;
  // A past without certificates of its own has those of the present.
  const then = objectAt(past, 'certificates') ?? now;
  const missingIn = (part: object, known: object) =>
    [...certificatesNamed(part)]
      // The attacker's keys are of the world in which he attacks, which a delivery of the past chooses.
      .filter(
        ({ id, isKey }) =>
          ![known, ...(isKey ? [now, then] : [])].some((of) => Object.hasOwn(of, id)),
      )
      .map(({ path }): Fault => ({ code: 'no-such-certificate', found: sayPath(path) }));
  return [...missingIn(present, now), ...missingIn({ past }, then)];
}

/**
 * Reads a scenario as JSON, by itself or as an entry of the published corpus.
 * Errors: the code, and in `found` the path of the part that does not fit (`servers[0].address`).
 */
export function parseScenario(source: string): Parsed<Scenario, ScenarioCode> {
  const at = { start: 0, end: source.length };
  let json: unknown;
  try {
    json = JSON.parse(source.replace(/^\ufeff/, ''));
  } catch {
    return { ok: false, problems: [{ code: 'not-json', at }] };
  }
  // An entry of the published corpus has its scenario as `world`, and more beside it.
  if (isJsonObject(json) && !Object.hasOwn(json, 'format') && isJsonObject(json['world']))
    json = json['world'];
  const read = scenarioSchema.safeParse(json, { reportInput: true });
  const faults = [
    ...(read.error?.issues ?? []).flatMap((issue) => faultsOf(issue)),
    ...missingCertificates(json),
  ];
  if (read.success && faults.length === 0) return { ok: true, value: read.data, warnings: [] };
  return { ok: false, problems: faults.map((fault) => ({ ...fault, at })) };
}
