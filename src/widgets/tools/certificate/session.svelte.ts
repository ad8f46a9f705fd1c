/** The state of the comparison. Nothing is kept beyond the page, and a private key not even in it. */
import { parseDomainInput } from '../../../core/check/domain-input.ts';
import { hostOfOwner, readTlsaLines } from '../../../core/dane/tlsa-lines.ts';
import { situationKey } from '../../../view/messages/line.ts';
import type { CertificateView } from '../../../view/certificate/view.ts';
import { ToolSession, type Faults } from '../tool-session.svelte.ts';
import type * as engine from './engine.ts';

type Field = 'host' | 'pem' | 'tlsa';

/** What a reader who asks for an example gets. */
export interface CertificateExample {
  readonly certificate: string;
  readonly tlsa: string;
}

export class Session extends ToolSession<typeof engine, Field, CertificateView> {
  host = $state('');
  domain = $state('');
  certificate = $state('');
  tlsa = $state('');

  constructor() {
    super(() => import('./engine.ts'));
  }

  open(values: URLSearchParams): void {
    this.host = values.get('host') ?? this.host;
    this.domain = values.get('domain') ?? this.domain;
    const records = values.getAll('tlsa');
    if (records.length > 0) this.tlsa = records.join('\n');
  }

  /** The host follows from the record. */
  fill({ certificate, tlsa }: CertificateExample): void {
    Object.assign(this, { certificate, tlsa, host: '', domain: '' });
  }

  /** The host for the commands, once it is one. */
  get hostName(): string | undefined {
    const input = parseDomainInput(this.host);
    return input.ok ? input.domain : undefined;
  }

  protected read(faults: Faults<Field>, nowSeconds: number) {
    const lines = readTlsaLines(this.tlsa);
    if (this.host.trim() === '') {
      const owner = lines.map((line) => line.owner).find((name) => name !== undefined);
      this.host = (owner === undefined ? undefined : hostOfOwner(owner)) ?? '';
    }
    const host = this.hostName;
    if (this.host.trim() !== '' && host === undefined) faults.host = [{ key: 'tools.fault.host' }];
    const records = lines.flatMap(({ result }) => (result.ok ? [result.value] : []));
    if (this.host.trim() === '' && records.some(({ usage }) => usage === 2))
      faults.host = [{ key: 'tools.fault.host-needed' }];
    const wrong = lines.flatMap(({ line, result }) => (result.ok ? [] : [{ line, result }]));
    if (wrong.length > 0)
      faults.tlsa = wrong.flatMap(({ line, result }) => [
        { key: 'tools.fault.tlsa-line', args: { line } },
        { key: situationKey('dane', result.problems[0]?.situation ?? 'not-a-number') },
      ]);
    else if (lines.length === 0 && this.tlsa.trim() !== '')
      faults.tlsa = [{ key: 'tools.fault.no-tlsa' }];
    const domain = parseDomainInput(this.domain);
    const text = this.certificate;
    return async ({ compare }: typeof engine) => {
      const result = await compare({
        text,
        tlsa: records,
        host: host ?? '',
        domain: domain.ok ? domain.domain : '',
        nowSeconds,
      });
      if (result.ok) return result.view;
      faults.pem = [result.fault];
      return undefined;
    };
  }
}
