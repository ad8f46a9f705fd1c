/** One step of a trace as readers see it, with the exchanges that led to it. */
import type { Citation } from '../../core/cite.ts';
import type { RuleId } from '../../core/rules.ts';
import type { Evidence } from '../../core/trace.ts';
import type { Exchange } from './exchange.ts';

export interface Row {
  /** Counts from 1, as readers do. */
  readonly number: number;
  readonly rule: RuleId;
  readonly evidence: Evidence;
  readonly because: readonly Citation[];
  readonly exchanges: readonly Exchange[];
}

/** Literal words of a standard that say a rule, and where they stand. By rule id in what widgets get. */
export interface RuleClause extends Citation {
  readonly words: string;
}
