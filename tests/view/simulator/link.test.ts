import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  defaultKnobs,
  knobNames,
  knobValues,
  type Knobs,
} from '../../../src/world/simulated/knobs.ts';
import { settle } from '../../../src/view/simulator/knob-groups.ts';
import { presetOf, toQuery } from '../../../src/view/simulator/address.ts';
import { fromQuery } from '../../../src/view/simulator/link.ts';
import { readWords } from '../../../src/command-line/read-messages.ts';

const anyKnobs: fc.Arbitrary<Knobs> = fc.record(
  Object.fromEntries(
    knobNames.map((name) => [name, fc.constantFrom(...(knobValues[name] as readonly string[]))]),
  ),
) as unknown as fc.Arbitrary<Knobs>;

const read = (query: string | URLSearchParams) => fromQuery(new URLSearchParams(query), []);

describe('the simulator as an address', () => {
  it('comes back as it was, whatever was set', () => {
    fc.assert(
      fc.property(anyKnobs, fc.boolean(), (knobs, predict) => {
        const state = {
          knobs: settle(knobs).knobs,
          preset: undefined,
          compare: undefined,
          step: 3,
          predict,
        };
        expect(read(toQuery(state))).toEqual({ state, corrections: [] });
      }),
      { seed: 2016, numRuns: 300 },
    );
  });
  it('leaves out what it does not know, and says so', () => {
    const { state, corrections } = read(
      'protection=dane&line=hover&colour=red&compare=spf&step=-2',
    );
    expect(state.knobs).toEqual({ ...defaultKnobs, protection: 'dane' });
    expect(state).toMatchObject({ compare: undefined, step: undefined });
    expect(corrections.map(({ key, args }) => [key, args.name])).toEqual([
      ['simulator.unknown-value', 'line'],
      ['simulator.unknown-knob', 'colour'],
      ['simulator.unknown-value', 'compare'],
      ['simulator.unknown-value', 'step'],
    ]);
  });
  it('opens the nearest settings that do not contradict each other, and says what changed', () => {
    const { state, corrections } = read('protection=mta-sts&history=first-contact&change=new-mx');
    expect(state.knobs.change).toBe('nothing');
    expect(corrections).toEqual([
      {
        key: 'simulator.contradiction',
        args: { name: 'change', value: 'new-mx', used: 'nothing' },
      },
    ]);
  });
  it('never throws, whatever the address says', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.webQueryParameters(), (query) => {
        expect(() => read(query)).not.toThrow();
      }),
      { seed: 2016 },
    );
  });
  it('leaves the theme of an embed alone', () => {
    expect(read('theme=dark').corrections).toEqual([]);
  });
  it('knows a preset again by its settings', () => {
    const knobs: Knobs = { ...defaultKnobs, line: 'strip' };
    const presets = [{ id: 'stripped', title: '', lesson: '', knobs }];
    expect(presetOf(knobs, presets)?.id).toBe('stripped');
    expect(fromQuery(new URLSearchParams('preset=stripped'), presets).state).toMatchObject({
      knobs,
      preset: 'stripped',
    });
  });
});

describe('words of the knobs', () => {
  const words = readWords();
  it.each(['nl', 'en'] as const)('every knob and every value has its words in %s', (lang) => {
    for (const name of knobNames) {
      expect(words[lang]).toHaveProperty([`knob.${name}`]);
      for (const value of knobValues[name])
        expect(words[lang]).toHaveProperty([`knob.${name}.${value}`]);
    }
  });
});
