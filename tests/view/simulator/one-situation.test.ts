/**
 * One situation ends in one way, wherever on the site it is shown: on the home page, in the matrix, in
 * the simulator however the reader came there, and in first contact.
 */
import type { Outcome } from '../../../src/core/verdict.ts';
import { describe, expect, it } from 'vitest';
import { seededChance } from '../../../src/core/cost/simulate.ts';
import { needsDnssec, protections, type Protection } from '../../../src/core/sender/sender.ts';
import { readScenarios } from '../../../src/site/scenarios/read.ts';
import { attacks, axisDays, stateOfStop } from '../../../src/view/first-contact/state.ts';
import { runTracks } from '../../../src/view/first-contact/tracks.ts';
import {
  fullGrid,
  homeAttackers,
  homeProtections,
  receiverKnobs,
  situationGrid,
  type NamedGrid,
} from '../../../src/view/matrix/axes.ts';
import { outcomesOf } from '../../../src/view/matrix/outcomes.ts';
import { matrixOf, situationRowOf, type Cell } from '../../../src/view/matrix/view.ts';
import { toQuery } from '../../../src/view/simulator/address.ts';
import { settle, unlikeItsName } from '../../../src/view/simulator/knob-groups.ts';
import { fromQuery } from '../../../src/view/simulator/link.ts';
import {
  defaultKnobs,
  knobNames,
  knobValues,
  validates,
  type Knobs,
} from '../../../src/world/simulated/knobs.ts';
import { outcomeOfKnobs } from '../../../src/world/simulated/scenario-of-knobs.ts';
import { seeds } from '../../volume.ts';

const chance = seededChance(20261128);
const oneOf = <Item>(list: readonly Item[]): Item =>
  list[Math.floor(chance() * list.length)] ?? list[0]!;
const anyKnobs = (names: readonly (keyof Knobs)[], share: number): Knobs => {
  const knobs: Record<string, string> = { ...defaultKnobs };
  for (const name of names) if (chance() < share) knobs[name] = oneOf(knobValues[name]);
  return settle(knobs as unknown as Knobs).knobs;
};

/** The settings behind a link, as the simulator reads them: nothing had to be corrected. */
function openedAt(href: string): Knobs {
  const { state, corrections } = fromQuery(new URL(href, 'http://site').searchParams, []);
  expect(corrections, href).toEqual([]);
  return state.knobs;
}

/** What the simulator does when the reader picks another protection. */
const choose = (knobs: Knobs, protection: Protection): Knobs =>
  settle({ ...knobs, protection }).knobs;

const endOf = ({ verdict, belief }: Outcome): string => `${verdict}, believed ${belief}`;

/** From each cell of a row to each other one, also by way of a third; tells where it went wrong. */
function walkRow(cells: readonly Cell[]): { walked: number; wrong: string[] } {
  const wrong: string[] = [];
  let walked = 0;
  for (const start of cells)
    for (const cell of cells)
      for (const by of [undefined, oneOf(protections)]) {
        const opened = openedAt(start.href);
        const knobs = choose(by === undefined ? opened : choose(opened, by), cell.protection);
        const end = endOf(outcomeOfKnobs(knobs));
        if (end !== endOf(cell))
          wrong.push(`${start.href}, ${by ?? ''} ${cell.protection}: ${end}, not ${endOf(cell)}`);
        walked += 1;
      }
  return { walked, wrong };
}

const rowsOf = (grid: NamedGrid, receiver: Knobs) => {
  const outcomes = outcomesOf(outcomeOfKnobs, receiver, grid);
  return grid.histories.flatMap(
    (history) => matrixOf(outcomes, grid, history, receiver, '/simulator/').rows,
  );
};

const { scenarios } = readScenarios('content');
const inSimulator = scenarios.filter(({ isKnobs }) => isKnobs);

describe('a cell opened in the simulator, and another protection chosen there, is that one’s cell', () => {
  it.each([
    [
      'of the home page',
      { histories: ['first-contact'], attackers: homeAttackers, protections: homeProtections },
    ],
    ['of the matrix', fullGrid],
  ] as const)('%s', (_, grid) => {
    const cells = grid.histories.length * grid.attackers.length * grid.protections.length;
    const walks = rowsOf(grid, defaultKnobs).map(({ cells: row }) => walkRow(row));
    expect(walks.flatMap(({ wrong }) => wrong)).toEqual([]);
    expect(walks.reduce((sum, { walked }) => sum + walked, 0)).toBe(
      2 * cells * grid.protections.length,
    );
  });
  it('of the matrix of any receiver', () => {
    for (let count = 0; count < seeds(3); count += 1)
      for (const { cells } of rowsOf(fullGrid, anyKnobs(receiverKnobs, 0.4)))
        expect(walkRow(cells).wrong).toEqual([]);
  });
  it.each(inSimulator)('of the situation $id', ({ id, title, group, knobs }) => {
    const situation = { id, title: title.en, group, knobs };
    const outcomes = outcomesOf(outcomeOfKnobs, knobs, situationGrid(knobs));
    const { cells } = situationRowOf(situation, outcomes, '/simulator/');
    expect(walkRow(cells).wrong).toEqual([]);
    // From the menu, too, and compared with beside a trace: the same change.
    for (const cell of cells)
      expect(endOf(outcomeOfKnobs(choose(knobs, cell.protection)))).toBe(endOf(cell));
  });
});

describe('first contact', () => {
  const quiet = stateOfStop('quiet');
  const attackerOf = { strip: 'strip', block: 'blocks', forge: 'forges-dns' } as const;
  it.each(attacks.filter((attack) => attack !== 'none'))(
    'ends under “%s” as the matrix does, at the first message and with the policy known',
    (attack) => {
      const outcomes = outcomesOf(outcomeOfKnobs, defaultKnobs, fullGrid);
      for (const [history, from, message] of [
        ['first-contact', 0, 0],
        ['known', 1, 1],
      ] as const) {
        const matrix = matrixOf(outcomes, fullGrid, history, defaultKnobs, '/');
        const row = matrix.rows.find(({ attacker }) => attacker === attackerOf[attack]);
        for (const { id, messages } of runTracks({ ...quiet, attack, from, to: axisDays })) {
          const cell = row?.cells.find(({ protection }) => protection === id);
          expect(endOf(messages[message]!), `${id}, ${history}`).toBe(endOf(cell!));
        }
      }
    },
  );
});

describe('a sender validates DNSSEC', () => {
  it('where its protection asks for it, unless the reader is told beside the choice', () => {
    let told = 0;
    for (let count = 0; count < seeds(500); count += 1) {
      const knobs = anyKnobs(knobNames, 0.5);
      const unlike = unlikeItsName(knobs);
      const resolver = unlike.find(({ name }) => name === 'resolver');
      if (needsDnssec(knobs.protection)) expect(validates(knobs)).toBe(resolver === undefined);
      told += unlike.length;
      // One press each undoes it all: what is left is what the protection's name says.
      let undone = knobs;
      for (const { name, usual } of unlike) undone = { ...undone, [name]: usual };
      expect(unlikeItsName(undone)).toEqual([]);
    }
    expect(told).toBeGreaterThan(250);
  });
  it('in no cell of the matrix otherwise than its protection asks', () => {
    for (const { cells } of rowsOf(fullGrid, defaultKnobs))
      for (const { href } of cells) expect(unlikeItsName(openedAt(href))).toEqual([]);
  });
  it('in no situation of the menu otherwise, but where that is its subject', () => {
    const unlike = inSimulator.filter(
      ({ menu, knobs }) => menu !== false && unlikeItsName(knobs)[0],
    );
    expect(unlike.map(({ id }) => id).sort()).toEqual([
      'dane-line-to-resolver-attacked',
      'mx-forged-but-validated',
      'resolver-not-validating',
    ]);
  });
});

describe('an address made before the resolver followed the protection', () => {
  it('ends as it did', () => {
    let kept = 0;
    for (let count = 0; count < seeds(400); count += 1) {
      const drawn = anyKnobs(knobNames, 0.3);
      const then: Knobs = {
        ...drawn,
        resolver: drawn.resolver === 'by-protection' ? 'validating' : drawn.resolver,
      };
      // As addresses were written: without the resolver where it validated.
      const query = toQuery({
        ...{ knobs: then, preset: undefined, compare: undefined, step: undefined, predict: false },
      });
      if (then.resolver === 'validating') query.delete('resolver');
      const knobs = openedAt(`/simulator/?${query.toString()}`);
      expect(endOf(outcomeOfKnobs(knobs)), query.toString()).toBe(endOf(outcomeOfKnobs(then)));
      if (knobs.resolver === 'validating') kept += 1;
    }
    expect(kept).toBeGreaterThan(20);
  });
});
