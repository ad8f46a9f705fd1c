/**
 * A looked-up domain under attack: the grid of protections and attackers, and the trace of one cell,
 * computed by the same senders as everywhere on the site. Loaded when a report is there.
 */
import type { Outcome } from '../../core/verdict.ts';
import type { Report } from '../../core/check/report.ts';
import type { Protection } from '../../core/sender/sender.ts';
import { defaultKnobs } from '../../world/simulated/knobs.ts';
import {
  receivingSide,
  scenarioOfSide,
  type Assumptions,
  type ReceivingSide,
  type ReportHistory,
} from '../../world/simulated/scenario-of-report.ts';
import { simulate, type ScenarioRun } from '../../world/simulated/simulate.ts';
import { attackers as allAttackers, homeAttackers, type AttackerId } from '../matrix/axes.ts';
import type { Row } from '../trace/row.ts';
import { rowsOf } from '../trace/rows.ts';
import { gapOf, type Gap } from '../verdict.ts';

/** Neither, MTA-STS, DANE, both: what a sending server may do. */
export const sides = [
  'opportunistic',
  'mta-sts',
  'dane',
  'dane-and-mta-sts',
] as const satisfies readonly Protection[];
export type Side = (typeof sides)[number];

export const histories = ['first-contact', 'known'] as const satisfies readonly ReportHistory[];

export type AttackerChoice = AttackerId | 'nobody';

/** Nobody first, then all of the matrix; and few: those of the home page. */
export const attackerIds: readonly AttackerChoice[] = [
  'nobody',
  ...allAttackers.map(({ id }) => id),
];
export const fewAttackerIds: readonly AttackerChoice[] = [
  'nobody',
  ...homeAttackers.map(({ id }) => id),
];

const knobsOf = (attacker: AttackerChoice) => ({
  ...defaultKnobs,
  ...allAttackers.find(({ id }) => id === attacker)?.knobs,
});

export interface AttackCell extends Outcome {
  readonly protection: Side;
  readonly gap: Gap;
}

export interface AttackRow {
  readonly attacker: AttackerChoice;
  readonly cells: readonly AttackCell[];
}

export interface AttackGrid {
  readonly history: ReportHistory;
  readonly rows: readonly AttackRow[];
}

export interface AttackTrace {
  readonly outcome: Outcome;
  readonly rows: readonly Row[];
  readonly run: ScenarioRun;
}

/** The receiving side once, then as many deliveries as are asked for. */
export class AttackedDomain {
  readonly #side: ReceivingSide;

  constructor(report: Report, assumptions: Assumptions) {
    this.#side = receivingSide(report, assumptions);
  }

  #run(protection: Side, attacker: AttackerChoice, history: ReportHistory) {
    return simulate(scenarioOfSide(this.#side, protection, knobsOf(attacker), history));
  }

  grid(history: ReportHistory, attackers: readonly AttackerChoice[] = attackerIds): AttackGrid {
    return {
      history,
      rows: attackers.map((attacker) => ({
        attacker,
        cells: sides.map((protection) => {
          const { outcome } = this.#run(protection, attacker, history);
          return { protection, ...outcome, gap: gapOf(outcome) };
        }),
      })),
    };
  }

  trace(protection: Side, attacker: AttackerChoice, history: ReportHistory): AttackTrace {
    const run = this.#run(protection, attacker, history);
    return { outcome: run.outcome, rows: rowsOf(run), run };
  }
}

/** Which assumptions make a difference for this report: the others are not offered. */
export function assumptionsFor(report: Report): {
  readonly certificate: boolean;
  readonly policy: boolean;
} {
  return {
    certificate: report.hosts.some(({ candidates }) =>
      candidates.some(({ records }) => records.some(({ judgement }) => judgement.usable)),
    ),
    policy: report.sts.standing === 'found',
  };
}
