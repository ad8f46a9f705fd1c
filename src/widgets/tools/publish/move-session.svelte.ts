/** The state of a move of mail: other servers, or another provider. A plan carries the domain it is for. */
import { parseDomainInput } from '../../../core/check/domain-input.ts';
import { readDay } from '../../../view/messages/dates.ts';
import type * as plan from '../../../view/publish/plan.ts';
import { serverNames, type MovePlanView } from '../../../view/publish/view.ts';
import { ToolSession, type Faults } from '../tool-session.svelte.ts';
import type { PublishExamples } from './examples.ts';

type Field = 'domain' | 'from' | 'to' | 'day';

export class MoveSession extends ToolSession<typeof plan, Field, MovePlanView> {
  domain = $state('');
  from = $state('');
  to = $state('');
  /** The day of the change; empty: as soon as it can be. */
  day = $state('');
  ttlSeconds = $state(3600);
  /** The longest that was ever served; 0: no MTA-STS. */
  maxAgeSeconds = $state(0);

  constructor() {
    super(() => import('../../../view/publish/plan.ts'));
  }

  open(values: URLSearchParams): void {
    this.domain = values.get('domain') ?? this.domain;
    const mx = values.getAll('mx');
    if (mx.length > 0) this.from = mx.join('\n');
  }

  fill({ domain, mx, to }: PublishExamples): void {
    Object.assign(this, { domain, from: mx.join('\n'), to: to.join('\n'), day: '' });
    this.maxAgeSeconds = 604_800;
  }

  protected read(faults: Faults<Field>, nowSeconds: number) {
    const domain = parseDomainInput(this.domain);
    if (!domain.ok) faults.domain = [{ key: `lookup.input.${domain.fault}` }];
    const servers = (field: 'from' | 'to') => {
      const read = serverNames(this[field]);
      if (read.ok) return read.names;
      faults[field] = [
        read.fault === 'empty'
          ? { key: 'tools.fault.host-empty' }
          : { key: 'tools.fault.server', args: { text: read.text } },
      ];
      return [];
    };
    const [from, to] = [servers('from'), servers('to')];
    const wishedSeconds = this.day.trim() === '' ? undefined : readDay(this.day);
    if (Number.isNaN(wishedSeconds)) faults.day = [{ key: 'tools.fault.date' }];
    const { ttlSeconds, maxAgeSeconds } = this;
    return ({ planMailMove }: typeof plan) => {
      if (!domain.ok || Object.keys(faults).length > 0) return undefined;
      const planned = planMailMove({
        ...{ domain: domain.domain, from, to, nowSeconds, wishedSeconds },
        ...{ ttlSeconds, maxAgeSeconds },
      });
      if (planned.ok) return planned.plan;
      faults.to = planned.faults;
      return undefined;
    };
  }
}
