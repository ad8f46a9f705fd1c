/** What the last round found, kept in a file; and what changed since. */
import { readKept } from './files.ts';
import type { MessageKey } from '../view/messages/message-key.ts';
import { standings } from '../core/check/verdict.table.ts';
import type { Finding } from './finding.ts';
import { stateSchema, type Change, type State } from './schemas.ts';
import { severities } from './severity.table.ts';

export type StateRead =
  | { readonly ok: true; readonly state: State | undefined }
  | { readonly ok: false; readonly key: MessageKey };

/** A clock is set right by less than this now and then; more is a clock that is wrong. */
const clockLeewaySeconds = 60;

/** No file yet is no fault: then everything is new. */
export async function readState(path: string, nowSeconds: number): Promise<StateRead> {
  const read = await readKept(path, stateSchema);
  if (read === 'absent') return { ok: true, state: undefined };
  if (typeof read === 'string') return { ok: false, key: `cli.watch.state-${read}` };
  return read.kept.writtenAtSeconds > nowSeconds + clockLeewaySeconds
    ? { ok: false, key: 'cli.watch.clock' }
    : { ok: true, state: read.kept };
}

type Known = State['domains'][string];
const keyOf = ({ id, about }: { readonly id: string; readonly about: string }): string =>
  `${id} ${about}`;

/**
 * The changes of one domain, and what to keep of it. Where something could not be looked at, what was wrong
 * before is neither fixed nor forgotten.
 */
export function compare(
  finding: Finding,
  before: Known | undefined,
): { readonly changes: readonly Change[]; readonly kept: Known } {
  const { domain, standing, severity, checkedAtSeconds } = finding;
  const changes: Change[] = [];
  const isWhole = finding.problems.every((problem) => problem.severity !== 'unknown');
  const now = new Map(finding.problems.map((problem) => [keyOf(problem), problem]));
  for (const [key, { id, about, severity: is, says }] of now) {
    const was = before?.problems[key]?.severity;
    const grew = was === undefined ? 0 : severities.indexOf(is) - severities.indexOf(was);
    if (was === undefined) changes.push({ change: 'new', domain, id, about, severity: is, says });
    else if (grew !== 0)
      changes.push({
        ...{ change: grew > 0 ? 'worse' : 'better', domain, id, about },
        ...{ severity: is, before: was, says },
      });
  }
  const gone = Object.values(before?.problems ?? {}).filter((problem) => !now.has(keyOf(problem)));
  // What could not be looked up is over as soon as it can.
  const fixed = gone.filter((problem) => isWhole || problem.severity === 'unknown');
  for (const { id, about, severity: was, says } of fixed)
    changes.push({ change: 'fixed', domain, id, about, severity: 'ok', before: was, says });
  if (changes.length === 0 && isLess(before?.standing, standing))
    changes.push({
      ...{ change: 'worse', domain, id: 'standing', about: domain },
      ...{ severity, says: finding.sentence },
    });
  const carried = gone.filter((problem) => !fixed.includes(problem));
  return {
    changes,
    kept: {
      // Of a round that could not look, the standing says nothing.
      standing: isWhole || before === undefined ? standing : before.standing,
      ...{ severity, checkedAtSeconds },
      problems: Object.fromEntries(
        [...finding.problems, ...carried].map((problem) => [keyOf(problem), problem]),
      ),
    },
  };
}

/** Less protection, though nothing is wrong by itself: DANE was withdrawn beside MTA-STS, say. */
const protections: readonly string[] = standings.slice(0, standings.indexOf('neither') + 1);
const isLess = (before: string | undefined, now: string): boolean => {
  const from = protections.indexOf(before ?? '');
  return from >= 0 && protections.indexOf(now) > from;
};

/** What one round over the names found. */
export interface Round {
  readonly findings: readonly Finding[];
  /** What kept the round from being whole: names that are none, a state that cannot be written. */
  readonly faults: readonly string[];
  /** Against the last round, where one is known. */
  readonly changes?: readonly Change[];
}
