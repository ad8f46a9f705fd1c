/**
 * The sentence of a step: the message of its rule, filled from its evidence.
 * Only plain values can stand in a sentence; what is larger is shown behind "exactly".
 */
import { fillingOf } from './filling.ts';
import type { Say } from '../messages/say.ts';
import type { Row } from './row.ts';

export const sentenceOf = (row: Pick<Row, 'rule' | 'evidence'>, say: Say): string =>
  say(`rule.${row.rule}`, fillingOf(row.evidence));
