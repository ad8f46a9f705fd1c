/** What the reader can set in the matrix, and its address. */
import { defaultKnobs, formatKnobs, knobValues, type Knobs } from '../../world/knobs.ts';
import { readChoice, type Correction } from '../parts/query.ts';
import { settle } from '../simulator/knob-groups.ts';
import { histories, receiverKnobs, type History } from './axes.ts';

export interface MatrixState {
  readonly history: History;
  /** Show only the cells where the sender believes itself safe and is not. */
  readonly onlyFalse: boolean;
  readonly receiver: Knobs;
}

export const parameterNames: readonly string[] = ['history', 'only-false', ...receiverKnobs];

/** Reads an address: nothing is refused, what had to be changed is said. */
export function fromQuery(query: URLSearchParams): {
  readonly state: MatrixState;
  readonly corrections: readonly Correction[];
} {
  const corrections: Correction[] = [];
  const receiver: Record<string, string> = { ...defaultKnobs };
  for (const name of receiverKnobs)
    receiver[name] = readChoice<string>(
      query,
      name,
      knobValues[name],
      defaultKnobs[name],
      corrections,
    );
  const settled = settle(receiver as unknown as Knobs);
  for (const { name, value, used } of settled.yielded)
    corrections.push({ key: 'simulator.contradiction', args: { name, value, used } });
  return {
    state: {
      history: readChoice(query, 'history', histories, 'first-contact', corrections),
      onlyFalse: readChoice(query, 'only-false', ['0', '1'], '0', corrections) === '1',
      receiver: settled.knobs,
    },
    corrections,
  };
}

/** Only what differs from the page's own state, so that addresses stay short. */
export function toQuery({ history, onlyFalse, receiver }: MatrixState): URLSearchParams {
  const query = new URLSearchParams();
  if (history !== 'first-contact') query.set('history', history);
  if (onlyFalse) query.set('only-false', '1');
  for (const [name, value] of formatKnobs(receiver))
    if (receiverKnobs.includes(name)) query.set(name, value);
  return query;
}
