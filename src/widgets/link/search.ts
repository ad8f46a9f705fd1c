/**
 * A widget's state in the query string. Each widget owns its parameters and leaves all others
 * alone; two widgets on one page have different prefixes.
 * What such a state means is read in `view/query.ts`, which a page needs only where its address asks for one.
 */
/** The parameters that carry `prefix`, without it. */
export function withoutPrefix(search: string, prefix: string): URLSearchParams {
  const own = new URLSearchParams();
  for (const [name, value] of new URLSearchParams(search))
    if (name.startsWith(prefix)) own.append(name.slice(prefix.length), value);
  return own;
}

/** `search` with this widget's parameters (`names`) replaced by `own`. */
export function withParameters(
  search: string,
  prefix: string,
  names: readonly string[],
  own: URLSearchParams,
): string {
  const all = new URLSearchParams(search);
  for (const name of names) all.delete(prefix + name);
  for (const [name, value] of own) all.append(prefix + name, value);
  const text = all.toString();
  return text === '' ? '' : `?${text}`;
}

/**
 * Between two changes of the address: each takes a browser longer than a step of a drag may, and some refuse
 * the hundredth in half a minute.
 */
const restMilliseconds = 120;
let writtenAt = -restMilliseconds;
let waiting: ReturnType<typeof setTimeout> | undefined;

/** Puts the state in the address without a new entry in the history: at once, or as soon as a drag rests. */
export function writeSearch(search: string): void {
  clearTimeout(waiting);
  const rest = writtenAt + restMilliseconds - performance.now();
  if (rest <= 0) write(search);
  else waiting = setTimeout(write, rest, search);
}

function write(search: string): void {
  writtenAt = performance.now();
  try {
    history.replaceState(history.state, '', `${location.pathname}${search}${location.hash}`);
  } catch {
    // A frame sandboxed without an origin may not: the share link still carries the state.
  }
}
