/** Says of places in a text which line and column they are, from 1. The text is looked through once. */
export function placesIn(
  text: string,
): (at: number) => { readonly line: number; readonly column: number } {
  const starts = [0];
  for (let feed = text.indexOf('\n'); feed >= 0; feed = text.indexOf('\n', feed + 1))
    starts.push(feed + 1);
  return (at) => {
    let [line, after] = [0, starts.length];
    while (after - line > 1) {
      const middle = (line + after) >> 1;
      if ((starts[middle] ?? 0) <= at) line = middle;
      else after = middle;
    }
    return { line: line + 1, column: at - (starts[line] ?? 0) + 1 };
  };
}
