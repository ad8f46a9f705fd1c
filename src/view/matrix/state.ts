/** What the reader can set in the matrix, and its address. */
import { defaultKnobs, formatKnobs, knobValues, type Knobs } from '../../world/simulated/knobs.ts';
import { onceEach, readChoice, type Correction } from '../query.ts';
import { settle } from '../simulator/knob-groups.ts';
import { histories, receiverKnobs, type History, type Situation } from './axes.ts';

export interface MatrixState {
  readonly history: History;
  /** Show only the cells where the sender believes itself safe and is not. */
  readonly onlyFalse: boolean;
  readonly receiver: Knobs;
  /** The situation that this receiver is taken from: it then has a row of its own. */
  readonly situation?: string | undefined;
}

export const parameterNames: readonly string[] = [
  'situation',
  'history',
  'only-false',
  ...receiverKnobs,
];

const historyIn = (situation: Situation | undefined): History =>
  situation?.knobs.history ?? 'first-contact';

/** The receiver of a situation: its settings, as far as they are the receiver's. */
export function receiverIn(situation: Situation): Knobs {
  const own = receiverKnobs.map((name) => [name, situation.knobs[name]]);
  return settle({ ...defaultKnobs, ...(Object.fromEntries(own) as Partial<Knobs>) }).knobs;
}

/** The state that a situation opens. */
export const stateOf = (situation: Situation): Partial<MatrixState> => ({
  situation: situation.id,
  receiver: receiverIn(situation),
  history: historyIn(situation),
});

/** Reads an address: nothing is refused, what had to be changed is said. */
export function fromQuery(
  asked: URLSearchParams,
  situations: readonly Situation[] = [],
): {
  readonly state: MatrixState;
  readonly corrections: readonly Correction[];
} {
  const { query, corrections } = onceEach(asked, parameterNames);
  const wanted = query.get('situation');
  const situation = situations.find(({ id }) => id === wanted);
  if (wanted !== null && situation === undefined)
    corrections.push({ key: 'matrix.unknown-situation', args: { value: wanted } });
  const base = situation === undefined ? defaultKnobs : receiverIn(situation);
  const receiver: Record<string, string> = { ...defaultKnobs };
  for (const name of receiverKnobs)
    receiver[name] = readChoice<string>(query, name, knobValues[name], base[name], corrections);
  const settled = settle(receiver as unknown as Knobs);
  for (const { name, value, used } of settled.yielded)
    corrections.push({ key: 'simulator.contradiction', args: { name, value, used } });
  return {
    state: {
      history: readChoice(query, 'history', histories, historyIn(situation), corrections),
      onlyFalse: readChoice(query, 'only-false', ['0', '1'], '0', corrections) === '1',
      receiver: settled.knobs,
      // Settings of its own make another receiver of it: then the situation is where it came from, no more.
      situation: receiverKnobs.every((name) => settled.knobs[name] === base[name])
        ? situation?.id
        : undefined,
    },
    corrections,
  };
}

/** Only what differs from the page's own state, so that addresses stay short. */
export function toQuery(
  { history, onlyFalse, receiver, situation }: MatrixState,
  situations: readonly Situation[] = [],
): URLSearchParams {
  const query = new URLSearchParams();
  const chosen = situations.find(({ id }) => id === situation);
  if (chosen !== undefined) query.set('situation', chosen.id);
  if (history !== historyIn(chosen)) query.set('history', history);
  if (onlyFalse) query.set('only-false', '1');
  if (chosen !== undefined) return query;
  for (const [name, value] of formatKnobs(receiver))
    if (receiverKnobs.includes(name)) query.set(name, value);
  return query;
}
