/** Senders with one fault each, to see that a law notices. */
import type { AllAsk, Ask, LookupAnswer } from '../../../src/core/ask.ts';
import type { CachedStsPolicy } from '../../../src/core/mta-sts/memory.ts';
import { deliver } from '../../../src/core/sender/deliver.ts';
import type { Sender, SenderMemory } from '../../../src/core/sender/sender.ts';
import type { FetchPolicyAnswer } from '../../../src/core/smtp/ask.ts';
import { isAsk } from '../../../src/core/trace.ts';
import type { Deliver } from '../../../src/world/laws/rows.ts';
import { knobsClockSeconds } from '../../../src/world/simulated/scenario-of-knobs.ts';

type Question = Exclude<Ask, AllAsk>;

/** The procedure itself, to which some answers are told otherwise than they came. */
const hearing = (
  change: (question: Question, answer: unknown, memory: SenderMemory) => unknown,
  before: (memory: SenderMemory) => SenderMemory = (memory) => memory,
): Deliver =>
  function* (sender, envelope, memory) {
    const inner = deliver(sender, envelope, before(memory));
    let next = inner.next();
    while (!next.done) {
      const { value } = next;
      const back: unknown = yield value;
      next = inner.next(isAsk(value) && value.ask !== 'all' ? change(value, back, memory) : back);
    }
    return next.value;
  };

/** MTA-STS: whoever serves the first policy is believed to be the policy host. */
export const trustsFirstPolicy = hearing((question, answer, { mtaSts }) => {
  if (question.ask !== 'fetch-policy' || mtaSts.size > 0) return answer;
  const fetched = answer as FetchPolicyAnswer;
  if (fetched.kind !== 'response') return answer;
  const chain = fetched.chain.map((each) => ({
    dnsNames: [question.host],
    notBeforeSeconds: each.notBeforeSeconds,
    notAfterSeconds: each.notAfterSeconds,
  }));
  return { ...fetched, leadsToTrustedRoot: true, chain };
});

/** DANE: an answer whose signature is wrong counts as a proof that there is no record. */
export const takesBogusForAbsent = hearing((question, answer) => {
  const looked = answer as LookupAnswer;
  const isBogusTlsa =
    question.ask === 'lookup' &&
    question.type === 'TLSA' &&
    looked.kind === 'failed' &&
    looked.why === 'bogus';
  return isBogusTlsa
    ? { kind: 'absent', security: 'secure', denial: 'nodata', aliases: [] }
    : answer;
});

/** MTA-STS: a policy in memory never grows old. */
export const forgetsExpiry = hearing(
  (_question, answer) => answer,
  (memory) => ({
    ...memory,
    mtaSts: new Map(
      [...memory.mtaSts].map(([domain, entry]) => [
        domain,
        { ...entry, ...(entry.cached && { cached: asNew(entry.cached) }) },
      ]),
    ),
  }),
);
const asNew = (cached: CachedStsPolicy): CachedStsPolicy => ({
  ...cached,
  fetchedSeconds: knobsClockSeconds,
  checkedSeconds: knobsClockSeconds,
});

/** DANE beside MTA-STS: the daemon's answer takes the place of DANE. */
export const letsTheDaemonSkipDane = (sender: Sender): Sender => ({
  ...sender,
  departures: new Set([...sender.departures, 'mta-sts-overrides-dane']),
});
