/** Records that a real sender leaves the strict path here, and where the strict path stands. */
import { step, type Step, type TraceEvent } from '../trace.ts';
import { departures, type DepartureId } from './departures.ts';

export function departed(
  departure: DepartureId,
  evidence: Readonly<Record<string, unknown>> = {},
): Step {
  const { rule, citation, kind } = departures[departure];
  return step('sender.departed', { departure, kind, instead: rule, citation, ...evidence });
}

const isDeparture = (id: unknown): id is DepartureId =>
  typeof id === 'string' && Object.hasOwn(departures, id);

/** Where a trace left the strict path, in order, each departure once. Words: `departure.<id>`. */
export const departuresTaken = (events: readonly TraceEvent[]): readonly DepartureId[] => [
  ...new Set(
    events
      .filter((event) => event.kind === 'step')
      .filter(({ rule }) => rule === 'sender.departed')
      .map(({ evidence }) => evidence?.['departure'])
      .filter(isDeparture),
  ),
];
