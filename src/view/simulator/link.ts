/** Reads an address as the simulator's state. */
import type { MessageKey } from '../messages/message-key.ts';
import { defaultKnobs, knobValues, parseKnobs, type Knobs } from '../../world/simulated/knobs.ts';
import { outcomeOfKnobs } from '../../world/simulated/scenario-of-knobs.ts';
import type { Protection } from '../../core/sender/sender.ts';
import { onceEach, type Correction } from '../query.ts';
import { beside, parameterNames, type LinkState } from './address.ts';
import { settle } from './knob-groups.ts';
import type { Situation } from './simulation.ts';

const isProtection = (text: string): text is Protection =>
  (knobValues.protection as readonly string[]).includes(text);

/**
 * Addresses made before there was `resolver=by-protection` have no resolver where it validated, whatever
 * the protection. Where that decides how the message ends it is kept, so that they end as they did.
 */
function asItEnded(knobs: Knobs): Knobs {
  const early: Knobs = { ...knobs, resolver: 'validating' };
  const [now, then] = [outcomeOfKnobs(knobs), outcomeOfKnobs(early)];
  return now.verdict === then.verdict && now.belief === then.belief ? knobs : early;
}

/** Reads an address over `base` (or over the preset it names). Refuses nothing, says what it changed. */
export function fromQuery(
  asked: URLSearchParams,
  presets: readonly Pick<Situation, 'id' | 'knobs'>[],
  base: Knobs = defaultKnobs,
): { readonly state: LinkState; readonly corrections: readonly Correction[] } {
  const { query, corrections } = onceEach(asked, parameterNames);
  const unknown = (name: string, value: string, key: MessageKey = 'simulator.unknown-value') =>
    corrections.push({ key, args: { name, value } });

  const presetId = query.get('preset');
  const preset = presets.find(({ id }) => id === presetId);
  if (presetId !== null && !preset) unknown('preset', presetId);

  const pairs = [...query].filter(
    // `theme` belongs to the embed.
    ([name]) => name !== 'theme' && !(beside as readonly string[]).includes(name),
  );
  const start = preset?.knobs ?? (pairs.length > 0 ? defaultKnobs : base);
  const { knobs, problems } = parseKnobs(pairs, start);
  for (const { code, name, value } of problems) unknown(name, value, `simulator.${code}`);
  const isEarly = pairs.length > 0 && preset === undefined && !query.has('resolver');
  const settled = settle(isEarly ? asItEnded(knobs) : knobs);
  for (const { name, value, used } of settled.yielded)
    corrections.push({ key: 'simulator.contradiction', args: { name, value, used } });

  const compare = query.get('compare');
  if (compare !== null && !isProtection(compare)) unknown('compare', compare);
  const numberIn = (name: 'day' | 'step'): number | undefined => {
    const text = query.get(name);
    if (text === null || /^[1-9]\d{0,8}$/.test(text))
      return text === null ? undefined : Number(text);
    unknown(name, text);
    return undefined;
  };
  return {
    state: {
      knobs: settled.knobs,
      preset: preset?.id,
      compare: compare !== null && isProtection(compare) ? compare : undefined,
      day: numberIn('day'),
      step: numberIn('step'),
      steps: query.get('steps') ?? undefined,
      predict: query.get('predict') === '1',
    },
    corrections,
  };
}
