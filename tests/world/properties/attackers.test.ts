/** What more power may do, and may not. */
import type { Verdict } from '../../../src/core/verdict.ts';
import { describe, expect, it } from 'vitest';
import { outcomeOf, type Truth } from '../../../src/core/sender/outcome.ts';
import { deliver } from '../../../src/core/sender/deliver.ts';
import { emptyMemory } from '../../../src/core/sender/sender.ts';
import type { Action } from '../../../src/core/smtp/session.ts';
import { type Knobs } from '../../../src/world/simulated/knobs.ts';
import { scenarioOfKnobs } from '../../../src/world/simulated/scenario-of-knobs.ts';
import type { Attacker, DnsAttack, Scenario } from '../../../src/world/simulated/scenario.ts';
import { envelopeOf, senderOf, simulate } from '../../../src/world/simulated/simulate.ts';
import { walk } from '../../../src/world/run.ts';
import { SimulatedWorld } from '../../../src/world/simulated/simulated.ts';
import { seeds } from '../../volume.ts';
import { Chance, someKnobs } from './chance.ts';

/** No test of speed: an upper bound for a machine that does much else beside. */
const patienceMs = 600_000;

interface Ended {
  readonly action: Action;
  readonly truth: Truth;
}

/** The delivery under study with what the past left in memory. */
function end(scenario: Scenario, memory = emptyMemory): Ended {
  const world = new SimulatedWorld(scenario);
  const { action } = walk(deliver(senderOf(scenario.sender), envelopeOf(scenario), memory), world);
  return { action, truth: world.truth };
}

/** How much the reader of other people's mail gains. Waiting is neither good nor bad here. */
const harms: Readonly<Record<Verdict, number | undefined>> = {
  'delivered-proven': 0,
  'delivered-unproven': 1,
  'delivered-readable': 2,
  'delivered-to-attacker': 3,
  waits: undefined,
  refused: undefined,
};

/** The worst that a set of capabilities can bring about, and whether it can hold the mail. */
interface Worst {
  readonly harm: number;
  readonly holds: boolean;
}

const none: Worst = { harm: -1, holds: false };
const worse = (one: Worst, other: Worst): Worst => ({
  harm: Math.max(one.harm, other.harm),
  holds: one.holds || other.holds,
});

const worstOf = ({ action, truth }: Ended): Worst => {
  const harm = harms[outcomeOf(action, truth).verdict];
  return harm === undefined ? { harm: -1, holds: true } : { harm, holds: false };
};

/** What an attacker can do, cut into the smallest pieces. */
const capabilitiesOf = ({ dns = [], stub = [], ...rest }: Attacker): readonly Attacker[] => [
  ...dns.map((each): Attacker => ({ dns: [each] })),
  ...stub.map((each): Attacker => ({ stub: [each] })),
  ...Object.entries(rest).map(([key, value]): Attacker => ({ [key]: value })),
];

const joined = (parts: readonly Attacker[]): Attacker => {
  const of = (key: 'dns' | 'stub'): readonly DnsAttack[] =>
    parts.flatMap((part) => part[key] ?? []);
  return { ...Object.assign({}, ...parts), dns: of('dns'), stub: of('stub') } as Attacker;
};

const attacking = {
  line: ['reads', 'strip', 'mitm-self', 'mitm-ca-wrong', 'mitm-rogue-ca', 'mitm-server-key'],
  history: ['first-contact', 'known', 'expired'],
} as const;

describe('the worst outcome over all subsets of an attacker’s capabilities', () => {
  it(
    'never gets better when a capability is added',
    () => {
      let runs = 0;
      const wrong: string[] = [];
      for (let seed = 1; seed <= seeds(600); seed += 1) {
        const chance = new Chance(seed);
        const scenario = scenarioOfKnobs(someKnobs(chance, attacking));
        const { past, ...present } = scenario;
        const [before] = past === undefined ? [] : simulate(scenario).past;
        const memory = before?.trace.result.memory ?? emptyMemory;
        const capabilities = chance.some(capabilitiesOf(scenario.attacker), 5);
        // For each set, as bits: the worst of what it does itself and of what its parts can do.
        const worst: Worst[] = [];
        for (let set = 0; set < 2 ** capabilities.length; set += 1) {
          const attacker = joined(capabilities.filter((_each, bit) => set & (1 << bit)));
          const ended = end({ ...present, attacker }, memory);
          runs += 1;
          const parts = capabilities
            .map((_each, bit) => set & ~(1 << bit))
            .filter((part) => part !== set)
            .map((part) => worst[part] ?? none);
          const here = parts.reduce(worse, worstOf(ended));
          if (parts.some((part) => here.harm < part.harm || (part.holds && !here.holds)))
            wrong.push(`seed ${seed}: better with more`);
          worst.push(here);
          if (set === 0 && (ended.truth.read || ended.truth.reached === 'attacker'))
            wrong.push(`seed ${seed}: read by nobody`);
        }
      }
      expect(wrong).toEqual([]);
      expect(runs).toBeGreaterThan(6_000);
    },
    patienceMs,
  );

  it(
    'is not changed by listening alone, except that what is readable is read',
    () => {
      const wrong: number[] = [];
      for (let seed = 1; seed <= seeds(1200); seed += 1) {
        const scenario = scenarioOfKnobs(
          someKnobs(new Chance(seed), { ...attacking, history: ['first-contact'] }),
        );
        const reader: Scenario = { ...scenario, attacker: { ...scenario.attacker, reads: true } };
        const [quiet, read] = [end(scenario), end(reader)];
        const isSame =
          JSON.stringify(read.action) === JSON.stringify(quiet.action) &&
          read.truth.reached === quiet.truth.reached;
        const isOpen = read.action.kind === 'delivered' && read.action.channel === 'plaintext';
        if (!isSame || (quiet.truth.read && !read.truth.read) || (isOpen && !read.truth.read))
          wrong.push(seed);
      }
      expect(wrong).toEqual([]);
    },
    patienceMs,
  );
});

const sound = {
  protection: ['dane', 'dane-only', 'dane-and-mta-sts'],
  profile: ['strict'],
  resolver: ['validating'],
  path: ['trusted'],
  zone: ['signed'],
  'host-zone': ['same', 'signed'],
  mx: ['one', 'two', 'implicit'],
  tlsa: ['3-1-1', '3-1-1-wrong', '3-0-1', '3-1-2', '3-1-1+3-1-1-wrong'],
  tlsa2: ['3-1-1', '3-1-1-wrong'],
  line: ['mitm-rogue-ca', 'reads', 'strip', 'mitm-self', 'mitm-ca-wrong'],
  'zone-key': ['safe'],
} as const satisfies { readonly [Name in keyof Knobs]?: readonly Knobs[Name][] };

describe('a strict DANE sender that validates itself, to a domain that is sound', () => {
  it(
    'is never read and never diverted without a DNSSEC key or the server’s key',
    () => {
      const wrong: number[] = [];
      let delivered = 0;
      let waiting = 0;
      for (let seed = 1; seed <= seeds(5000); seed += 1) {
        const knobs = someKnobs(new Chance(seed), sound, 0.25);
        const { past: _past, ...scenario } = scenarioOfKnobs(knobs);
        const { action, truth } = end({
          ...scenario,
          attacker: { ...scenario.attacker, reads: true },
        });
        if (truth.read || truth.reached === 'attacker') wrong.push(seed);
        if (action.kind === 'delivered') delivered += 1;
        else waiting += 1;
      }
      expect(wrong).toEqual([]);
      expect(delivered).toBeGreaterThan(60);
      expect(waiting).toBeGreaterThan(300);
    },
    patienceMs,
  );

  it('is read as soon as the attacker has one of these keys', () => {
    const open = { ...sound, line: ['mitm-server-key'] } as const;
    let read = 0;
    for (let seed = 1; seed <= 500; seed += 1) {
      const scenario = scenarioOfKnobs(someKnobs(new Chance(seed), open, 0));
      if (end(scenario).truth.read) read += 1;
    }
    expect(read).toBe(500);
  });
});
