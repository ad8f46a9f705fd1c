/**
 * A point where a real sender was seen to differ from a strict reading of the standards, or uses a
 * freedom that they leave. Each module of a standard declares its own, beside the decision that they change;
 * `sender/departures.ts` has them all. Ids only; what was observed is in `content/profiles/`.
 *
 * A departure acts at one named decision of the procedures, and leaves a step `sender.departed`
 * in the trace exactly when it changes that decision.
 */
import { cite, type Citation, type SourceId } from './cite.ts';
import type { RuleId } from './rules.ts';
import { step, type Evidence, type Step } from './trace.ts';

/** `deviation` from a MUST; `variation` that the text permits; `open`: the text does not decide. */
export type DepartureKind = 'deviation' | 'variation' | 'open';

export interface Departure {
  /** The rule that a strict sender follows at this decision. */
  readonly rule: RuleId;
  readonly kind: DepartureKind;
  readonly citation: Citation;
}

/** One entry of a table of departures: where the text is that a sender leaves. */
export const departure = (
  rule: RuleId,
  kind: DepartureKind,
  source: SourceId,
  section: string,
): Departure => ({ rule, kind, citation: cite(source, section) });

/** The departures that a sender takes, as a module asks for its own: a set that may hold others too. */
export interface Departs<Id extends string> {
  has(departure: Id): boolean;
}

/** Makes the step that says: this sender leaves the strict path here, and where that path is. */
export const departedBy =
  <Id extends string>(table: Readonly<Record<Id, Departure>>) =>
  (id: Id, evidence: Evidence = {}): Step => {
    const { rule, citation, kind } = table[id];
    return step('sender.departed', { departure: id, kind, instead: rule, citation, ...evidence });
  };
