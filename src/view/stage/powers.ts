/** What an attacker can do without any stolen key or wrongly issued certificate, and every way to do some of it at once. */
import type { Knobs } from '../../world/simulated/knobs.ts';

/** What he can do, as settings of the simulator; one of each group at a time, or none. Words: `scene.power.<id>`. */
export const groups = [
  {
    reads: { line: 'reads' },
    strips: { line: 'strip' },
    'poses-home-made': { line: 'mitm-self' },
    'poses-own-name': { line: 'mitm-ca-wrong' },
  },
  { 'forges-mx': { 'forge-mx': 'yes' }, 'blocks-mx': { 'block-mx': 'drop' } },
  { 'forges-address': { 'forge-address': 'yes' } },
  { 'forges-tlsa': { 'forge-tlsa': 'yes' }, 'blocks-tlsa': { 'block-tlsa': 'drop' } },
  { 'forges-policy': { 'forge-policy': 'yes' }, 'blocks-policy': { 'block-policy': 'drop' } },
  { 'blocks-web': { https: 'refuse' }, 'poses-web': { https: 'self-none' } },
] as const satisfies readonly Readonly<Record<string, Partial<Knobs>>>[];

type KeysOf<Group> = Group extends unknown ? keyof Group : never;
export type Power = KeysOf<(typeof groups)[number]>;

export const powers = groups.flatMap((group) => Object.keys(group)) as readonly Power[];

/** One of each group at a time, or none. */
export type Groups<Id extends string> = readonly Readonly<Partial<Record<Id, Partial<Knobs>>>>[];

export interface Choice<Id extends string> {
  readonly powers: readonly Id[];
  readonly knobs: Partial<Knobs>;
}

/** Every set that can be used at once, the smallest first; of one size, by what comes first in the table. */
export function choicesOf<Id extends string>(groups: Groups<Id>): readonly Choice<Id>[] {
  const ids = groups.flatMap((group) => Object.keys(group) as Id[]);
  const byTable = (one: Choice<Id>, other: Choice<Id>): number => {
    const at = one.powers.findIndex((power, index) => power !== other.powers[index]);
    const [first, second] = [one.powers[at], other.powers[at]];
    return first && second ? ids.indexOf(first) - ids.indexOf(second) : 0;
  };
  return groups
    .reduce<readonly Choice<Id>[]>(
      (chosen, group) =>
        chosen.flatMap((choice) => [
          choice,
          ...(Object.entries(group) as [Id, Partial<Knobs>][]).map(([power, knobs]) => ({
            powers: [...choice.powers, power],
            knobs: { ...choice.knobs, ...knobs },
          })),
        ]),
      [{ powers: [], knobs: {} }],
    )
    .toSorted((one, other) => one.powers.length - other.powers.length || byTable(one, other));
}
