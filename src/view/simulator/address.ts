/** The simulator's state as an address. Reading one is `link.ts`, loaded when there is one to read. */
import { formatKnobs, knobNames, type Knobs } from '../../world/simulated/knobs.ts';
import type { Protection } from '../../core/sender/sender.ts';

export interface LinkState {
  readonly knobs: Knobs;
  readonly preset?: string | undefined;
  readonly compare?: Protection | undefined;
  /** Of the days before the delivery under study, from 1; undefined: that delivery itself. */
  readonly day?: number | undefined;
  /** Counts from 1; undefined: the end. */
  readonly step?: number | undefined;
  /** The steps as they are drawn, from 1, that an embed is locked to, as `3-6`. */
  readonly steps?: string | undefined;
  readonly predict?: boolean;
}

/** Parameters beside the knobs. */
export const beside = ['preset', 'compare', 'day', 'step', 'steps', 'predict'] as const;

export const parameterNames: readonly string[] = [...knobNames, ...beside];

/**
 * The address of a state. Two knobs always stand in it: the protection, because an empty address is
 * the page's own; and the resolver, because without it an address is read as an early one.
 */
export function toQuery(state: LinkState): URLSearchParams {
  const { protection, resolver } = state.knobs;
  const query = new URLSearchParams({ protection, resolver });
  for (const [name, value] of formatKnobs(state.knobs)) query.set(name, value);
  if (state.compare) query.set('compare', state.compare);
  if (state.day !== undefined) query.set('day', String(state.day));
  if (state.step !== undefined) query.set('step', String(state.step));
  if (state.steps !== undefined) query.set('steps', state.steps);
  if (state.predict) query.set('predict', '1');
  return query;
}

/** The preset that these knobs are, if any. */
export function presetOf<Named extends { readonly knobs: Knobs }>(
  knobs: Knobs,
  presets: readonly Named[],
): Named | undefined {
  const key = JSON.stringify(formatKnobs(knobs));
  return presets.find((preset) => JSON.stringify(formatKnobs(preset.knobs)) === key);
}
