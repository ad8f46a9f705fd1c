/**
 * The reader's own weighing of the memo's findings: what each weighs, and what would follow if one
 * of them were wrong. A sum, nothing cleverer: the reader must be able to follow it on paper.
 */
import type { KeyEnd } from '../messages/message-key.ts';
import type { Say } from '../messages/say.ts';
import { onceEach, type Correction } from '../query.ts';
import type { Balance, Load } from './balance.ts';

/** From "speaks strongly for waiting" to "speaks strongly for going on". */
export const weights = [-2, -1, 0, 1, 2] as const;
export type Weight = (typeof weights)[number];

export interface ShownFinding {
  readonly id: string;
  /** On the scales and beside the finding; the first six are weighed first. */
  readonly number: number;
  readonly isFirst: boolean;
  /** The side on which the memo counts it. */
  readonly pulls: 'go-on' | 'wait' | 'neither';
  readonly text: string;
  readonly ifWrong: string;
  readonly claims: readonly {
    readonly id: string;
    readonly verdict: KeyEnd<'prose.verdict.'>;
    /** The verdict in words, and its sign. */
    readonly says: string;
    readonly sign: string;
    /** What our note says, in a line. */
    readonly short: string;
    readonly sources: string;
    readonly later: string;
    readonly href: string;
  }[];
}

export interface Weighing {
  /** Finding id → weight; what is not in it has not been weighed, which is not the same as 0. */
  readonly weights: Readonly<Record<string, Weight>>;
  /** Findings that the reader supposes to be wrong: they do not count. */
  readonly wrong: readonly string[];
}

export const noWeighing: Weighing = { weights: {}, wrong: [] };

export type Leaning = 'go-on' | 'wait' | 'even';

export interface Outcome {
  readonly leaning: Leaning;
  /** Sum of all weights that count. */
  readonly total: number;
  /** Findings without which the leaning would be another. */
  readonly decisive: readonly string[];
}

const leaningOf = (total: number): Leaning => (total > 0 ? 'go-on' : total < 0 ? 'wait' : 'even');

export const weightOf = (weighing: Weighing, id: string): Weight => weighing.weights[id] ?? 0;

const counts = (weighing: Weighing, id: string): number =>
  weighing.wrong.includes(id) ? 0 : weightOf(weighing, id);

/** Adds up; and takes each finding out once, to see whether the outcome hangs on it alone. */
export function outcomeOf(weighing: Weighing, findings: readonly ShownFinding[]): Outcome {
  const total = findings.reduce((sum, { id }) => sum + counts(weighing, id), 0);
  const leaning = leaningOf(total);
  const decisive = findings
    .filter(({ id }) => counts(weighing, id) !== 0)
    .filter(({ id }) => leaningOf(total - counts(weighing, id)) !== leaning)
    .map(({ id }) => id);
  return { leaning, total, decisive };
}

export const weigh = (weighing: Weighing, id: string, weight: Weight): Weighing => ({
  ...weighing,
  weights: { ...weighing.weights, [id]: weight },
});

/** On which side a finding was put; undefined where it has not been weighed. */
export const sideOf = (weighing: Weighing, id: string): ShownFinding['pulls'] | undefined => {
  const weight = weighing.weights[id];
  return weight === undefined ? undefined : weight > 0 ? 'go-on' : weight < 0 ? 'wait' : 'neither';
};

/** The memo's own side for each of its findings; it gives no strengths. */
export const weighingOfMemo = (findings: readonly ShownFinding[]): Weighing => ({
  weights: Object.fromEntries(
    findings.map(({ id, pulls }) => [id, pulls === 'go-on' ? 1 : pulls === 'wait' ? -1 : 0]),
  ),
  wrong: [],
});

/** What lies on the scales: each finding that counts, by its number. */
export function scalesOf(weighing: Weighing, findings: readonly ShownFinding[], say: Say): Balance {
  const { decisive } = outcomeOf(weighing, findings);
  const loads = (sign: 1 | -1): readonly Load[] =>
    findings
      .filter(({ id }) => sign * counts(weighing, id) > 0)
      .map(({ id, number }) => ({
        text: String(number),
        isHeavy: Math.abs(counts(weighing, id)) === 2,
        isDecisive: decisive.includes(id),
      }));
  return {
    left: { label: say('criteria.wait'), paint: 'verdict-waits', loads: loads(-1) },
    right: { label: say('criteria.go-on'), paint: 'verdict-delivered-proven', loads: loads(1) },
  };
}

/** What a figure or a paper lists: the first findings, and every other that the reader did something with. */
export const shownIn = ({ weights: given, wrong }: Weighing, findings: readonly ShownFinding[]) =>
  findings.filter(({ id, isFirst }) => isFirst || id in given || wrong.includes(id));

/** From this difference on the scales hang as far as they go, and the outcome is called clear. */
export const clearDifference = 4;

/** The outcome in a sentence, the same on the page, in the figure and in the document. */
export function resultOf(weighing: Weighing, findings: readonly ShownFinding[], say: Say): string {
  const { leaning, total } = outcomeOf(weighing, findings);
  if (Object.keys(weighing.weights).length === 0) return say('criteria.nothing-yet');
  const difference = Math.abs(total);
  return say(`criteria.leaning.${leaning}`, {
    difference,
    strength: difference >= clearDifference ? 'clear' : 'slight',
  });
}

/** What a finding weighs, in words; also that it was not weighed, or is supposed to be wrong. */
export function weightIn(weighing: Weighing, id: string, say: Say): string {
  if (weighing.wrong.includes(id)) return say('criteria.supposed-wrong');
  const weight = weighing.weights[id];
  return weight === undefined ? say('criteria.not-weighed') : say(`criteria.weight.${weight}`);
}

/** What would turn the outcome: a sentence, with the findings by number. */
export function turningOf(weighing: Weighing, findings: readonly ShownFinding[], say: Say): string {
  const { decisive } = outcomeOf(weighing, findings);
  const numbers = findings.filter(({ id }) => decisive.includes(id)).map(({ number }) => number);
  return numbers.length === 0
    ? say('criteria.robust')
    : say('criteria.decisive', { count: numbers.length, numbers: numbers.join(', ') });
}

export const suppose = (weighing: Weighing, id: string, isWrong: boolean): Weighing => ({
  ...weighing,
  wrong: [...weighing.wrong.filter((other) => other !== id), ...(isWrong ? [id] : [])],
});

export const parameterNames = ['weights', 'wrong'] as const;

/** `weights=first-contact:2,overlap:-1&wrong=overlap`. */
export function toQuery(weighing: Weighing): URLSearchParams {
  const query = new URLSearchParams();
  const given = Object.entries(weighing.weights);
  if (given.length > 0)
    query.set('weights', given.map(([id, weight]) => `${id}:${weight}`).join(','));
  if (weighing.wrong.length > 0) query.set('wrong', weighing.wrong.join(','));
  return query;
}

/** Reads a link; findings and weights that do not exist are left out, and that is said. */
export function fromQuery(
  asked: URLSearchParams,
  findings: readonly string[],
): { readonly weighing: Weighing; readonly corrections: readonly Correction[] } {
  const { query, corrections } = onceEach(asked, parameterNames);
  const unknown = (name: string, text: string) =>
    corrections.push({ key: 'criteria.link-unknown', args: { name, text } });
  const listOf = (name: string): readonly string[] =>
    (query.get(name) ?? '').split(',').filter((part) => part !== '');

  let weighing = noWeighing;
  for (const part of listOf('weights')) {
    const [id = '', text = ''] = part.split(':');
    const weight = weights.find((candidate) => String(candidate) === text);
    if (!findings.includes(id) || weight === undefined) unknown('weights', part);
    else {
      const before = weighing.weights[id];
      if (before !== undefined && before !== weight)
        corrections.push({ key: 'link.repeated', args: { name: id, used: weight } });
      weighing = weigh(weighing, id, weight);
    }
  }
  for (const id of listOf('wrong')) {
    if (findings.includes(id)) weighing = suppose(weighing, id, true);
    else unknown('wrong', id);
  }
  return { weighing, corrections };
}
