/**
 * Measures one name of a list over DNS-over-HTTPS, for a survey.
 *
 * Zones, keys and mail hosts are shared by many names, so names share a visit (`openLive`). But a
 * visit remembers everything it met: it is left after some names, or the memory of ten thousand
 * would grow without end and answers would be used beyond their time to live.
 */
import { inspect } from '../../core/check/inspect.ts';
import { isIncomplete, rowOf, type ListRow } from '../../core/check/list-row.ts';
import type { DomainName } from '../../core/dns/name.ts';
import type { TrustAnchor } from '../../core/dnssec/policy.ts';
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
  /** Names that share a visit. */
  readonly namesPerVisit?: number;
}

/** Names under way at once; the queries below them are bounded again (`openDoh`). */
export const usualAtOnce = 8;

const usualNamesPerVisit = 100;

interface Visit {
  readonly live: Live;
  names: number;
  refusals: number;
}

/** Makes the `measure` of a survey. It throws only when it was cancelled. */
export function listMeasure(
  options: ListMeasureOptions,
): (domain: DomainName) => Promise<Measured<ListRow>> {
  const { address, anchors, signal, fetch, verifier } = options;
  const { namesPerVisit = usualNamesPerVisit } = options;
  const open = (): Visit => {
    const visit: Visit = {
      names: 0,
      refusals: 0,
      live: openLive({
        address,
        anchors,
        // The survey itself waits and asks again.
        retries: 1,
        ...(signal && { signal }),
        ...(fetch && { fetch }),
        ...(verifier && { verify: verifier() }),
        onAnswer: (_, answer) => {
          if (answer.kind !== 'failed' || answer.transport?.kind !== 'http-status') return;
          if (answer.transport.status === 429) visit.refusals += 1;
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
    const row = rowOf(result);
    return { row, isLimited: visit.refusals > 0 && isIncomplete(row) };
  };
}
