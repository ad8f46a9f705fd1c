/** The state of "what to publish" for MTA-STS and reports. A plan carries the domain it is for. */
import { daySeconds } from '../../../core/ask.ts';
import { parseDomainInput } from '../../../core/check/domain-input.ts';
import { readDay } from '../../../view/messages/dates.ts';
import { situationKey } from '../../../view/messages/line.ts';
import type * as plan from '../../../view/publish/plan.ts';
import { mxPatterns, reportAddresses, type StsPlanView } from '../../../view/publish/view.ts';
import { ToolSession, type Faults } from '../tool-session.svelte.ts';
import type { PublishExamples } from './examples.ts';

type Field = 'domain' | 'mx' | 'rua' | 'start';

export class StsSession extends ToolSession<typeof plan, Field, StsPlanView> {
  direction = $state<'in' | 'out'>('in');
  domain = $state('');
  mx = $state('');
  rua = $state('');
  /** The day it begins; empty: today. */
  start = $state('');
  txtTtlSeconds = $state(3600);
  testingDays = $state(28);
  maxAgeSeconds = $state(180 * daySeconds);

  constructor() {
    super(() => import('../../../view/publish/plan.ts'));
  }

  open(values: URLSearchParams): void {
    this.domain = values.get('domain') ?? this.domain;
    const mx = values.getAll('mx');
    if (mx.length > 0) this.mx = mx.join('\n');
  }

  fill({ domain, mx, rua }: PublishExamples): void {
    Object.assign(this, { direction: 'in', domain, mx: mx.join('\n'), rua, start: '' });
  }

  protected read(faults: Faults<Field>, nowSeconds: number) {
    const { direction, txtTtlSeconds, testingDays, maxAgeSeconds } = this;
    const domain = parseDomainInput(this.domain);
    if (!domain.ok) faults.domain = [{ key: `lookup.input.${domain.fault}` }];
    const startSeconds = this.start.trim() === '' ? nowSeconds : readDay(this.start);
    if (Number.isNaN(startSeconds)) faults.start = [{ key: 'tools.fault.date' }];
    const [mx, rua] =
      direction === 'in' ? [mxPatterns(this.mx), reportAddresses(this.rua)] : [[], []];
    return ({ isMxPattern, mxFault, planSts }: typeof plan) => {
      const wrong = mx.find((pattern) => !isMxPattern(pattern));
      if (direction === 'in' && mx.length === 0) faults.mx = [{ key: 'tools.fault.mx-empty' }];
      else if (wrong !== undefined) {
        const { situation, slip = situation, instead = 'none' } = mxFault(wrong);
        faults.mx = [
          { key: 'tools.fault.mx', args: { text: wrong } },
          { key: situationKey('mta-sts', slip), args: { instead } },
        ];
      }
      if (!domain.ok || Object.keys(faults).length > 0) return undefined;
      const planned = planSts({
        ...{ direction, domain: domain.domain, mx, rua, nowSeconds: startSeconds },
        ...{ txtTtlSeconds, testingDays, maxAgeSeconds },
      });
      if (planned.ok) return planned.plan;
      const isReport = planned.faults.some(({ key }) => key.startsWith('situation.tls-rpt.'));
      faults[isReport ? 'rua' : 'mx'] = planned.faults;
      return undefined;
    };
  }
}
