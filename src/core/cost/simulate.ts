/**
 * The same stream of mail, played out message by message. Chance comes in as a parameter, so that
 * a run can be repeated exactly.
 */

/** Gives numbers from 0 (exclusive) to 1 (exclusive). */
export type Chance = () => number;

/**
 * A seeded source of chance: the "minimal standard" multiplicative generator, modulus 2^31 - 1,
 * multiplier 48271 (Park and Miller, 1993). Good for drawing curves, useless for secrets.
 */
export function seededChance(seed: number): Chance {
  const modulus = 2_147_483_647;
  let state = (Math.abs(Math.trunc(seed)) % (modulus - 1)) + 1;
  return () => {
    state = (state * 48_271) % modulus;
    return state / modulus;
  };
}

export interface MailStream {
  readonly messagesPerDay: number;
  readonly lifetimeDays: number;
  /** Days between refreshes of a kept policy; undefined: fetch on demand only. */
  readonly refreshDays?: number;
  /** Length of the run. */
  readonly days: number;
}

export interface SimulatedCache {
  readonly messages: number;
  /** Messages that found no policy that was still alive. */
  readonly metEmpty: number;
  readonly fetches: number;
  /** `metEmpty / messages`; 0 without mail. */
  readonly share: number;
  /**
   * Standard error of `share`. With C cycles the share is C / N, and a cycle holds 1 + Poisson(rL)
   * messages: `p² · √(rL) / √C`.
   */
  readonly standardError: number;
}

/**
 * Gaps between messages of a stream with a mean of one: exponential, drawn when they are first asked for and
 * then kept. The same gaps, shortened, are a stream of any rate, so that who drags a lifetime waits for no chance.
 */
export class Gaps {
  readonly #drawn: number[] = [];
  readonly #chance: Chance;

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  /** The gap before message `index`, from 0; in mean gaps. */
  at(index: number): number {
    while (index >= this.#drawn.length) this.#drawn.push(-Math.log(this.#chance()));
    return this.#drawn[index]!;
  }
}

/** Plays one domain's mail: exponential gaps, one cache entry. */
export function simulateCache(stream: MailStream, gaps: Gaps): SimulatedCache {
  const { messagesPerDay, lifetimeDays, refreshDays, days } = stream;
  let now = 0;
  let fetchedAt = -Infinity;
  let messages = 0;
  let metEmpty = 0;
  let fetches = 0;
  for (;;) {
    now += gaps.at(messages) / messagesPerDay;
    if (!(now < days)) break;
    messages += 1;
    // Refreshes happen between messages, as long as each comes before the entry's life is over.
    if (refreshDays !== undefined && fetchedAt > -Infinity && refreshDays <= lifetimeDays) {
      const refreshes = Math.floor((now - fetchedAt) / refreshDays);
      fetches += refreshes;
      fetchedAt += refreshes * refreshDays;
    }
    if (now - fetchedAt > lifetimeDays) {
      metEmpty += 1;
      fetches += 1;
      fetchedAt = now;
    }
  }
  const share = messages === 0 ? 0 : metEmpty / messages;
  const standardError =
    metEmpty === 0
      ? 0
      : (share ** 2 * Math.sqrt(messagesPerDay * lifetimeDays)) / Math.sqrt(metEmpty);
  return { messages, metEmpty, fetches, share, standardError };
}
