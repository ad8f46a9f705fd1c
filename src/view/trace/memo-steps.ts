/**
 * The memo of 2016 tells what a sender does under SMTP STS in steps 1, 2, 3a and 3b. This table says
 * in which of them each rule of the draft's sender falls; a test holds it to the rule table.
 */
import type { Row } from './row.ts';

export const memoSteps = ['step-1', 'step-2', 'step-3a', 'step-3b'] as const;
export type MemoStep = (typeof memoSteps)[number];

const rulesOf: Readonly<Record<MemoStep, readonly string[]>> = {
  'step-1': [
    'record-read',
    'record-absent',
    'record-malformed',
    'record-lookup-failed',
    'first-policy-trusted',
    'first-policy-authenticated',
    'first-policy-not-authenticated',
    'policy-cached',
    'policy-not-cached',
    'cached-policy-used',
    'policy-expired',
  ],
  'step-2': ['mx-listed', 'mx-not-listed', 'tls-missing', 'certificate-invalid', 'host-valid'],
  'step-3a': ['failure-reported', 'not-used-to-reject', 'delivered-despite-failure'],
  'step-3b': [
    'new-policy-looked-for',
    'new-policy-authenticated',
    'new-policy-not-authenticated',
    'no-new-policy',
    'treated-as-failure',
  ],
};

/** The memo's step in which this rule falls; undefined: the memo says nothing of it. */
export const memoStepOf = (rule: string): MemoStep | undefined =>
  memoSteps.find((step) => rulesOf[step].some((name) => rule === `sts-2016.${name}`));

/** For each of the memo's steps, the numbers of the rows that take it. */
export const takenIn = (rows: readonly Row[]) =>
  memoSteps.map((step) => ({
    step,
    numbers: rows.filter(({ rule }) => memoStepOf(rule) === step).map(({ number }) => number),
  }));
