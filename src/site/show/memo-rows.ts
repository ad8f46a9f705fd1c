/** The rows of the memo's table of advantages and disadvantages, each with the verdict on what it says. */
import { factsOfBuild } from '../facts/facts.ts';
import type { Claim, ClaimVerdict } from '../schemas/claim.ts';

/** From the heaviest to the lightest: a row is as sound as the weakest of its claims. */
export const verdictsByWeight = ['CON', 'NS', 'SN', 'OP', 'S'] as const satisfies ClaimVerdict[];

export function memoRows() {
  const { comparison, claims } = factsOfBuild();
  return comparison.memoTable.map((row) => {
    const checked: readonly Claim[] = row.claims.flatMap((id) =>
      claims.filter((claim) => claim.id === id),
    );
    const verdict = verdictsByWeight.find((each) =>
      checked.some((claim) => claim.verdict === each),
    );
    return { ...row, isPro: row.row.startsWith('pro'), checked, verdict };
  });
}

/** How many rows have this verdict. */
export const rowsWith = (verdict: ClaimVerdict): number =>
  memoRows().filter((row) => row.verdict === verdict).length;
