/**
 * All ways in which one day can go: every choice of the attacker that makes a difference, each played by the
 * procedures themselves in the simulated world.
 *
 * The attacker chooses when he is asked: a first run takes the first option everywhere and notes where he was
 * asked; the next changes the last choice that has options left, as an odometer does, and so on. What nobody
 * asks is chosen once, so that every run is another play.
 */
import { daySeconds, type AllAsk, type Ask } from '../../core/ask.ts';
import { keptIn } from '../../core/once-per.ts';
import { outcomeOf } from '../../core/sender/outcome.ts';
import { reportsOf } from '../../core/sender/report.ts';
import type { SenderMemory } from '../../core/sender/sender.ts';
import { run, type World } from '../run.ts';
import type { Attacker, Scenario } from '../simulated/scenario.ts';
import { SimulatedWorld } from '../simulated/simulated.ts';
import type { Act, Place } from './acts.ts';
import { believedOf, endOf, type Believed, type End } from './law.ts';
import { later } from './memory.ts';
import { minimalOf, nothing, type Budget } from './powers.ts';
import { hostsOf, type Row } from './rows.ts';

/** What one sender did with its message. */
export interface Delivered {
  readonly end: End;
  readonly belief: Believed;
  /** Did the sender count a failure for its report (RFC 8460 §4.3; draft of 2016 §4)? */
  readonly isCounted: boolean;
}

/** One way the day can go. */
export interface Day {
  /** What the attacker did, where he was asked; empty: nothing. */
  readonly acts: readonly Act[];
  /** Sets of powers of which each suffices for it; the smallest ones. */
  readonly needs: readonly Budget[];
  readonly delivered: Delivered;
  /** What the sender remembers the day after. */
  readonly memory: SenderMemory;
}

/** Where the attacker is asked when a sender puts this question; undefined: nowhere. */
function placeOf(
  question: Exclude<Ask, AllAsk>,
  { domain, servers }: Scenario,
  hosts: readonly string[],
): Place | undefined {
  switch (question.ask) {
    case 'lookup': {
      const { name, type } = question;
      if (type === 'MX' && name === domain) return 'mx';
      if (type === 'TXT') return 'policy';
      const at = hosts.findIndex((host) => name === host || name === `_25._tcp.${host}`);
      if (at < 0) return undefined;
      if (type === 'TLSA') return at === 0 ? 'tlsa' : 'tlsa2';
      return type === 'A' ? (at === 0 ? 'address' : 'address2') : undefined;
    }
    case 'fetch-policy':
      return 'https';
    case 'connect': {
      const server = servers.find(({ address }) => address === question.address);
      return server?.owner === 'genuine' ? 'line' : undefined;
    }
    default:
      return undefined;
  }
}

/** What he does, joined into one attacker of the simulated world. */
export function attackerOf(acts: readonly Act[]): Attacker {
  const dns = acts.flatMap(({ attack }) => attack.dns ?? []);
  const joined = Object.assign({}, ...acts.map(({ attack }) => attack)) as Attacker;
  return dns.length > 0 ? { ...joined, dns } : joined;
}

/** Any of the ways to each act, all together; the smallest sets. */
const needsOf = (acts: readonly Act[]): readonly Budget[] =>
  minimalOf(
    acts.reduce<readonly Budget[]>(
      (sets, { needs }) => sets.flatMap((set) => needs.map((need) => set | need)),
      [nothing],
    ),
  );

/** Plays days of one row; keeps the worlds it made, as the same acts come back with other memories. */
export class Days {
  readonly #row: Row;
  readonly #hosts: readonly string[];
  readonly #worlds = new Map<string, SimulatedWorld>();

  constructor(row: Row) {
    this.#row = row;
    this.#hosts = hostsOf(row.scenario);
  }

  /** The one day on which he does nothing. */
  quiet(memory: SenderMemory): Day {
    return this.#play(memory, new Map(), []);
  }

  /** Every way in which the day can go; the first is that he does nothing. */
  *all(memory: SenderMemory): Generator<Day, void, void> {
    const chosen = new Map<Place, number>();
    for (;;) {
      const asked: Place[] = [];
      yield this.#play(memory, chosen, asked);
      // The last place where there is another option; what was asked after it is asked anew.
      let last = asked.pop();
      while (last !== undefined) {
        const next = (chosen.get(last) ?? 0) + 1;
        if (next < this.#optionsAt(last).length) {
          chosen.set(last, next);
          break;
        }
        chosen.delete(last);
        last = asked.pop();
      }
      if (last === undefined) return;
    }
  }

  #optionsAt(place: Place): readonly Act[] {
    return this.#row.acts.get(place) ?? [];
  }

  #play(memory: SenderMemory, chosen: ReadonlyMap<Place, number>, asked: Place[]): Day {
    const { scenario, sender, envelope, keepsWholeMemory, acts: options, ...row } = this.#row;
    const acts = [...chosen].flatMap(([place, option]) => {
      const act = option === 0 ? undefined : this.#optionsAt(place)[option];
      return act === undefined ? [] : [act];
    });
    const note = (place: Place | undefined) => {
      if (place === undefined || asked.includes(place) || !options.has(place)) return;
      asked.push(place);
      // A forged answer makes the zone's key a question: does he sign it?
      const act = this.#optionsAt(place)[chosen.get(place) ?? 0];
      if (act?.forges) note('zone-key');
    };
    note('ds');
    const world = this.#worldOf(acts);
    const noting: World = {
      answer: (question) => {
        note(placeOf(question, scenario, this.#hosts));
        return world.answer(question);
      },
    };
    const trace = run(row.deliver(sender, envelope, memory), noting);
    const { action, memory: kept } = trace.result;
    const { counted, draft2016 } = reportsOf(trace);
    const outcome = outcomeOf(action, world.truth);
    return {
      acts,
      needs: needsOf(acts),
      delivered: {
        end: endOf(outcome, acts.length > 0),
        belief: believedOf(outcome),
        isCounted: counted.length + draft2016.length > 0,
      },
      memory: later(kept, sender, scenario.clockSeconds, daySeconds, keepsWholeMemory),
    };
  }

  #worldOf(acts: readonly Act[]): SimulatedWorld {
    const key = acts.map(({ id }) => id).join();
    const made = () => new SimulatedWorld({ ...this.#row.scenario, attacker: attackerOf(acts) });
    const world = keptIn(this.#worlds, key, made);
    world.reset();
    return world;
  }
}
