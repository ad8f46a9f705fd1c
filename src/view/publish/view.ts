/**
 * What to publish and when, as rows of words, and what administrators type on the way there. A plan
 * carries what it was made for. The plans are made by `plan.ts`, which is loaded when one is asked for.
 */
import type { KeyEnd, MessageKey } from '../messages/message-key.ts';
import type { Citation } from '../../core/cite.ts';
import type { UsableTlsa } from '../../core/dane/usable.ts';
import { nameKey } from '../../core/grammar/idn.ts';
import { parseDomainInput, type DomainInputFault } from '../../core/check/domain-input.ts';
import type { DomainName } from '../../core/dns/name.ts';
import type { MoveStepId } from '../../core/publish/move-plan.ts';
import type { StsStepId } from '../../core/publish/sts-plan.ts';
import type { TlsaStepId } from '../../core/publish/tlsa-plan.ts';
import { formatMoment } from '../messages/dates.ts';
import type { Lang } from '../messages/lang.ts';
import type { Line } from '../messages/line.ts';
import type { Args, Say } from '../messages/say.ts';

/** One record as a zone file has it and as a web form asks for it. */
export interface RecordView {
  readonly zoneLine: string;
  readonly name: string;
  readonly type: string;
  readonly ttlSeconds: number;
  readonly plain: string;
}

export interface StepView {
  readonly id: TlsaStepId | StsStepId | MoveStepId;
  readonly notBeforeSeconds: number;
  readonly values: Readonly<Record<string, string | number>>;
  readonly records: readonly RecordView[];
  /** A policy file with its CRLF line ends. */
  readonly file?: string;
  readonly clause: Citation;
}

/** Of the values of a step, moments fill the place of the same name without `Seconds`, as dates. */
export const sayStep = (say: Say, { id, values }: StepView, lang: Lang): string =>
  say(`plan.${id}`, {
    ...values,
    ...Object.fromEntries(
      Object.entries(values).flatMap(([name, value]): [string, Args[string]][] =>
        name.endsWith('Seconds') && typeof value === 'number' && value > 1e9
          ? [[name.replace(/Seconds$/, ''), formatMoment(value, lang)]]
          : [],
      ),
    ),
  });

export interface TlsaPlanView {
  readonly host: string;
  /** What was odd about the certificate that was given. */
  readonly notes: readonly Line[];
  readonly now: readonly RecordView[];
  /** `none`: no next key was given; `same`: the key stays, so nothing changes. */
  readonly change: 'none' | 'same' | 'rollover';
  readonly steps: readonly StepView[];
  readonly isPostponed: boolean;
  /** The last moment to have the next record published, where there is no next key yet. */
  readonly latestSeconds: number;
}

export interface StsPlanView {
  readonly domain: string;
  readonly direction: 'in' | 'out';
  readonly steps: readonly StepView[];
  readonly notes: readonly Line[];
}

export interface MovePlanView {
  readonly domain: string;
  readonly steps: readonly StepView[];
  readonly notes: readonly Line[];
}

/** `3 1 1` of a choice in a list. */
export type TlsaKind = `${UsableTlsa['usage']} ${UsableTlsa['selector']} ${1 | 2}`;

/** In the order in which they are offered: what to publish first. */
export const tlsaKinds: readonly TlsaKind[] = [
  '3 1 1',
  '2 0 1',
  '3 1 2',
  '3 0 1',
  '3 0 2',
  '2 1 1',
  '2 1 2',
  '2 0 2',
];

/** `tools.kind.311` for `3 1 1`. */
export const tlsaKindKey = (kind: TlsaKind): MessageKey =>
  `tools.kind.${kind.replaceAll(' ', '') as KeyEnd<'tools.kind.'>}`;

export const nextKeyCommand = [
  'openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out next.key',
  'openssl pkey -in next.key -pubout',
].join('\n');

/** Report addresses as typed: one a line or with commas; a bare mail address becomes a `mailto:` URI. */
export const reportAddresses = (typed: string): readonly string[] =>
  typed
    .split(/[\s,;]+/)
    .filter((each) => each !== '')
    .map((each) => (/^[a-z][a-z0-9+.-]*:/i.test(each) ? each : `mailto:${each}`));

/** Host names or patterns as typed; also what `dig` prints: a preference before, a dot behind. */
export const mxPatterns = (typed: string): readonly string[] => [
  ...new Set(
    typed
      .split(/[\n,;]+/)
      .map((line) => line.trim().replace(/^(?:\S+\s+(?:\d+\s+)?IN\s+MX\s+)?(?:\d+\s+)?/i, ''))
      .map(nameKey)
      .filter((name) => name !== ''),
  ),
];

export type ServerNames =
  | { readonly ok: true; readonly names: readonly DomainName[] }
  | { readonly ok: false; readonly text: string; readonly fault: DomainInputFault };

/** Names of mail servers as typed, or the first that is none. */
export function serverNames(typed: string): ServerNames {
  const names: DomainName[] = [];
  const patterns = mxPatterns(typed);
  for (const text of patterns.length === 0 ? [''] : patterns) {
    const input = parseDomainInput(text);
    if (!input.ok) return { ok: false, text, fault: input.fault };
    names.push(input.domain);
  }
  return { ok: true, names };
}
