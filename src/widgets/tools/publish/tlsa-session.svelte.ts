/** The state of "what to publish" for TLSA. A plan carries the host it is for; the field may say more by then. */
import { parseDomainInput } from '../../../core/check/domain-input.ts';
import { daySeconds } from '../../../core/publish/plan.ts';
import type { Line } from '../../../view/messages/line.ts';
import type * as engine from './engine.ts';
import type * as plan from '../../../view/publish/plan.ts';
import type { TlsaKind, TlsaPlanView } from '../../../view/publish/view.ts';

export type TlsaField = 'host' | 'current' | 'next' | 'deploy';

/** A certificate is renewed some time before it ends: the guess where no date is given. */
const beforeEndSeconds = 14 * daySeconds;

export class TlsaSession {
  host = $state('');
  current = $state('');
  next = $state('');
  kind = $state<TlsaKind>('3 1 1');
  ttlSeconds = $state(3600);
  /** `2026-12-01`, or empty: then from the end of the certificate. */
  deploy = $state('');
  faults = $state.raw<Partial<Record<TlsaField, readonly Line[]>>>({});
  plan = $state.raw<TlsaPlanView | undefined>(undefined);
  planKind = $state<TlsaKind>('3 1 1');
  stage = $state<'idle' | 'running' | 'done' | 'broken'>('idle');
  #engine: Promise<[typeof engine, typeof plan]> | undefined;
  #press = 0;

  prepare(): void {
    this.#engine ??= Promise.all([import('./engine.ts'), import('../../../view/publish/plan.ts')]);
  }

  async make(nowSeconds: number): Promise<void> {
    const press = ++this.#press;
    this.plan = undefined;
    this.stage = 'running';
    const faults: Partial<Record<TlsaField, readonly Line[]>> = {};
    const host = parseDomainInput(this.host);
    if (!host.ok)
      faults.host = [{ key: `tools.fault.${host.fault === 'empty' ? 'host-empty' : 'host'}` }];
    const kind = this.kind;
    const deployTyped =
      this.deploy === '' ? undefined : Date.parse(`${this.deploy}T09:00:00Z`) / 1000;
    if (deployTyped !== undefined && !Number.isFinite(deployTyped))
      faults.deploy = [{ key: 'tools.fault.date' }];
    try {
      this.prepare();
      const [{ tlsaOf }, { planTlsa }] = await this.#engine!;
      const current = await tlsaOf(this.current, kind);
      const next = this.next.trim() === '' ? undefined : await tlsaOf(this.next, kind);
      if (press !== this.#press) return;
      if (!current.ok) faults.current = [current.fault];
      if (next?.ok === false) faults.next = [next.fault];
      this.faults = faults;
      if (Object.keys(faults).length > 0 || !host.ok || !current.ok || next?.ok === false) {
        this.stage = 'idle';
        return;
      }
      const fromEnd = (current.notAfterSeconds ?? nowSeconds) - beforeEndSeconds;
      const planned = planTlsa({
        host: host.domain,
        ttlSeconds: this.ttlSeconds,
        current: current.tlsa,
        next: next?.tlsa,
        nowSeconds,
        notes: [
          ...current.warnings,
          ...((current.notAfterSeconds ?? nowSeconds) < nowSeconds
            ? [{ key: 'tools.note.expired' } as const]
            : []),
        ],
        deploySeconds: Math.max(nowSeconds, deployTyped ?? fromEnd),
      });
      if (planned.ok) {
        this.plan = planned.plan;
        this.planKind = kind;
      } else this.faults = { current: planned.faults };
      this.stage = planned.ok ? 'done' : 'idle';
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
