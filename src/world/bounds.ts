/**
 * How long a stranger is waited for, and how much of what it sends is read: a resolver or a policy host
 * may say nothing for ever, or never stop, and a few packed kilobytes can be gigabytes.
 */
import { concatOctets } from '../core/dns/octets.ts';

export interface Deadline {
  /** Aborts when the time is over, or when whoever waits gives up. */
  readonly signal: AbortSignal;
  /** Was it the time? */
  readonly isOver: () => boolean;
  /** Forgets clock and listener; to be called when the work is done. */
  readonly release: () => void;
}

/** Written out: `AbortSignal.any` and `AbortSignal.timeout` are missing in browsers of before 2024 and 2022. */
export function deadlineIn(milliseconds: number, given?: AbortSignal): Deadline {
  const controller = new AbortController();
  let isOver = false;
  const stop = () => controller.abort();
  const timer = setTimeout(() => {
    isOver = true;
    stop();
  }, milliseconds);
  given?.addEventListener('abort', stop);
  if (given?.aborted) stop();
  return {
    signal: controller.signal,
    isOver: () => isOver,
    release() {
      clearTimeout(timer);
      given?.removeEventListener('abort', stop);
    },
  };
}

/** Waits, unless whoever waits gives up. */
export const pause = (milliseconds: number, given?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const { signal, release } = deadlineIn(milliseconds, given);
    const done = () => {
      release();
      resolve();
    };
    if (signal.aborted) done();
    else signal.addEventListener('abort', done);
  });

/** All of a stream; undefined where it is longer than `octetsMost`, and the rest is not asked for. */
export async function readBounded(
  stream: ReadableStream<Uint8Array> | null,
  octetsMost: number,
): Promise<Uint8Array | undefined> {
  const reader = stream?.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > octetsMost) {
      await reader.cancel().catch(() => undefined);
      return undefined;
    }
    parts.push(value);
  }
  return concatOctets(parts);
}

/** Octets that go into a (de)compressor at once: of DEFLATE each can become a thousand. */
const sliceOctets = 2048;

/**
 * Octets through a (de)compressor; undefined where more than `octetsMost` come out. They go in by small
 * slices, because browsers unpack what they are given whole before a reader can stop them: a megabyte
 * became a gigabyte of memory. Rejects where the octets are damaged.
 */
export function throughBounded(
  octets: Uint8Array,
  transform: ReadableWritablePair<Uint8Array, BufferSource>,
  octetsMost: number,
): Promise<Uint8Array | undefined> {
  let at = 0;
  const slices = new ReadableStream<BufferSource>(
    {
      pull(controller) {
        // A copy: what a stream took may be taken from us.
        if (at < octets.length) controller.enqueue(octets.slice(at, at + sliceOctets));
        else controller.close();
        at += sliceOctets;
      },
    },
    { highWaterMark: 0 },
  );
  return readBounded(slices.pipeThrough(transform), octetsMost);
}
