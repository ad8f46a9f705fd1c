/** The state of a move of mail: other servers, or another provider. A plan carries the domain it is for. */
import { parseDomainInput } from '../../../core/check/domain-input.ts';
import { readDay } from '../../../view/messages/dates.ts';
import type { Line } from '../../../view/messages/line.ts';
import type * as plan from '../../../view/publish/plan.ts';
import { serverNames, type MovePlanView, type ServerNames } from '../../../view/publish/view.ts';
import type { PublishExamples } from './examples.ts';
import { Work } from '../../work.svelte.ts';

export type MoveField = 'domain' | 'from' | 'to' | 'day';

export class MoveSession {
  domain = $state('');
  from = $state('');
  to = $state('');
  /** The day of the change; empty: as soon as it can be. */
  day = $state('');
  ttlSeconds = $state(3600);
  /** The longest that was ever served; 0: no MTA-STS. */
  maxAgeSeconds = $state(0);
  faults = $state.raw<Partial<Record<MoveField, readonly Line[]>>>({});
  plan = $state.raw<MovePlanView | undefined>(undefined);
  readonly work = new Work(() => import('../../../view/publish/plan.ts'));

  open(values: URLSearchParams): void {
    this.domain = values.get('domain') ?? this.domain;
    const mx = values.getAll('mx');
    if (mx.length > 0) this.from = mx.join('\n');
  }

  fill({ domain, mx, to }: PublishExamples): void {
    Object.assign(this, { domain, from: mx.join('\n'), to: to.join('\n'), day: '' });
    this.maxAgeSeconds = 604_800;
  }

  async make(nowSeconds: number): Promise<void> {
    this.plan = undefined;
    await this.work.do(
      (code) => code,
      (code) => this.#plan(code, nowSeconds),
    );
  }

  #plan({ planMailMove }: typeof plan, nowSeconds: number): boolean {
    const faults: Partial<Record<MoveField, readonly Line[]>> = {};
    const domain = parseDomainInput(this.domain);
    if (!domain.ok) faults.domain = [{ key: `lookup.input.${domain.fault}` }];
    const servers = (field: 'from' | 'to'): ServerNames => {
      const read = serverNames(this[field]);
      if (!read.ok)
        faults[field] = [
          read.fault === 'empty'
            ? { key: 'tools.fault.host-empty' }
            : { key: 'tools.fault.server', args: { text: read.text } },
        ];
      return read;
    };
    const [from, to] = [servers('from'), servers('to')];
    const wishedSeconds = this.day.trim() === '' ? undefined : readDay(this.day);
    if (Number.isNaN(wishedSeconds)) faults.day = [{ key: 'tools.fault.date' }];
    this.faults = faults;
    if (!domain.ok || !from.ok || !to.ok || faults.day !== undefined) return false;
    const planned = planMailMove({
      ...{ domain: domain.domain, from: from.names, to: to.names, nowSeconds, wishedSeconds },
      ...{ ttlSeconds: this.ttlSeconds, maxAgeSeconds: this.maxAgeSeconds },
    });
    if (planned.ok) this.plan = planned.plan;
    else this.faults = { to: planned.faults };
    return planned.ok;
  }
}
