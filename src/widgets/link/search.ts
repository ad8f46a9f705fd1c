/**
 * A widget's state in the query string. A widget owns its parameters and leaves all others alone.
 * What such a state means is read in `view/query.ts`, which a page needs only where its address asks for one.
 */
/** The address of this page, with a widget's parameters (`names`) replaced by `own`. */
export function addressWith(names: readonly string[], own: URLSearchParams): string {
  const all = new URLSearchParams(location.search);
  for (const name of names) all.delete(name);
  for (const [name, value] of own) all.append(name, value);
  return `${location.origin}${location.pathname}${all.size === 0 ? '' : `?${all}`}`;
}

/**
 * Between two changes of the address: each takes a browser longer than a step of a drag may, and some refuse
 * the hundredth in half a minute.
 */
const restMilliseconds = 120;
let writtenAt = -restMilliseconds;
let waiting: ReturnType<typeof setTimeout> | undefined;

/** Puts the state in the address without a new entry in the history: at once, or as soon as a drag rests. */
export function writeAddress(address: string): void {
  clearTimeout(waiting);
  const rest = writtenAt + restMilliseconds - performance.now();
  if (rest <= 0) write(address);
  else waiting = setTimeout(write, rest, address);
}

function write(address: string): void {
  writtenAt = performance.now();
  try {
    history.replaceState(history.state, '', `${address}${location.hash}`);
  } catch {
    // A frame sandboxed without an origin may not: the share link still carries the state.
  }
}
