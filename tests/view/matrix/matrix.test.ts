import { describe, expect, it } from 'vitest';
import { seededChance } from '../../../src/core/cost/simulate.ts';
import {
  formatKnobs,
  knobNames,
  knobValues,
  type Knobs,
  defaultKnobs,
} from '../../../src/world/simulated/knobs.ts';
import { outcomeOfKnobs, simulateKnobs } from '../../../src/world/simulated/scenario-of-knobs.ts';
import {
  attackers,
  cellKnobs,
  fullGrid,
  histories,
  protections,
  receiverKnobs,
  situationGrid,
} from '../../../src/view/matrix/axes.ts';
import {
  combinationCount,
  enumerationOf,
  everyGrid,
  everyRow,
  receivers,
} from '../../../src/view/matrix/enumeration.ts';
import { formatOutcome, outcomeAt, outcomesOf } from '../../../src/view/matrix/outcomes.ts';
import { drawSpace, spaceDepth, spaceOf, type Part } from '../../../src/view/matrix/space.ts';
import { readScenarios } from '../../../src/site/scenarios/read.ts';
import { fromQuery, toQuery } from '../../../src/view/matrix/state.ts';
import { matrixOf, readingOf, situationRowOf, type Cell } from '../../../src/view/matrix/view.ts';
import { fromQuery as simulatorFromQuery } from '../../../src/view/simulator/link.ts';
import { simulate } from '../../../src/view/simulator/simulate.ts';

const chance = seededChance(20160318);
const oneOf = <Item>(list: readonly Item[]): Item =>
  list[Math.floor(chance() * list.length)] ?? list[0]!;
/** A receiver of any kind; half of its knobs as the page has them. */
const anyReceiver = (): Knobs => {
  const receiver: Record<string, string> = { ...defaultKnobs };
  for (const name of receiverKnobs) if (chance() < 0.5) receiver[name] = oneOf(knobValues[name]);
  return receiver as unknown as Knobs;
};

const readsOrHas = ({ verdict }: Cell): boolean =>
  verdict === 'delivered-readable' || verdict === 'delivered-to-attacker';
const believesItselfSafe = ({ belief }: Cell): boolean =>
  belief === 'proven' || belief === 'encrypted';

describe('a cell of the matrix', () => {
  const drawn = Array.from({ length: 1000 }, () => ({
    receiver: anyReceiver(),
    history: oneOf(histories),
    attacker: oneOf(attackers),
    protection: oneOf(protections),
  }));

  it('is what the simulator shows behind its link, and what the core says, 1,000 times', () => {
    const seen = new Set<string>();
    for (const { receiver, history, attacker, protection } of drawn) {
      const grid = { histories: [history], attackers: [attacker], protections: [protection] };
      const outcomes = outcomesOf(outcomeOfKnobs, receiver, grid);
      const matrix = matrixOf(outcomes, grid, history, receiver, '/simulator/');
      const cell = matrix.rows[0]!.cells[0]!;
      const { state, corrections } = simulatorFromQuery(
        new URL(cell.href, 'http://site').searchParams,
        [],
      );
      const opened = simulate(state.knobs).outcome;
      const plain = simulateKnobs(cellKnobs(receiver, protection, attacker, history)).outcome;
      const where = `${cell.href}`;
      expect(corrections, where).toEqual([]);
      expect(opened, where).toEqual(plain);
      expect({ verdict: cell.verdict, belief: cell.belief }, where).toEqual(plain);
      seen.add(formatOutcome(plain));
    }
    // The draw reaches many ends; else it would show little.
    expect(seen.size).toBeGreaterThanOrEqual(6);
  });

  it('is marked exactly where the sender believes itself safe while the attacker reads', () => {
    let marked = 0;
    for (let count = 0; count < 6; count += 1) {
      const receiver = anyReceiver();
      const outcomes = outcomesOf(outcomeOfKnobs, receiver, fullGrid);
      for (const history of histories) {
        const matrix = matrixOf(outcomes, fullGrid, history, receiver, '/');
        const cells = matrix.rows.flatMap((row) => row.cells);
        for (const cell of cells) {
          const isFalse = believesItselfSafe(cell) && readsOrHas(cell);
          expect(cell.gap === 'false-security').toBe(isFalse);
        }
        const reading = readingOf(matrix);
        expect(reading.false).toBe(cells.filter(({ gap }) => gap === 'false-security').length);
        for (const { protection, exposed } of reading.columns)
          expect(exposed).toBe(
            cells.filter((cell) => cell.protection === protection && readsOrHas(cell)).length,
          );
        marked += reading.false;
      }
    }
    expect(marked).toBeGreaterThan(50);
  });
});

describe('the default matrix', () => {
  const outcomes = outcomesOf(outcomeOfKnobs, defaultKnobs, fullGrid);
  const cellOf = (history: (typeof histories)[number], attacker: string, protection: string) =>
    matrixOf(outcomes, fullGrid, history, defaultKnobs, '/')
      .rows.find((row) => row.attacker === attacker)
      ?.cells.find((cell) => cell.protection === protection);

  it('shows the hole that remained: who blocks the first contact reads along, but not under DANE', () => {
    expect(cellOf('first-contact', 'blocks', 'mta-sts')?.verdict).toBe('delivered-readable');
    expect(cellOf('first-contact', 'blocks', 'dane')?.verdict).toBe('waits');
    expect(cellOf('known', 'blocks', 'mta-sts')?.verdict).toBe('waits');
  });
  it('shows the hole of the draft: a forged first policy makes its sender feel safe', () => {
    const cell = cellOf('first-contact', 'forges-dns', 'smtp-sts-2016');
    expect(cell).toMatchObject({ verdict: 'delivered-to-attacker', gap: 'false-security' });
    expect(cellOf('first-contact', 'forges-dns', 'mta-sts')?.verdict).toBe('waits');
  });
});

describe('a situation in the matrix', () => {
  const { scenarios } = readScenarios('content');
  const menu = scenarios.filter(({ menu: place, isKnobs }) => place !== false && isKnobs);
  const situations = menu.map(({ id, title, group, knobs }) => ({
    id,
    title: title.en,
    group,
    knobs: knobs,
  }));

  it.each(menu)('is a row whose own cell ends as its file says: $id', ({ id, knobs, ...named }) => {
    const situation = situations.find((each) => each.id === id)!;
    const outcomes = outcomesOf(outcomeOfKnobs, knobs, situationGrid(situation.knobs));
    const row = situationRowOf(situation, outcomes, '/simulator/');
    expect(row.cells.map(({ protection }) => protection)).toEqual(protections);
    const own = row.cells.find(({ protection }) => protection === knobs.protection);
    if (own === undefined) return expect(protections).not.toContain(knobs.protection);
    expect(own).toMatchObject({ verdict: named.verdict, belief: named.belief });
    const { searchParams } = new URL(own.href, 'http://site');
    expect(simulatorFromQuery(searchParams, []).state.knobs).toEqual(knobs);
  });
  it('is opened by its name, and comes back as it was', () => {
    for (const situation of situations) {
      const query = new URLSearchParams({ situation: situation.id });
      const { state, corrections } = fromQuery(query, situations);
      expect(corrections, situation.id).toEqual([]);
      expect(state.situation).toBe(situation.id);
      expect(toQuery(state, situations)).toEqual(query);
    }
  });
  it('is left for a receiver of one’s own, and an unknown one is said to be so', () => {
    const [{ id } = { id: '' }] = situations;
    const other = fromQuery(new URLSearchParams({ situation: id, tlsa: '0-0-1' }), situations);
    expect(other.state).toMatchObject({ situation: undefined, receiver: { tlsa: '0-0-1' } });
    const gone = fromQuery(new URLSearchParams({ situation: 'long-gone' }), situations);
    expect(gone.corrections).toEqual([
      { key: 'matrix.unknown-situation', args: { value: 'long-gone' } },
    ]);
  });
});

describe('the address of the matrix', () => {
  it('comes back as it was', () => {
    for (let count = 0; count < 200; count += 1) {
      const asked = {
        history: oneOf(histories),
        onlyFalse: chance() < 0.5,
        receiver: anyReceiver(),
      };
      const { state } = fromQuery(toQuery(asked));
      expect(fromQuery(toQuery(state))).toEqual({ state, corrections: [] });
    }
  });
  it('says what it had to change', () => {
    const { state, corrections } = fromQuery(
      new URLSearchParams('history=never&tlsa=9-9-9&only-false=x&mx=one&tlsa2=none'),
    );
    expect(state.history).toBe('first-contact');
    expect(corrections.map(({ key }) => key).sort()).toEqual([
      'link.unknown-choice',
      'link.unknown-choice',
      'link.unknown-choice',
      'simulator.contradiction',
    ]);
  });
});

describe('every combination', () => {
  const outcomes = [...everyRow(outcomeOfKnobs)].join('');
  const { attackers: rows, histories: pasts, protections: columns } = everyGrid;

  it('is in the tens of thousands, each one there', () => {
    expect(receivers).toHaveLength(
      new Set(receivers.map((each) => String(formatKnobs(each)))).size,
    );
    expect(combinationCount).toBeGreaterThan(40_000);
    expect(outcomes).toHaveLength(2 * combinationCount * columns.length);
  });
  it('is what the core says of it, 1,000 times', () => {
    for (let count = 0; count < 1000; count += 1) {
      const index = Math.floor(chance() * (outcomes.length / 2));
      const column = index % columns.length;
      const row = Math.floor(index / columns.length) % rows.length;
      const past = Math.floor(index / columns.length / rows.length) % pasts.length;
      const receiver =
        receivers[Math.floor(index / columns.length / rows.length / pasts.length)] ?? defaultKnobs;
      const knobs = cellKnobs(receiver, columns[column]!, rows[row]!, pasts[past]!);
      expect(outcomeAt(outcomes, index), JSON.stringify(formatKnobs(knobs))).toEqual(
        outcomeOfKnobs(knobs),
      );
    }
  });
  it('is told apart by the choices that decide, and each end has a scene that ends so', () => {
    const leavesOf = (part: Part): readonly Part[] =>
      part.parts.length === 0 ? [part] : part.parts.flatMap(leavesOf);
    for (const protection of columns) {
      const space = spaceOf(outcomes, protection, spaceDepth);
      const leaves = leavesOf(space);
      expect(space.count).toBe(combinationCount);
      expect(leaves.reduce((sum, { count }) => sum + count, 0)).toBe(combinationCount);
      expect(leaves.length).toBeGreaterThan(3);
      for (const { ends, count, words } of leaves) {
        expect(words.length).toBeGreaterThan(0);
        expect(ends.reduce((sum, end) => sum + end.count, 0)).toBe(count);
        for (const { verdict, knobs } of ends) {
          expect(knobs.protection).toBe(protection);
          expect(outcomeOfKnobs(knobs).verdict).toBe(verdict);
        }
      }
      // Each end of a drawn part is a link.
      const words = {
        say: (key: string) => key,
        or: (all: readonly string[]) => all.join(),
        simulator: '/',
      };
      const links = drawSpace('name', space, 'narrow', words).items.filter(
        (item) => item.kind === 'group' && item.href,
      );
      expect(links).toHaveLength(leaves.flatMap(({ ends }) => ends).length);
    }
  });
  it('is decided first as the headline of its page says', () => {
    const firstOf = (protection: 'mta-sts' | 'dane') =>
      spaceOf(outcomes, protection, 1).parts.map(({ words: [word = ''] }) => word.split('.')[2]);
    expect(new Set(firstOf('dane'))).toEqual(new Set(['zone']));
    expect(new Set(firstOf('mta-sts'))).toEqual(new Set(['line']));
  });
  it('has its axes written beside it', () => {
    const data = enumerationOf(outcomes);
    const sizeOf = (axes: object) =>
      Object.values(axes).reduce<number>((size, axis: readonly string[]) => size * axis.length, 1);
    expect(data.outcomes).toHaveLength(
      2 *
        sizeOf(data.receiver) *
        sizeOf(data.attacker) *
        data.history.length *
        data.protection.length,
    );
    expect(knobNames).toEqual(
      expect.arrayContaining([...Object.keys(data.receiver), ...Object.keys(data.attacker)]),
    );
  });
});
