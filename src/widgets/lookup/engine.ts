/** What the check loads when it is about to be used: resolver, validator, report. */
import type { TransportFailure } from '../../core/ask.ts';
import { inspect } from '../../core/check/inspect.ts';
import type { DomainName } from '../../core/dns/name.ts';
import { parseAnchors } from '../../world/anchor.ts';
import { openLive } from '../../world/live.ts';
import { runLive } from '../../world/run.ts';
import { showReport, type ReportView } from '../../words/report-view.ts';

export interface CheckOptions {
  readonly domain: DomainName;
  readonly address: string;
  /** Trust anchors in presentation form. */
  readonly anchors: string;
  readonly signal: AbortSignal;
  readonly onProgress: (asked: number, answered: number, current: string) => void;
}

/** Looks one domain up and shows what was found. Throws when it was cancelled. */
export async function check(options: CheckOptions): Promise<ReportView> {
  const anchors = parseAnchors(options.anchors);
  if (!anchors.ok) throw new Error('the anchors of this build cannot be read');
  const failures = new Map<string, TransportFailure>();
  let asked = 0;
  let answered = 0;
  const live = openLive({
    address: options.address,
    anchors: anchors.value,
    signal: options.signal,
    onQuestion: ({ name, type }) => options.onProgress(++asked, answered, `${name} ${type}`),
    onAnswer: ({ name, type }, answer) => {
      if (answer.kind === 'failed' && answer.transport)
        failures.set(`${name}/${type}`, answer.transport);
      options.onProgress(asked, ++answered, `${name} ${type}`);
    },
  });
  const { result } = await runLive(inspect(options.domain), live, { signal: options.signal });
  return showReport(result, failures);
}
