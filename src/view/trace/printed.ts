/** A run in print: every step as a numbered sentence with its sections and what went over the line. */
import type { Outcome } from '../../core/verdict.ts';
import type { Say } from '../messages/say.ts';
import { citationLabels } from './citation.ts';
import { exchangeText } from './exchange.ts';
import type { Row } from './row.ts';
import { sentenceOf } from './sentence.ts';

export const printStep = (row: Row, say: Say) => ({
  number: row.number,
  sentence: sentenceOf(row, say),
  because: citationLabels(row.because, say),
  exchanges: row.exchanges.map((exchange) => exchangeText(exchange, say)),
});

/** The steps as plain text, line by line; the same rows and words as on the page. */
export const printSteps = (rows: readonly Row[], say: Say): readonly string[] =>
  rows
    .map((row) => printStep(row, say))
    .flatMap(({ number, sentence, because, exchanges }) => [
      `${number}. ${sentence} [${because}]`,
      ...exchanges.map((exchange) => `   ${exchange}`),
    ]);

/** The same with the end below. */
export const printRun = (rows: readonly Row[], outcome: Outcome, say: Say): string =>
  [
    ...printSteps(rows, say),
    `= ${say(`verdict.${outcome.verdict}`)} / ${say(`belief.${outcome.belief}`)}`,
    '',
  ].join('\n');
