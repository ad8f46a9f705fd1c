/** The state of "what to publish" for TLSA. A plan carries the host it is for; the field may say more by then. */
import { daySeconds } from '../../../core/ask.ts';
import { parseDomainInput } from '../../../core/check/domain-input.ts';
import { dayOf, readDay, writeDay } from '../../../view/messages/dates.ts';
import type { Line } from '../../../view/messages/line.ts';
import type { PublishExamples } from './examples.ts';
import { Work } from '../../work.svelte.ts';
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
  /** `1-12-2026`, or empty: then from the end of the certificate. */
  deploy = $state('');
  faults = $state.raw<Partial<Record<TlsaField, readonly Line[]>>>({});
  plan = $state.raw<TlsaPlanView | undefined>(undefined);
  planKind = $state<TlsaKind>('3 1 1');
  readonly work = new Work(() =>
    Promise.all([import('./engine.ts'), import('../../../view/publish/plan.ts')]),
  );

  fill({ host, certificate, next }: PublishExamples): void {
    Object.assign(this, { host, current: certificate, next, kind: '3 1 1', deploy: '' });
    this.deploy = writeDay(dayOf(Date.now() / 1000 + beforeEndSeconds));
  }

  async make(nowSeconds: number): Promise<void> {
    this.plan = undefined;
    const faults: Partial<Record<TlsaField, readonly Line[]>> = {};
    const host = parseDomainInput(this.host);
    if (!host.ok)
      faults.host = [{ key: `tools.fault.${host.fault === 'empty' ? 'host-empty' : 'host'}` }];
    const kind = this.kind;
    const deployTyped = this.deploy.trim() === '' ? undefined : readDay(this.deploy);
    if (Number.isNaN(deployTyped)) faults.deploy = [{ key: 'tools.fault.date' }];
    await this.work.do(
      async ([{ tlsaOf }, { planTlsa }]) => ({
        planTlsa,
        current: await tlsaOf(this.current, kind),
        next: this.next.trim() === '' ? undefined : await tlsaOf(this.next, kind),
      }),
      ({ planTlsa, current, next }) => {
        if (!current.ok) faults.current = [current.fault];
        if (next?.ok === false) faults.next = [next.fault];
        this.faults = faults;
        if (Object.keys(faults).length > 0 || !host.ok || !current.ok || next?.ok === false)
          return false;
        const { notAfterSeconds = nowSeconds } = current;
        const planned = planTlsa({
          host: host.domain,
          ttlSeconds: this.ttlSeconds,
          current: current.tlsa,
          next: next?.tlsa,
          nowSeconds,
          notes: [
            ...current.warnings,
            ...(notAfterSeconds < nowSeconds ? [{ key: 'tools.note.expired' } as const] : []),
          ],
          deploySeconds: Math.max(nowSeconds, deployTyped ?? notAfterSeconds - beforeEndSeconds),
        });
        if (planned.ok) {
          this.plan = planned.plan;
          this.planKind = kind;
        } else this.faults = { current: planned.faults };
        return planned.ok;
      },
    );
    if (this.work.stage === 'broken') this.faults = faults;
  }
}
