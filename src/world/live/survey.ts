/**
 * Measures many names with few at a time: the queue behind the list page and the command line's
 * `--list`, which therefore count alike.
 *
 * A resolver's patience is written nowhere. So the survey starts with some names at once, halves that
 * and waits whenever the resolver says "too many" (HTTP 429), and grows again while it answers.
 * What was refused is asked again later, a bounded number of times. Knows no network and no clock of
 * its own: both are given, so that a test can run an hour in a moment.
 */
export interface Measured<Row> {
  readonly row: Row;
  /** The resolver refused for being asked too much, and the row lacks something for it. */
  readonly isLimited: boolean;
}

export type SurveyPace =
  | { readonly kind: 'running'; readonly atOnce: number }
  | { readonly kind: 'backing-off'; readonly milliseconds: number; readonly atOnce: number }
  | { readonly kind: 'paused' };

export interface SurveyOptions<Name, Row> {
  /** May be endless, and slow: the next is taken when there is room for it. */
  readonly names: Iterable<Name> | AsyncIterable<Name>;
  readonly measure: (name: Name) => Promise<Measured<Row>>;
  /** Hears each row once; the survey waits for it, so that a slow reader slows the survey. */
  readonly onRow: (row: Row, name: Name) => void | Promise<void>;
  readonly onPace?: (pace: SurveyPace) => void;
  /** Names under way at once, at most. */
  readonly atOnce: number;
  /** How often one name is asked again after "too many"; then the row is taken as it is. */
  readonly retries?: number;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** From 0 to 1: many who were refused at once should not all come back at once. */
  readonly chance: () => number;
  readonly signal?: AbortSignal;
}

export interface Survey {
  /** Begins no new names; those under way are finished. */
  pause(): void;
  resume(): void;
  /** How it ended. Rejects only for a mistake of ours. */
  readonly done: Promise<'finished' | 'cancelled'>;
}

const firstWaitMilliseconds = 1000;
const longestWaitMilliseconds = 60_000;
const usualRetries = 6;

export function startSurvey<Name, Row>(options: SurveyOptions<Name, Row>): Survey {
  const { measure, onRow, wait, chance, signal, retries = usualRetries } = options;
  const source = iterate(options.names);
  const again: { readonly name: Name; readonly tries: number }[] = [];
  let atOnce = Math.max(1, options.atOnce);
  let underWay = 0;
  let isPaused = false;
  let isEmpty = false;
  let refusals = 0;
  let answeredInRow = 0;
  let mistake: { readonly error: unknown } | undefined;
  let backingOff: Promise<void> | undefined;
  let wake = (): void => undefined;
  const tell = (pace: SurveyPace) => options.onPace?.(pace);

  const backOff = (): void => {
    if (backingOff) return;
    refusals += 1;
    answeredInRow = 0;
    atOnce = Math.max(1, Math.floor(atOnce / 2));
    const longest = Math.min(firstWaitMilliseconds * 2 ** (refusals - 1), longestWaitMilliseconds);
    const milliseconds = Math.round(longest * (0.75 + chance() / 2));
    tell({ kind: 'backing-off', milliseconds, atOnce });
    backingOff = wait(milliseconds).then(() => {
      backingOff = undefined;
      if (!isPaused) tell({ kind: 'running', atOnce });
      wake();
    });
  };

  const grow = (): void => {
    answeredInRow += 1;
    if (answeredInRow < 2 * atOnce) return;
    answeredInRow = 0;
    refusals = Math.max(0, refusals - 1);
    atOnce = Math.min(options.atOnce, atOnce + 1);
  };

  const begin = (name: Name, tries: number): void => {
    underWay += 1;
    void (async () => {
      try {
        const { row, isLimited } = await measure(name);
        if (signal?.aborted) return;
        if (isLimited) backOff();
        else grow();
        if (isLimited && tries < retries) again.push({ name, tries: tries + 1 });
        else await onRow(row, name);
      } catch (error) {
        // What is cut off by the visitor's own hand is no mistake.
        if (!signal?.aborted) mistake ??= { error };
      } finally {
        underWay -= 1;
        wake();
      }
    })();
  };

  const changed = () =>
    new Promise<void>((resolve) => {
      wake = resolve;
    });
  // Once for the whole: a list of any length leaves one listener behind.
  signal?.addEventListener('abort', () => wake(), { once: true });

  async function run(): Promise<'finished' | 'cancelled'> {
    tell({ kind: 'running', atOnce });
    for (;;) {
      if (mistake) throw mistake.error;
      if (signal?.aborted) return 'cancelled';
      if (isEmpty && again.length === 0 && underWay === 0) return 'finished';
      if (isPaused || backingOff || underWay >= atOnce || (isEmpty && again.length === 0)) {
        await changed();
        continue;
      }
      const refused = again.shift();
      if (refused) {
        begin(refused.name, refused.tries);
        continue;
      }
      const next = await source.next();
      if (next.done === true) isEmpty = true;
      else if (!signal?.aborted) begin(next.value, 0);
    }
  }

  return {
    pause() {
      if (isPaused) return;
      isPaused = true;
      tell({ kind: 'paused' });
    },
    resume() {
      if (!isPaused) return;
      isPaused = false;
      tell({ kind: 'running', atOnce });
      wake();
    },
    done: run(),
  };
}

function iterate<Name>(
  names: Iterable<Name> | AsyncIterable<Name>,
): Pick<AsyncIterator<Name, unknown>, 'next'> {
  if (Symbol.asyncIterator in names) return names[Symbol.asyncIterator]();
  const iterator = names[Symbol.iterator]();
  return { next: () => Promise.resolve(iterator.next()) };
}

/**
 * Seconds left at the pace of the last names; undefined while there is too little to go by.
 * `finishedAt`: when the latest names were finished, in milliseconds, oldest first.
 */
export function secondsLeft(finishedAt: readonly number[], remaining: number): number | undefined {
  const [first] = finishedAt;
  const last = finishedAt.at(-1);
  if (remaining === 0) return 0;
  if (first === undefined || last === undefined || finishedAt.length < 5) return undefined;
  return ((last - first) / 1000 / (finishedAt.length - 1)) * remaining;
}
