/** The state of "what to publish" for MTA-STS and reports. A plan carries the domain it is for. */
import { daySeconds } from '../../../core/ask.ts';
import { parseDomainInput } from '../../../core/check/domain-input.ts';
import { readDay } from '../../../view/messages/dates.ts';
import { situationKey, type Line } from '../../../view/messages/line.ts';
import type { PublishExamples } from './examples.ts';
import { Work } from '../../work.svelte.ts';
import type * as plan from '../../../view/publish/plan.ts';
import { mxPatterns, reportAddresses, type StsPlanView } from '../../../view/publish/view.ts';

export type StsField = 'domain' | 'mx' | 'rua' | 'start';

export class StsSession {
  direction = $state<'in' | 'out'>('in');
  domain = $state('');
  mx = $state('');
  rua = $state('');
  /** The day it begins; empty: today. */
  start = $state('');
  txtTtlSeconds = $state(3600);
  testingDays = $state(28);
  maxAgeSeconds = $state(180 * daySeconds);
  faults = $state.raw<Partial<Record<StsField, readonly Line[]>>>({});
  plan = $state.raw<StsPlanView | undefined>(undefined);
  readonly work = new Work(() => import('../../../view/publish/plan.ts'));

  open(values: URLSearchParams): void {
    this.domain = values.get('domain') ?? this.domain;
    const mx = values.getAll('mx');
    if (mx.length > 0) this.mx = mx.join('\n');
  }

  fill({ domain, mx, rua }: PublishExamples): void {
    Object.assign(this, { direction: 'in', domain, mx: mx.join('\n'), rua, start: '' });
  }

  async make(nowSeconds: number): Promise<void> {
    this.plan = undefined;
    await this.work.do(
      (code) => code,
      (code) => this.#plan(code, nowSeconds),
    );
  }

  #plan({ isMxPattern, mxFault, planSts }: typeof plan, nowSeconds: number): boolean {
    const faults: Partial<Record<StsField, readonly Line[]>> = {};
    const domain = parseDomainInput(this.domain);
    if (!domain.ok) faults.domain = [{ key: `lookup.input.${domain.fault}` }];
    const patterns = mxPatterns(this.mx);
    const wrong = patterns.filter((pattern) => !isMxPattern(pattern));
    if (this.direction === 'in') {
      if (patterns.length === 0) faults.mx = [{ key: 'tools.fault.mx-empty' }];
      else if (wrong.length > 0) {
        const [text = ''] = wrong;
        const { situation, slip = situation, instead = 'none' } = mxFault(text);
        faults.mx = [
          { key: 'tools.fault.mx', args: { text } },
          { key: situationKey('mta-sts', slip), args: { instead } },
        ];
      }
    }
    const startSeconds = this.start.trim() === '' ? nowSeconds : readDay(this.start);
    if (Number.isNaN(startSeconds)) faults.start = [{ key: 'tools.fault.date' }];
    this.faults = faults;
    if (!domain.ok || Object.keys(faults).length > 0) return false;
    const planned = planSts({
      direction: this.direction,
      domain: domain.domain,
      mx: this.direction === 'in' ? patterns : [],
      rua: this.direction === 'in' ? reportAddresses(this.rua) : [],
      nowSeconds: startSeconds,
      txtTtlSeconds: this.txtTtlSeconds,
      testingDays: this.testingDays,
      maxAgeSeconds: this.maxAgeSeconds,
    });
    if (planned.ok) this.plan = planned.plan;
    else {
      const isReport = planned.faults.some(({ key }) => key.startsWith('situation.tls-rpt.'));
      this.faults = isReport ? { rua: planned.faults } : { mx: planned.faults };
    }
    return planned.ok;
  }
}
