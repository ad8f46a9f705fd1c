/**
 * Reads JSON whose every field must be understood: what nobody asked for, and every value that is
 * not one of those known, is noted as not modelled. Nothing is guessed and nothing is skipped.
 */
type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export class Fields {
  readonly #values: Json;
  readonly #path: string;
  readonly #notModelled: string[];
  readonly #asked = new Set<string>();

  /** `notModelled` is shared by all parts of one case; `path` names this part in it. */
  constructor(value: unknown, path: string, notModelled: string[]) {
    this.#values = isObject(value) ? value : {};
    this.#path = path;
    this.#notModelled = notModelled;
    if (!isObject(value)) notModelled.push(path === '' ? 'case' : path);
  }

  #nameOf(key: string): string {
    return this.#path === '' ? key : `${this.#path}.${key}`;
  }

  /** Notes a field whose value is not one we know. */
  unknown(key: string, value: unknown = this.#values[key]): void {
    this.#notModelled.push(`${this.#nameOf(key)}=${JSON.stringify(value)}`);
  }

  /** Null is how some writers spell "not there". */
  has(key: string): boolean {
    this.#asked.add(key);
    return this.#values[key] !== undefined && this.#values[key] !== null;
  }

  raw(key: string): unknown {
    return this.has(key) ? this.#values[key] : undefined;
  }

  text(key: string): string | undefined {
    const value = this.raw(key);
    if (value === undefined || typeof value === 'string') return value;
    this.unknown(key);
    return undefined;
  }

  /** One of the words given; without a value, undefined. */
  word<const Word extends string>(key: string, words: readonly Word[]): Word | undefined {
    const value = this.text(key);
    const found = words.find((word) => word === value);
    if (value !== undefined && found === undefined) this.unknown(key);
    return found;
  }

  number(key: string): number | undefined {
    const value = this.raw(key);
    if (value === undefined || (typeof value === 'number' && Number.isFinite(value))) return value;
    this.unknown(key);
    return undefined;
  }

  flag(key: string): boolean {
    const value = this.raw(key);
    if (value === undefined || typeof value === 'boolean') return value ?? false;
    this.unknown(key);
    return false;
  }

  list(key: string): readonly unknown[] | undefined {
    const value = this.raw(key);
    if (value === undefined || Array.isArray(value)) return value;
    this.unknown(key);
    return undefined;
  }

  texts(key: string): readonly string[] | undefined {
    const value = this.list(key);
    if (value === undefined) return undefined;
    const texts = value.filter((each) => typeof each === 'string');
    if (texts.length < value.length) this.unknown(key);
    return texts;
  }

  part(key: string): Fields | undefined {
    return this.has(key)
      ? new Fields(this.#values[key], this.#nameOf(key), this.#notModelled)
      : undefined;
  }

  parts(key: string): readonly Fields[] {
    return (this.list(key) ?? []).map(
      (each, index) => new Fields(each, `${this.#nameOf(key)}[${index}]`, this.#notModelled),
    );
  }

  /** Call last: whatever was not asked for is not modelled. */
  end(): void {
    for (const key of Object.keys(this.#values))
      if (!this.#asked.has(key)) this.#notModelled.push(this.#nameOf(key));
  }
}
