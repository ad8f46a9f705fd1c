/** One check of a domain with two mail hosts: rounds, queries, octets, and the time to the whole grid. */
import { inspect } from '../../src/core/check/inspect.ts';
import { parseName } from '../../src/core/dns/name.ts';
import type { Report } from '../../src/core/check/report.ts';
import { startTestbed } from '../../tests/testbed/testbed.ts';
import { hopeful } from '../../src/world/scenario-of-report.ts';
import { parseAnchors } from '../../src/world/anchor.ts';
import { openLive } from '../../src/world/live.ts';
import { runLive } from '../../src/world/run.ts';
import { AttackedDomain, fewAttackerIds } from '../../src/widgets/lookup/attack.ts';
import { showReport } from '../../src/words/report-view.ts';
import type { Bench } from '../bench.ts';

const delayMilliseconds = 100;
const times = 9;
/** Two hosts in the zone of the domain; then two in the zone of a provider, which costs a round. */
const domains = ['a13.test', 'gemeente-zilverdam.test'];

const median = (numbers: readonly number[]): number =>
  numbers.toSorted((left, right) => left - right)[Math.floor(numbers.length / 2)] ?? NaN;

interface Taken {
  readonly report: Report;
  readonly rounds: number;
  readonly queries: number;
  readonly octets: number;
  readonly milliseconds: number;
  /** Of the processor: what is left where nobody waits for anything. */
  readonly ownMilliseconds: number;
}

/** From the press until report and grid are made, with nothing known beforehand. */
async function once(domain: string, address: string, anchorText: string): Promise<Taken> {
  const name = parseName(domain);
  const anchors = parseAnchors(anchorText);
  if (!name.ok || !anchors.ok) throw new Error('the test bed gives no anchors');
  let [waiting, rounds] = [0, 0];
  const live = openLive({
    address,
    anchors: anchors.value,
    // A round begins where a question is put while no answer is awaited: all before it are in.
    onQuestion: () => {
      if (waiting === 0) rounds += 1;
      waiting += 1;
    },
    onAnswer: () => {
      waiting -= 1;
    },
  });
  const started = performance.now();
  const before = process.cpuUsage();
  const { result: report } = await runLive(inspect(name.value), live);
  showReport(report);
  new AttackedDomain(report, hopeful).grid('first-contact', fewAttackerIds);
  const milliseconds = performance.now() - started;
  const { user, system } = process.cpuUsage(before);
  const ownMilliseconds = (user + system) / 1000;
  return { report, rounds, ...live.totals, milliseconds, ownMilliseconds };
}

export const bench: Bench = {
  title: `a check on the test bed with ${delayMilliseconds} ms more per answer`,
  run: async () => {
    const bed = await startTestbed({ delayMilliseconds });
    try {
      const lines: string[] = [];
      for (const domain of domains) {
        const anchors = bed.anchors.join('\n');
        const all: Taken[] = [];
        for (let count = 0; count < times; count += 1)
          all.push(await once(domain, bed.doh, anchors));
        const [first] = all;
        if (first === undefined) continue;
        const settled = median(all.slice(2).map(({ milliseconds }) => milliseconds));
        const own = median(all.slice(2).map(({ ownMilliseconds }) => ownMilliseconds));
        lines.push(
          `${domain}: ${first.report.hosts.length} hosts, ${first.rounds} rounds, ${first.queries} queries, ${(first.octets / 1000).toFixed(1)} kB of DNS`,
          `  from press to grid ${settled.toFixed(0)} ms (median of ${times - 2}), of which ${first.rounds * delayMilliseconds} ms is the delay and ${own.toFixed(0)} ms our own work; ratio to the goal of 600 ms: ${(settled / 600).toFixed(2)}`,
        );
      }
      return lines;
    } finally {
      await bed.stop();
    }
  },
};
