/** The certificates that a server sent, judged by TLSA records, from octets to the decision. */
import { matchDane, type DaneMatch } from '../../core/dane/match.ts';
import type { Tlsa } from '../../core/dane/tlsa.ts';
import { usableOf } from '../../core/dane/usable.ts';
import type { Parsed } from '../../core/parsed.ts';
import { gatherChainFacts } from './chain-facts.ts';
import { readCertificate, type CertificateCode } from './x509.ts';

export interface ChainToJudge {
  /** DER, leaf first, as the server sent them. */
  readonly chain: readonly Uint8Array[];
  readonly tlsa: readonly Tlsa[];
  /** Names that usage 2 accepts (RFC 7672 §3.2.2). */
  readonly referenceNames: readonly string[];
  /** Seconds since 1970. */
  readonly nowSeconds: number;
}

/**
 * Does one of the records match the chain (RFC 7671 §5)?
 * Errors: `not-a-certificate`, with its place in the chain as `found`.
 */
export async function judgeChain({
  chain,
  tlsa,
  ...presented
}: ChainToJudge): Promise<
  Parsed<DaneMatch | { readonly kind: 'no-usable-records' }, CertificateCode>
> {
  for (const [place, der] of chain.entries()) {
    const read = readCertificate(der);
    if (!read.ok)
      return {
        ok: false,
        problems: read.problems.map((each) => ({ ...each, found: String(place) })),
      };
  }
  const usable = usableOf(tlsa);
  if (usable === undefined) return { ok: true, value: { kind: 'no-usable-records' }, warnings: [] };
  const { certificates, facts } = await gatherChainFacts(chain, tlsa);
  const match = matchDane({ ...presented, tlsa: usable, chain: certificates }, facts);
  return { ok: true, value: match, warnings: [] };
}
