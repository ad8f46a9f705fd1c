/** Predict first: what of a delivery is seen before the answer, and which answer is right. */
import type { State } from '../../view/stage/model.ts';
import { safetyOf, type Ending } from '../../view/stage/signs.ts';
import type { Moment } from '../stage/moments.ts';

export const answers = ['safe', 'readable', 'attacker'] as const;
export type Answer = (typeof answers)[number];

/** The situations of the series, in its order. */
export const seriesOf = <Asked extends { readonly asked?: number }>(
  situations: readonly Asked[],
): readonly Asked[] =>
  situations
    .filter(({ asked }) => asked !== undefined)
    .toSorted((one, other) => (one.asked ?? 0) - (other.asked ?? 0));

/** Nobody unwanted read it: safe, whether it arrived or waits. */
export const answerOf = (ending: Ending): Answer =>
  ending === 'delivered-readable'
    ? 'readable'
    : safetyOf[ending] === 'unsafe'
      ? 'attacker'
      : 'safe';

/** The first moment in which the attacker acts, from 0; the first of all where nobody does. */
export const attackAt = (moments: readonly Moment[]): number =>
  Math.max(
    0,
    moments.findIndex(({ state }) => state.act !== undefined),
  );

/** That moment without what followed from it: who acts and how, before anything came of it. */
export function covered(moments: readonly Moment[], at: number): State {
  const now = moments[at]?.state;
  const before = moments[at - 1]?.state ?? now;
  if (!now || !before) throw new Error('a delivery has at least one moment');
  return {
    ...before,
    attacker: now.attacker,
    act: now.act,
    question: now.question,
    to: before.to,
    thought: '…',
    isMistaken: false,
    via: undefined,
    verdict: undefined,
  };
}
