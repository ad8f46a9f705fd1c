/**
 * A scenario out of somebody else's file, for the command line: what does not fit is told with its path and,
 * where that is short, what would. After this a simulation cannot stumble.
 */
import type { z } from 'astro/zod';
import type { Parsed } from '../core/parsed.ts';
import { isObject, misfits, scenarioSchema, type Scenario } from './scenario.ts';

export type ScenarioCode =
  | 'not-json'
  | 'missing'
  | 'unknown-field'
  | 'not-text'
  | 'not-a-number'
  | 'not-yes-or-no'
  | 'not-a-list'
  | 'not-an-object'
  | 'not-one-of'
  | 'not-a-name'
  | 'not-an-address'
  | 'no-such-certificate'
  | 'too-many';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];
interface Fault {
  readonly code: ScenarioCode;
  readonly found: string;
}

const byMessage: ReadonlyMap<string, ScenarioCode> = new Map([
  [misfits.name, 'not-a-name'],
  [misfits.address, 'not-an-address'],
  [misfits.certificate, 'no-such-certificate'],
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
  const known = byMessage.get(issue.message);
  if (known === 'no-such-certificate') return as(known);
  // JSON cannot say undefined: there is nothing.
  if ('input' in issue && issue.input === undefined) return as('missing');
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
  if (isObject(json) && !Object.hasOwn(json, 'format') && isObject(json['world']))
    json = json['world'];
  const read = scenarioSchema.safeParse(json, { reportInput: true });
  if (read.success) return { ok: true, value: read.data, warnings: [] };
  const faults = read.error.issues.flatMap((issue) => faultsOf(issue));
  return { ok: false, problems: faults.map((fault) => ({ ...fault, at })) };
}
