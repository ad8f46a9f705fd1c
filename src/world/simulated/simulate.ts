/** Runs a scenario: first its past, delivery by delivery, then the one under study. */
import type { Outcome } from '../../core/verdict.ts';
import { nameOf } from '../../core/dns/name.ts';
import { deliver } from '../../core/sender/deliver.ts';
import { outcomeOf, type Truth } from '../../core/sender/outcome.ts';
import { profiles } from '../../core/sender/profiles.table.ts';
import {
  emptyMemory,
  type Delivery,
  type Sender,
  type SenderMemory,
} from '../../core/sender/sender.ts';
import type { Envelope } from '../../core/smtp/session.ts';
import { byText } from '../../core/sts-2016/switches.ts';
import type { Trace } from '../../core/trace.ts';
import { run } from '../run.ts';
import type { PastDelivery, Scenario, SenderChoice } from './scenario.ts';
import { SimulatedWorld } from './simulated.ts';

export interface ScenarioRun {
  readonly scenario: Scenario;
  readonly trace: Trace<Delivery>;
  readonly truth: Truth;
  readonly outcome: Outcome;
  /** What the sender remembered when it began. */
  readonly before: SenderMemory;
  /** The deliveries of the past, earliest first. */
  readonly past: readonly ScenarioRun[];
}

export const senderOf = (choice: SenderChoice): Sender => ({
  protection: choice.protection,
  departures: profiles[choice.profile],
  draft2016: { ...byText, ...choice.draft2016 },
  daneList: new Set(choice.daneList),
  policyGraceSeconds: choice.policyGraceSeconds ?? 0,
});

export const envelopeOf = ({ domain, sender }: Scenario): Envelope => ({
  domain: nameOf(domain),
  attempt: sender.attempt,
  queueLifetimeOver: sender.queueLifetimeOver,
});

/** The world as it was at one delivery of the past: a first attempt at an earlier time. */
function pastWorld(scenario: Scenario, delivery: PastDelivery): Scenario {
  const { past, ...present } = scenario;
  const { deliveries: _, ...places } = past ?? { deliveries: [] };
  return {
    ...present,
    ...(delivery.world === 'present' ? {} : places),
    clockSeconds: scenario.clockSeconds - delivery.secondsBefore,
    attacker: delivery.attacker ?? {},
    sender: { ...scenario.sender, attempt: 1, queueLifetimeOver: false },
  };
}

function runOne(
  scenario: Scenario,
  memory: SenderMemory,
  past: readonly ScenarioRun[],
): ScenarioRun {
  const world = new SimulatedWorld(scenario);
  const trace = run(deliver(senderOf(scenario.sender), envelopeOf(scenario), memory), world);
  const { truth } = world;
  const outcome = outcomeOf(trace.result.action, truth);
  return { scenario, trace, truth, outcome, before: memory, past };
}

/** The past is really run: its memory is what a sender would have, not what a file says. */
export function simulate(scenario: Scenario, memory: SenderMemory = emptyMemory): ScenarioRun {
  const past: ScenarioRun[] = [];
  let remembered = memory;
  for (const delivery of scenario.past?.deliveries ?? []) {
    const each = runOne(pastWorld(scenario, delivery), remembered, []);
    past.push(each);
    remembered = each.trace.result.memory;
  }
  return runOne(scenario, remembered, past);
}
