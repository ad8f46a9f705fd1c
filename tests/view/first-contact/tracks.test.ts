import { describe, expect, it } from 'vitest';
import { seededChance } from '../../../src/core/cost/simulate.ts';
import {
  defaultStop,
  limits,
  stateOfStop,
  stops,
  attacks,
  axisDays,
  type FirstContactState,
} from '../../../src/view/first-contact/state.ts';
import {
  messageDays,
  otherwiseByOtherReading,
  runTracks,
  traceOf,
} from '../../../src/view/first-contact/tracks.ts';
import { countEndings, place } from '../../../src/view/first-contact/view.ts';
import type { TrackId } from '../../../src/view/first-contact/track.ts';

const trackOf = (state: FirstContactState, id: TrackId) =>
  runTracks(state).find((track) => track.id === id)!;
const verdictsOf = (state: FirstContactState, id: TrackId) =>
  trackOf(state, id).messages.map(({ verdict }) => verdict);
const isWithin = ({ from, to }: FirstContactState, day: number) => day >= from && day < to;

describe('the six stops of first contact', () => {
  it('begins quietly: everything arrives, proven', () => {
    for (const track of runTracks(stateOfStop('quiet')))
      expect(countEndings(track).map(([ending]) => ending)).toEqual(['delivered-proven']);
  });
  it('holds off an attack on a known domain: mail waits and then goes, under all three', () => {
    const state = stateOfStop('known');
    for (const { messages } of runTracks(state))
      for (const { day, verdict } of messages)
        expect(verdict).toBe(isWithin(state, day) ? 'waits' : 'delivered-proven');
  });
  it('loses a blocked first contact under both kinds of STS, and waits under DANE', () => {
    const state = stateOfStop('blocked');
    expect(verdictsOf(state, 'mta-sts')[0]).toBe('delivered-readable');
    expect(verdictsOf(state, 'smtp-sts-2016')[0]).toBe('delivered-readable');
    expect(verdictsOf(state, 'dane')[0]).toBe('waits');
  });
  it('keeps a planted policy only in the draft of 2016, and no longer than its six digits allow', () => {
    const state = stateOfStop('planted');
    const [first, ...later] = verdictsOf(state, 'smtp-sts-2016');
    expect(first).toBe('delivered-to-attacker');
    expect(later.filter((verdict) => verdict === 'waits').length).toBeGreaterThan(3);
    const forged = trackOf(state, 'smtp-sts-2016').memory.filter((span) => span.forged);
    expect(forged).toHaveLength(1);
    // 999,999 seconds, and the hour that the DNS answer itself may be kept.
    expect(forged[0]!.to).toBeLessThanOrEqual((999_999 + 3600) / 86_400);
    expect(trackOf(state, 'mta-sts').memory.filter((span) => span.forged)).toEqual([]);
  });
  it('shows what a daily refresh is worth when a policy would have run out', () => {
    const state = stateOfStop('expiry');
    expect(verdictsOf(state, 'mta-sts')).toContain('delivered-readable');
    expect(verdictsOf({ ...state, refresh: true }, 'mta-sts')).not.toContain('delivered-readable');
  });
  it('gives an attacker nothing but delay under DANE', () => {
    const state = stateOfStop('dane');
    for (const { day, verdict } of trackOf(state, 'dane').messages)
      expect(verdict).toBe(isWithin(state, day) ? 'waits' : 'delivered-proven');
  });
});

describe('the two readings of the draft', () => {
  it('differ where a policy is planted: the pseudocode authenticates the first one', () => {
    const state = stateOfStop('planted');
    const trusted = trackOf(state, 'smtp-sts-2016');
    const checked = trackOf({ ...state, draft: 'pseudocode' }, 'smtp-sts-2016');
    expect(checked.memory.some((span) => span.forged)).toBe(false);
    expect(otherwiseByOtherReading(state)).toBe(
      trusted.messages.filter(({ verdict }, index) => verdict !== checked.messages[index]?.verdict)
        .length,
    );
    expect(otherwiseByOtherReading(state)).toBeGreaterThan(0);
  });
  it('agree as long as nobody attacks', () => {
    expect(otherwiseByOtherReading(stateOfStop('quiet'))).toBe(0);
  });
});

describe('a dot', () => {
  const chance = seededChance(8461);
  const within = ({ low, high, step }: (typeof limits)['from']) =>
    low + Math.floor(chance() * ((high - low) / step + 1)) * step;
  const states = Array.from({ length: 12 }, (): FirstContactState => {
    const from = within(limits.from);
    return {
      attack: attacks[Math.floor(chance() * attacks.length)] ?? 'none',
      from,
      to: Math.min(axisDays, from + Math.ceil(chance() * 20) / 2),
      interval: 1 + Math.floor(chance() * 8) / 2,
      lifetime: Math.ceil(chance() * 40) / 2,
      refresh: chance() < 0.5,
      draft: chance() < 0.5 ? 'text' : 'pseudocode',
    };
  });
  it('opens a trace that ends as the dot says, whatever the reader has set', () => {
    let opened = 0;
    for (const state of states)
      for (const { id, messages } of runTracks(state)) {
        const index = Math.floor(chance() * messages.length);
        const rows = traceOf(state, id, index);
        const isDelivered = messages[index]!.belief !== 'undelivered';
        expect(rows?.some(({ rule }) => rule === 'smtp.accepted')).toBe(isDelivered);
        opened += 1;
      }
    expect(opened).toBe(states.length * 3);
  });
  it('stands where its message was sent, and the table has the same messages', () => {
    for (const state of [stateOfStop(defaultStop), ...states]) {
      const tracks = runTracks(state);
      const picture = place(state, tracks);
      for (const [row, track] of tracks.entries()) {
        const placed = picture.tracks[row]!;
        expect(
          placed.messages.map(({ day, verdict, belief, ending }) => ({
            day,
            verdict,
            belief,
            ending,
          })),
        ).toEqual(track.messages);
        expect(track.messages.map(({ day }) => day)).toEqual(messageDays(state));
      }
    }
  });
  it('does not exist beyond the last message', () => {
    expect(traceOf(stateOfStop('quiet'), 'dane', 999)).toBeUndefined();
  });
});

describe('a walk without a refresh or an attack', () => {
  it('remembers a policy from message to message until its time is over', () => {
    for (const { id } of stops) {
      const { memory } = trackOf(stateOfStop(id), 'mta-sts');
      for (const [index, span] of memory.entries()) {
        expect(span.to).toBeGreaterThan(span.from);
        expect(span.from).toBeGreaterThanOrEqual(memory[index - 1]?.to ?? 0);
      }
    }
  });
});
