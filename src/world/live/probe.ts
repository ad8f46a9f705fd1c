/**
 * A look at a resolver before it is trusted with names: does a page get its answers at all, does it
 * hand over signatures and proofs of absence, and does it leave the checking to us?
 *
 * A resolver that strips signatures leaves nothing to be checked; one that ignores CD hides what is bogus
 * behind SERVFAIL. With a list of names that would be a thousand wrong results, so it
 * is asked first, about the zone of a trust anchor only: no name of the visitor's is in the probe.
 */
import type { MessageAnswer, TransportFailure } from '../../core/ask.ts';
import type { DomainName } from '../../core/dns/name.ts';
import type { RrType } from '../../core/dns/type.ts';
import type { TrustAnchor } from '../../core/dnssec/policy.ts';
import type { ValidatedLookup } from '../../core/dnssec/validate.ts';
import type { DohOptions } from './doh.ts';
import { openLive } from './live.ts';

export type ProbeFault =
  /**
   * No readable answer. A browser gives one error for no network and for a missing CORS header:
   * `unreachable` is both.
   */
  | { readonly kind: 'no-answer'; readonly transport?: TransportFailure }
  /** It points to another address, which is not asked. */
  | { readonly kind: 'redirected' }
  /** Keys arrive without their signatures: DO is not honoured. */
  | { readonly kind: 'no-signatures' }
  /** Signatures arrive and do not lead to a trust anchor: a lie, another root, or a wrong clock. */
  | { readonly kind: 'not-proved' }
  /** An absence arrives without its proof. */
  | { readonly kind: 'no-denial' }
  /** CD is not repeated, or a zone known to be broken is withheld although it was set. */
  | { readonly kind: 'checks-itself' };

export interface ProbeResult {
  readonly address: string;
  /** May be trusted with names: nothing below. */
  readonly usable: boolean;
  readonly faults: readonly ProbeFault[];
}

export interface ProbeOptions extends Pick<
  DohOptions,
  'address' | 'fetch' | 'timeoutSeconds' | 'signal'
> {
  readonly anchors: readonly TrustAnchor[];
  /** A name whose signatures are known to be wrong; with it CD is tried, not only read. */
  readonly brokenName?: DomainName;
  /** Seconds since 1970. */
  readonly now?: () => number;
}

/** Asks two or three questions. Never throws; an aborted probe is a `no-answer`. */
export async function probeResolver(options: ProbeOptions): Promise<ProbeResult> {
  const { address, anchors, brokenName } = options;
  const [anchor] = anchors;
  if (anchor === undefined) throw new Error('a probe needs a trust anchor');
  const live = openLive({ ...options, retries: 1 });
  const proved = async (name: DomainName, type: RrType) =>
    (await live.answer({ ask: 'proved-lookup', name, type })).answer as ValidatedLookup;
  const message = async (name: DomainName, type: RrType) =>
    (await live.answer({ ask: 'message', name, type })).answer as MessageAnswer;
  const result = (...faults: readonly ProbeFault[]): ProbeResult => ({
    address,
    usable: faults.length === 0,
    faults,
  });

  const [keys, absence] = await Promise.all([
    proved(anchor.name, 'DNSKEY'),
    // The zone of an anchor has no TLSA record at its own name; that must come with its proof.
    proved(anchor.name, 'TLSA'),
    ...(brokenName === undefined ? [] : [message(brokenName, 'SOA')]),
  ]);
  const raw = await message(anchor.name, 'DNSKEY');
  if (raw.kind === 'failed' && raw.transport?.kind === 'redirected')
    return result({ kind: 'redirected' });
  if (raw.kind === 'failed')
    return result(
      raw.transport === undefined
        ? { kind: 'no-answer' }
        : { kind: 'no-answer', transport: raw.transport },
    );
  if (raw.message.rcode !== 0) return result({ kind: 'no-answer' });
  const faults: ProbeFault[] = [];
  const isSigned = raw.message.answer.some(({ type }) => type === 'RRSIG');
  if (!isSigned) faults.push({ kind: 'no-signatures' });
  else if (keys.security !== 'secure') faults.push({ kind: 'not-proved' });
  else if (absence.security !== 'secure') faults.push({ kind: 'no-denial' });
  const isWithheld = async (): Promise<boolean> => {
    if (brokenName === undefined) return false;
    const broken = await message(brokenName, 'SOA');
    return broken.kind === 'message' && broken.message.rcode !== 0;
  };
  if (!raw.message.checkingDisabled || (await isWithheld())) faults.push({ kind: 'checks-itself' });
  return result(...faults);
}
