/**
 * The sentence of a step: the message of its rule, filled from its evidence.
 * Only plain values can stand in a sentence; what is larger is shown behind "exactly".
 */
import type { Evidence } from '../../core/trace.ts';
import { type Args, type Say } from '../messages/say.ts';
import type { Row } from './row.ts';

/** What a step knows, as far as it can stand in a sentence; what is larger is shown beside it. */
export function fillingOf(evidence: Evidence): Args {
  const filling: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(evidence)) {
    if (typeof value === 'string' || typeof value === 'number') filling[name] = value;
    else if (typeof value === 'boolean') filling[name] = String(value);
    else if (Array.isArray(value) && value.every((item) => typeof item === 'string'))
      filling[name] = value.join(', ');
  }
  return filling;
}

export const sentenceOf = (row: Pick<Row, 'rule' | 'evidence'>, say: Say): string =>
  say(`rule.${row.rule}`, fillingOf(row.evidence));
