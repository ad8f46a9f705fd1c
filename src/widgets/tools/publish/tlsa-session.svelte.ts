/** The state of "what to publish" for TLSA. A plan carries the host it is for; the field may say more by then. */
import { daySeconds } from '../../../core/ask.ts';
import { parseDomainInput } from '../../../core/check/domain-input.ts';
import { dayOf, readDay, writeDay } from '../../../view/messages/dates.ts';
import type * as plan from '../../../view/publish/plan.ts';
import type { TlsaKind, TlsaPlanView } from '../../../view/publish/view.ts';
import { ToolSession, type Faults } from '../tool-session.svelte.ts';
import type * as engine from './engine.ts';
import type { PublishExamples } from './examples.ts';

type Field = 'host' | 'current' | 'next' | 'deploy';

/** A certificate is renewed some time before it ends: the guess where no date is given. */
const beforeEndSeconds = 14 * daySeconds;

type Code = readonly [typeof engine, typeof plan];
/** With the kind of record that it was made for. */
type Made = TlsaPlanView & { readonly kind: TlsaKind };

export class TlsaSession extends ToolSession<Code, Field, Made> {
  host = $state('');
  current = $state('');
  next = $state('');
  kind = $state<TlsaKind>('3 1 1');
  ttlSeconds = $state(3600);
  /** `1-12-2026`, or empty: then from the end of the certificate. */
  deploy = $state('');

  constructor() {
    super(() => Promise.all([import('./engine.ts'), import('../../../view/publish/plan.ts')]));
  }

  fill({ host, certificate, next }: PublishExamples): void {
    Object.assign(this, { host, current: certificate, next, kind: '3 1 1', deploy: '' });
    this.deploy = writeDay(dayOf(Date.now() / 1000 + beforeEndSeconds));
  }

  protected read(faults: Faults<Field>, nowSeconds: number) {
    const host = parseDomainInput(this.host);
    if (!host.ok)
      faults.host = [{ key: `tools.fault.${host.fault === 'empty' ? 'host-empty' : 'host'}` }];
    const { kind, ttlSeconds } = this;
    const texts = { current: this.current, next: this.next };
    const deployTyped = this.deploy.trim() === '' ? undefined : readDay(this.deploy);
    if (Number.isNaN(deployTyped)) faults.deploy = [{ key: 'tools.fault.date' }];
    return async ([{ tlsaOf }, { planTlsa }]: Code): Promise<Made | undefined> => {
      const current = await tlsaOf(texts.current, kind);
      const next = texts.next.trim() === '' ? undefined : await tlsaOf(texts.next, kind);
      if (!current.ok) faults.current = [current.fault];
      if (next?.ok === false) faults.next = [next.fault];
      if (Object.keys(faults).length > 0 || !host.ok || !current.ok || next?.ok === false)
        return undefined;
      const { notAfterSeconds = nowSeconds } = current;
      const planned = planTlsa({
        host: host.domain,
        ttlSeconds,
        current: current.tlsa,
        next: next?.tlsa,
        nowSeconds,
        notes: [
          ...current.warnings,
          ...(notAfterSeconds < nowSeconds ? [{ key: 'tools.note.expired' } as const] : []),
        ],
        deploySeconds: Math.max(nowSeconds, deployTyped ?? notAfterSeconds - beforeEndSeconds),
      });
      if (planned.ok) return { ...planned.plan, kind };
      faults.current = planned.faults;
      return undefined;
    };
  }
}
