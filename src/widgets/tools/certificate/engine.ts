/** What the comparison loads when it is about to be used: reading X.509, digests, signatures. */
import { proposeTlsa } from '../../../core/dane/association.ts';
import { matchDane } from '../../../core/dane/match.ts';
import { usableOf } from '../../../core/dane/usable.ts';
import type { Tlsa } from '../../../core/dane/tlsa.ts';
import { listCertificates } from '../../../world/certificates/certificate-list.ts';
import { gatherChainFacts } from '../../../world/certificates/chain-facts.ts';
import { summarizeCertificate } from '../../../world/certificates/certificate-summary.ts';
import { readPem } from '../../../world/certificates/pem.ts';
import type { Line } from '../../../view/messages/line.ts';
import type { MessageKey } from '../../../view/messages/message-key.ts';
import { showComparison, type CertificateView } from '../../../view/certificate/view.ts';

export interface CompareInput {
  readonly text: string;
  readonly tlsa: readonly Tlsa[];
  /** The MX host, or an empty string. */
  readonly host: string;
  /** Further names that usage 2 accepts: the domain of the mail. */
  readonly domain: string;
  readonly nowSeconds: number;
}

export type CompareResult =
  | { readonly ok: true; readonly view: CertificateView }
  | { readonly ok: false; readonly fault: Line };

export async function compare(input: CompareInput): Promise<CompareResult> {
  const fail = (key: MessageKey): CompareResult => ({ ok: false, fault: { key } });
  const list = listCertificates(readPem(input.text));
  if (!list.ok) return fail(`situation.pem.${list.code}`);
  if (list.unreadable.length > 0) return fail('situation.pem.not-a-certificate');
  if (list.certificates.length === 0) return fail('tools.fault.only-key');
  const ders = list.certificates.map(({ certificate }) => certificate.der);
  const { certificates, facts } = await gatherChainFacts(ders, input.tlsa);
  const referenceNames = [input.host, input.domain].filter((name) => name !== '');
  const chain = certificates.map((certificate) => ({
    certificate,
    ...summarizeCertificate(certificate.der),
  }));
  const usable = usableOf(input.tlsa);
  const digest = facts.digest.bind(facts);
  return {
    ok: true,
    view: showComparison({
      host: input.host,
      domain: input.domain,
      nowSeconds: input.nowSeconds,
      referenceNames,
      chain,
      tlsa: input.tlsa,
      facts,
      warnings: list.warnings.map(({ code }) => code),
      match:
        usable &&
        matchDane(
          { tlsa: usable, chain: certificates, referenceNames, nowSeconds: input.nowSeconds },
          facts,
        ),
      proposals: certificates.flatMap((certificate, depth) =>
        proposeTlsa({ kind: 'certificate', certificate }, digest)
          .filter(({ canMatch }) => canMatch)
          .map((proposal) => ({ depth, proposal })),
      ),
    }),
  };
}
