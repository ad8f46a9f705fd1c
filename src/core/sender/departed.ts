/** Records that a real sender leaves the strict path here, and where the strict path stands. */
import { step, type Procedure } from '../trace.ts';
import { departures, type DepartureId } from './departures.ts';

export function* departed(
  departure: DepartureId,
  evidence: Readonly<Record<string, unknown>> = {},
): Procedure<void> {
  const { rule, citation, kind } = departures[departure];
  yield* step('sender.departed', { departure, kind, instead: rule, citation, ...evidence });
}
