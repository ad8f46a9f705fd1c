/**
 * The sentence of a step: the message of its rule, filled from its evidence.
 * Only plain values can stand in a sentence; what is larger is shown behind "exactly".
 */
import type { Args } from '../../words/format.ts';
import type { Say } from '../../words/say.ts';
import type { Evidence } from '../../core/trace.ts';
import type { Row } from './row.ts';

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
