/**
 * A pure function that works once for each object: a world may give one answer to thousands of deliveries, and what
 * follows from it is the same each time. What nobody holds any more is forgotten with its result.
 */
export function oncePer<Given extends object, Made>(
  make: (given: Given) => Made,
): (given: Given) => Made {
  const made = new WeakMap<Given, { readonly value: Made }>();
  return (given) => {
    let known = made.get(given);
    if (known === undefined) made.set(given, (known = { value: make(given) }));
    return known.value;
  };
}

/** What a map holds for a key; made and kept there where it holds nothing yet. */
export function keptIn<Key, Made>(kept: Map<Key, Made>, key: Key, make: () => Made): Made {
  let known = kept.get(key);
  if (known === undefined) kept.set(key, (known = make()));
  return known;
}
