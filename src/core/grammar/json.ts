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

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
