/** Chance with a seed: a property that fails names the seed, and the seed brings the case back. */
import {
  defaultKnobs,
  knobNames,
  knobValues,
  type KnobName,
  type Knobs,
} from '../../../src/world/simulated/knobs.ts';

export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 up to 1 (mulberry32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  one<Value>(values: readonly Value[]): Value {
    const value = values[Math.floor(this.next() * values.length)];
    if (value === undefined) throw new Error('nothing to choose from');
    return value;
  }

  some<Value>(values: readonly Value[], count: number): readonly Value[] {
    const left = [...values];
    const chosen: Value[] = [];
    while (chosen.length < count && left.length > 0)
      chosen.push(...left.splice(Math.floor(this.next() * left.length), 1));
    return chosen;
  }
}

type Choices = { readonly [Name in KnobName]?: readonly Knobs[Name][] };

/** Random knobs: each differs from its default now and then; `within` narrows some of them. */
export function someKnobs(chance: Chance, within: Choices = {}, share = 0.35): Knobs {
  const knobs: Record<string, string> = { ...defaultKnobs };
  for (const name of knobNames) {
    const choices: readonly string[] = within[name] ?? knobValues[name];
    const [first] = choices;
    const value = chance.next() < share ? chance.one(choices) : undefined;
    if (value !== undefined) knobs[name] = value;
    else if (within[name] !== undefined && first !== undefined) knobs[name] = first;
  }
  return knobs as unknown as Knobs;
}
