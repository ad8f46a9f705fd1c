/** The state of the comparison. Nothing is kept beyond the page, and a private key not even in it. */
import { parseDomainInput } from '../../../core/check/domain-input.ts';
import { hostOfOwner, readTlsaLines } from '../../../core/dane/tlsa-lines.ts';
import type * as engine from './engine.ts';
import { situationKey, type Line } from '../../../view/messages/line.ts';
import type { CertificateView } from '../../../view/certificate/view.ts';

export type Field = 'host' | 'certificate' | 'tlsa';

export class Session {
  host = $state('');
  domain = $state('');
  certificate = $state('');
  tlsa = $state('');
  /** What is wrong with a field, as of the last press. */
  faults = $state.raw<Partial<Record<Field, readonly Line[]>>>({});
  view = $state.raw<CertificateView | undefined>(undefined);
  stage = $state<'idle' | 'running' | 'done' | 'broken'>('idle');
  #engine: Promise<typeof engine> | undefined;
  #press = 0;

  open(values: URLSearchParams): void {
    this.host = values.get('host') ?? this.host;
    this.domain = values.get('domain') ?? this.domain;
    const records = values.getAll('tlsa');
    if (records.length > 0) this.tlsa = records.join('\n');
  }

  /** Fetches the code before it is needed; nothing is sent anywhere. */
  prepare(): void {
    this.#engine ??= import('./engine.ts');
  }

  /** The host for the commands, once it is one. */
  get hostName(): string | undefined {
    const input = parseDomainInput(this.host);
    return input.ok ? input.domain : undefined;
  }

  async compare(nowSeconds: number): Promise<void> {
    const press = ++this.#press;
    this.view = undefined;
    const lines = readTlsaLines(this.tlsa);
    if (this.host.trim() === '') {
      const owner = lines.map((line) => line.owner).find((name) => name !== undefined);
      this.host = (owner === undefined ? undefined : hostOfOwner(owner)) ?? '';
    }
    const faults: Partial<Record<Field, readonly Line[]>> = {};
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
    this.stage = 'running';
    try {
      this.prepare();
      const { compare } = await this.#engine!;
      const result = await compare({
        text: this.certificate,
        tlsa: records,
        host: host ?? '',
        domain: domain.ok ? domain.domain : '',
        nowSeconds,
      });
      if (press !== this.#press) return;
      if (!result.ok) faults.certificate = [result.fault];
      this.faults = faults;
      const isWhole = Object.keys(faults).length === 0;
      this.view = result.ok && isWhole ? result.view : undefined;
      this.stage = isWhole ? 'done' : 'idle';
    } catch (error) {
      if (press !== this.#press) return;
      // What failed to load may load the next time.
      this.#engine = undefined;
      this.faults = faults;
      this.stage = 'broken';
      console.error(error);
    }
  }
}
