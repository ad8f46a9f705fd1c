/** The three choices in sight, as settings of the simulator; and what of the others differs from the default. */
import { defaultKnobs, knobNames, type KnobName, type Knobs } from '../../world/simulated/knobs.ts';
import { knobsOfAttacker } from '../matrix/axes.ts';
import { front, isShown, more } from './knob-groups.ts';

export const protectionsInSight = ['opportunistic', 'smtp-sts-2016', 'mta-sts', 'dane'] as const;

/** By id in `matrix/axes.ts`; `nobody` does nothing. */
export const attacksInSight = [
  'nobody',
  'reads',
  'strip',
  'forges-dns',
  'blocks',
  'rogue-ca',
  'server-key',
] as const;
export type Attack = (typeof attacksInSight)[number];

const attackKnobs: readonly KnobName[] = [...front.attacking, ...more.attacking];

/** These settings with another attacker, who does this and nothing else. */
export const withAttack = (knobs: Knobs, attack: Attack): Knobs => ({
  ...knobs,
  ...Object.fromEntries(attackKnobs.map((name) => [name, defaultKnobs[name]])),
  ...knobsOfAttacker(attack),
});

/** The attack that these settings are; undefined: one that is not in sight. */
export const attackOf = (knobs: Knobs): Attack | undefined =>
  attacksInSight.find((attack) => {
    const wanted = withAttack(knobs, attack);
    return attackKnobs.every((name) => !isShown(name, knobs) || wanted[name] === knobs[name]);
  });

/** Settings that are not in sight and not at their default, of those that matter here. */
export function differing(knobs: Knobs): readonly KnobName[] {
  const inSight = new Set<KnobName>(['protection', 'history']);
  if (attackOf(knobs)) for (const name of attackKnobs) inSight.add(name);
  return knobNames.filter(
    (name) => !inSight.has(name) && isShown(name, knobs) && knobs[name] !== defaultKnobs[name],
  );
}
