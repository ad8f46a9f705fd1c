/**
 * Measures one name of a list over DNS-over-HTTPS, for a survey.
 *
 * Zones, keys and mail hosts are shared by many names, so names share a visit (`openLive`). But a
 * visit remembers everything it met: it is left after some names, or the memory of ten thousand
 * would grow without end and answers would be used beyond their time to live.
 */
import { inspect } from '../../core/check/inspect.ts';
import { isIncomplete, rowOf } from '../../core/check/list-row.ts';
import type { DomainName } from '../../core/dns/name.ts';
import type { TrustAnchor } from '../../core/dnssec/policy.ts';
import type { TransportFailure } from '../../core/ask.ts';
import type { Report } from '../../core/check/report.ts';
import { openLive, type Live } from './live.ts';
import { runLive } from '../run.ts';
import type { Measured } from './survey.ts';
import type { Verifier } from './verify.ts';

export interface ListMeasureOptions {
  readonly address: string;
  readonly anchors: readonly TrustAnchor[];
  readonly signal?: AbortSignal;
  readonly fetch?: typeof globalThis.fetch;
  /** Makes what checks signatures, one for each visit; WebCrypto unless given. */
  readonly verifier?: () => Verifier;
}

/** Names under way at once; the queries below them are bounded again (`openDoh`). */
export const usualAtOnce = 8;

/** Names that share a visit. */
const namesPerVisit = 100;

/** Failures of the way to the resolver, by `name/type`. */
export type Failures = ReadonlyMap<string, TransportFailure>;

interface Visit {
  readonly live: Live;
  readonly failures: Map<string, TransportFailure>;
  names: number;
  refusals: number;
}

/**
 * Makes the `measure` of a survey; `judge` makes of each report what is kept of it. It throws only when it
 * was cancelled.
 */
export function reportMeasure<Row>(
  options: ListMeasureOptions,
  judge: (report: Report, failures: Failures) => Row | Promise<Row>,
): (domain: DomainName) => Promise<Measured<Row>> {
  const { address, anchors, signal, fetch, verifier } = options;
  const open = (): Visit => {
    const failures = new Map<string, TransportFailure>();
    const visit: Visit = {
      names: 0,
      refusals: 0,
      failures,
      live: openLive({
        address,
        anchors,
        // The survey itself waits and asks again.
        retries: 1,
        ...(signal && { signal }),
        ...(fetch && { fetch }),
        ...(verifier && { verify: verifier() }),
        onAnswer: ({ name, type }, answer) => {
          if (answer.kind !== 'failed' || !answer.transport) return;
          const { transport } = answer;
          failures.set(`${name}/${type}`, transport);
          if (transport.kind === 'http-status' && transport.status === 429) visit.refusals += 1;
        },
      }),
    };
    return visit;
  };
  let current = open();

  return async (domain) => {
    if (current.names >= namesPerVisit || current.refusals > 0) current = open();
    const visit = current;
    visit.names += 1;
    const { result } = await runLive(inspect(domain), visit.live, signal ? { signal } : {});
    const isLimited = visit.refusals > 0 && isIncomplete(rowOf(result));
    return { row: await judge(result, visit.failures), isLimited };
  };
}
