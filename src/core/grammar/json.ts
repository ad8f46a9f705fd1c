/** JSON that anyone may have written, as a question: what it says, and whether that is an object. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Undefined where the text is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** True for an object; a list and null are none. */
export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Names that are told; a text may hold any number. */
const repeatedMost = 20;
const keyCharactersMost = 64;

/**
 * Keys that stand more than once in one object, each with the path of the first place where that is so.
 * `JSON.parse` takes the last and says nothing; other readers take the first (RFC 8259 §4). Of text that is
 * JSON; work in proportion to its length. `path`: of the text itself.
 */
export function repeatedKeys(text: string, path = ''): readonly string[] {
  const found = new Map<string, string>();
  const stack: { keys?: Set<string>; step: string | number }[] = [];
  let last: readonly [number, number] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    const top = stack.at(-1);
    if (character === '"') {
      const start = at;
      for (at += 1; at < text.length && text[at] !== '"'; at += 1) if (text[at] === '\\') at += 1;
      last = [start, at + 1];
    } else if (character === '{') stack.push({ keys: new Set(), step: '' });
    else if (character === '[') stack.push({ step: 0 });
    else if (character === '}' || character === ']') stack.pop();
    else if (character === ',' && typeof top?.step === 'number') top.step += 1;
    else if (character === ':' && top?.keys !== undefined) {
      const key = parseJson(text.slice(...last)) as string;
      top.step = key.slice(0, keyCharactersMost);
      const isRepeated = top.keys.has(key);
      top.keys.add(key);
      if (!isRepeated || found.has(key) || found.size >= repeatedMost) continue;
      found.set(
        key,
        stack.reduce(
          (whole, { step }) =>
            typeof step === 'number' ? `${whole}[${step}]` : `${whole}${whole && '.'}${step}`,
          path,
        ),
      );
    }
  }
  return [...found.values()];
}

/** Seconds since 1970 that a date can be made of (ECMA-262: 8.64e15 milliseconds), and not before that year. */
const momentMost = 8_640_000_000_000;

/** A whole number that is such a moment: others make a date throw where it is shown. */
export const isMoment = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= momentMost;
