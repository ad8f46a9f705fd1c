/** What the reader can set in first contact, with its limits, its six stops, and its address. */
import { onceEach, readChoice, readNumber, type Correction, type NumberLimits } from '../query.ts';
import { trackIds, type TrackId } from './track.ts';

/**
 * What the attacker does within its window.
 * `strip`: removes the STARTTLS offer. `block`: keeps discovery (policy, DNS) from the sender and
 * removes STARTTLS. `forge`: plants a policy of its own and sends the mail to its own server.
 */
export const attacks = ['none', 'strip', 'block', 'forge'] as const;
export type Attack = (typeof attacks)[number];

export interface FirstContactState {
  readonly attack: Attack;
  /** The attack lasts from the start of day `from` to the start of day `to`. */
  readonly from: number;
  readonly to: number;
  /** Days between two messages; the first is sent on day 0. */
  readonly interval: number;
  /** Days that a policy may be kept; the draft of 2016 cannot say more than 999,999 seconds. */
  readonly lifetime: number;
  readonly refresh: boolean;
  readonly draft: 'text' | 'pseudocode';
}

export const axisDays = 30;

/** The story runs for two weeks: all that happens in it is over by then. */
export const storyDays = 14;

export const limits = {
  from: { low: 0, high: axisDays, step: 0.5 },
  to: { low: 0, high: axisDays, step: 0.5 },
  interval: { low: 0.5, high: 15, step: 0.5 },
  lifetime: { low: 0.5, high: 365, step: 0.5 },
} as const satisfies Record<string, NumberLimits>;

const quiet: FirstContactState = {
  attack: 'none',
  from: 0,
  to: 0,
  interval: 2,
  lifetime: 10,
  refresh: false,
  draft: 'text',
};

/** The story in six stops. */
export const stops = [
  { id: 'quiet', state: quiet },
  { id: 'known', state: { ...quiet, attack: 'block', from: 5, to: 9.5 } },
  { id: 'blocked', state: { ...quiet, attack: 'block', from: 0, to: 5 } },
  { id: 'planted', state: { ...quiet, attack: 'forge', from: 0, to: 1, lifetime: 11.5 } },
  { id: 'expiry', state: { ...quiet, attack: 'block', from: 7, to: 13, lifetime: 7 } },
  { id: 'dane', state: { ...quiet, attack: 'forge', from: 0, to: 8, interval: 1 } },
] as const satisfies readonly { readonly id: string; readonly state: FirstContactState }[];

export type StopId = (typeof stops)[number]['id'];

export const defaultStop: StopId = 'planted';

export const stateOfStop = (id: StopId): FirstContactState =>
  stops.find((stop) => stop.id === id)?.state ?? quiet;

export const parameterNames = [
  'stop',
  'attack',
  'from',
  'to',
  'interval',
  'lifetime',
  'refresh',
  'draft',
  'dot',
] as const;

/** The stop whose state this is, if it is one. */
export const stopOf = (state: FirstContactState): StopId | undefined =>
  stops.find((stop) => toQuery(stop.state).toString() === toQuery(state).toString())?.id;

/** Reads the state from an address: nothing is refused, what had to be changed is said. */
export function fromQuery(asked: URLSearchParams): {
  readonly state: FirstContactState;
  readonly corrections: readonly Correction[];
  /** The message whose trace is open, counted from 0. */
  readonly dot: { readonly track: TrackId; readonly index: number } | undefined;
} {
  const { query, corrections } = onceEach(asked, parameterNames);
  const stop = readChoice(
    query,
    'stop',
    stops.map(({ id }) => id),
    defaultStop,
    corrections,
  );
  const start = stateOfStop(stop);
  const number = (name: keyof typeof limits) =>
    readNumber(query, name, limits[name], start[name], corrections);
  const from = number('from');
  let to = number('to');
  if (to < from) {
    corrections.push({ key: 'link.window-reversed', args: { from, to } });
    to = from;
  }
  return {
    state: {
      attack: readChoice(query, 'attack', attacks, start.attack, corrections),
      from,
      to,
      interval: number('interval'),
      lifetime: number('lifetime'),
      refresh:
        readChoice(query, 'refresh', ['0', '1'], start.refresh ? '1' : '0', corrections) === '1',
      draft: readChoice(query, 'draft', ['text', 'pseudocode'], start.draft, corrections),
    },
    corrections,
    dot: readDot(query.get('dot'), corrections),
  };
}

/** `mta-sts.3`: the third message of that track. */
function readDot(text: string | null, corrections: Correction[]) {
  if (text === null) return undefined;
  const [, name, number] = /^([\w-]+)\.(\d{1,3})$/.exec(text) ?? [];
  const track = trackIds.find((id) => id === name);
  if (track && Number(number) > 0) return { track, index: Number(number) - 1 };
  corrections.push({ key: 'link.no-such-message', args: { text } });
  return undefined;
}

/** The whole state, so that a link means the same when the stops change. */
export const toQuery = (state: FirstContactState): URLSearchParams =>
  new URLSearchParams({
    attack: state.attack,
    from: String(state.from),
    to: String(state.to),
    interval: String(state.interval),
    lifetime: String(state.lifetime),
    refresh: state.refresh ? '1' : '0',
    draft: state.draft,
  });
