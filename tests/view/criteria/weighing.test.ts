import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { balanceOf, tiltOf } from '../../../src/view/criteria/balance.ts';
import {
  fromQuery,
  noWeighing,
  outcomeOf,
  scalesOf,
  sideOf,
  suppose,
  toQuery,
  weigh,
  weights,
  type ShownFinding,
  type Weighing,
} from '../../../src/view/criteria/weighing.ts';

const finding = (id: string, number = 1, pulls: ShownFinding['pulls'] = 'go-on'): ShownFinding => ({
  id,
  number,
  isFirst: true,
  pulls,
  text: id,
  ifWrong: '',
  claims: [],
});
const findings = [finding('first-contact'), finding('no-dnssec'), finding('dane-ready')];
const ids = findings.map(({ id }) => id);

describe('a weighing', () => {
  it('without weights is even and hangs on nothing', () => {
    expect(outcomeOf(noWeighing, findings)).toEqual({
      leaning: 'even',
      total: 0,
      decisive: [],
    });
  });

  it('leans to the heavier side and names what it hangs on', () => {
    const weighing = weigh(weigh(noWeighing, 'first-contact', 2), 'no-dnssec', -1);
    const outcome = outcomeOf(weighing, findings);
    expect(outcome).toMatchObject({ leaning: 'go-on', total: 1, decisive: ['first-contact'] });
  });

  it('does not count a finding that is supposed to be wrong', () => {
    const weighing = suppose(
      weigh(weigh(noWeighing, 'first-contact', 2), 'no-dnssec', -1),
      'first-contact',
      true,
    );
    expect(outcomeOf(weighing, findings)).toMatchObject({ leaning: 'wait', total: -1 });
    expect(outcomeOf(suppose(weighing, 'first-contact', false), findings).leaning).toBe('go-on');
  });
});

describe('the scales', () => {
  const loaded = (weighing: Weighing) => scalesOf(weighing, findings, (key) => key);

  it('hang down where more lies, as far as they go from a clear difference on', () => {
    expect(tiltOf(0, 4)).toBe(0);
    expect(tiltOf(1, 4)).toBeGreaterThan(0);
    expect(tiltOf(-1, 4)).toBe(-tiltOf(1, 4));
    expect(tiltOf(9, 4)).toBe(tiltOf(4, 4));
    const groups = balanceOf(loaded(noWeighing), tiltOf(2, 4)).items.filter(
      (item) => item.kind === 'group',
    );
    expect(groups).toHaveLength(2);
    expect(groups[1]!.y).toBeGreaterThan(groups[0]!.y);
  });

  it('carry what counts, and mark what decides alone', () => {
    const weighing = weigh(weigh(noWeighing, 'first-contact', 2), 'no-dnssec', -1);
    const { left, right } = loaded(weighing);
    expect(left.loads).toEqual([{ text: '1', isHeavy: false, isDecisive: false }]);
    expect(right.loads).toEqual([{ text: '1', isHeavy: true, isDecisive: true }]);
    expect(loaded(suppose(weighing, 'first-contact', true)).right.loads).toEqual([]);
  });

  it('hold all findings, however heavy, under the beam', () => {
    const many = Array.from({ length: 13 }, (_, n) => finding(`f${n}`, n + 1));
    const all = many.reduce<Weighing>((so, { id }) => weigh(so, id, 2), noWeighing);
    const drawn = balanceOf(
      scalesOf(all, many, (key) => key),
      0,
    );
    const right = drawn.items.filter((item) => item.kind === 'group')[1]!;
    const blocks = right.items.filter((item) => item.kind === 'rect');
    expect(blocks).toHaveLength(13);
    for (const { y } of blocks) expect(y).toBeGreaterThanOrEqual(0);
  });

  it('tell what is not weighed from what counts for nothing', () => {
    expect(sideOf(noWeighing, 'first-contact')).toBeUndefined();
    expect(sideOf(weigh(noWeighing, 'first-contact', 0), 'first-contact')).toBe('neither');
  });
});

describe('its link', () => {
  it('brings back any weighing', () => {
    const any = fc.record({
      weights: fc.dictionary(fc.constantFrom(...ids), fc.constantFrom(...weights)),
      wrong: fc.uniqueArray(fc.constantFrom(...ids)),
    });
    fc.assert(
      fc.property(any, (given) => {
        const weighing = Object.entries(given.weights).reduce<Weighing>(
          (so, [id, weight]) => weigh(so, id, weight),
          { ...noWeighing, wrong: given.wrong },
        );
        const back = fromQuery(new URLSearchParams(toQuery(weighing).toString()), ids);
        expect(back).toEqual({ weighing, corrections: [] });
      }),
      { seed: 4 },
    );
  });

  it.each([
    ['weights=no-such-finding:1', 'weights'],
    ['weights=first-contact:9', 'weights'],
    ['weights=first-contact', 'weights'],
    ['wrong=no-such-finding', 'wrong'],
  ])('%s opens as nothing weighed and says what was left out', (link, name) => {
    const { weighing, corrections } = fromQuery(new URLSearchParams(link), ids);
    expect(weighing).toEqual(noWeighing);
    expect(corrections.map(({ args }) => args['name'])).toEqual([name]);
  });
});
