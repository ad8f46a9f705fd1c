/**
 * A looked-up domain under attack: the grid of protections and attackers, and the trace of one cell,
 * computed by the same senders as everywhere on the site. Loaded when a report is there.
 */
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
import { simulate } from '../../world/simulated/simulate.ts';
import { attackers, homeAttackers, knobsOfAttacker, type AttackerId } from '../matrix/axes.ts';
import { rowsOf } from '../trace/rows.ts';
import { gapOf } from '../verdict.ts';

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
export const attackerIds: readonly AttackerChoice[] = ['nobody', ...attackers.map(({ id }) => id)];
export const fewAttackerIds: readonly AttackerChoice[] = [
  'nobody',
  ...homeAttackers.map(({ id }) => id),
];

/** The receiving side once, then as many deliveries as are asked for. */
export class AttackedDomain {
  readonly #side: ReceivingSide;

  constructor(report: Report, assumptions: Assumptions) {
    this.#side = receivingSide(report, assumptions);
  }

  #run(protection: Side, attacker: AttackerChoice, history: ReportHistory) {
    const knobs = { ...defaultKnobs, ...knobsOfAttacker(attacker) };
    return simulate(scenarioOfSide(this.#side, protection, knobs, history));
  }

  grid(history: ReportHistory, shown: readonly AttackerChoice[] = attackerIds) {
    return {
      history,
      rows: shown.map((attacker) => ({
        attacker,
        cells: sides.map((protection) => {
          const { outcome } = this.#run(protection, attacker, history);
          return { protection, ...outcome, gap: gapOf(outcome) };
        }),
      })),
    };
  }

  trace(protection: Side, attacker: AttackerChoice, history: ReportHistory) {
    const run = this.#run(protection, attacker, history);
    return { outcome: run.outcome, rows: rowsOf(run), run };
  }
}

/** Which assumptions make a difference for this report: the others are not offered. */
export const assumptionsFor = ({ hosts, sts }: Report) => ({
  certificate: hosts.some(({ candidates }) =>
    candidates.some(({ records }) => records.some(({ judgement }) => judgement.usable)),
  ),
  policy: sts.standing === 'found',
});
