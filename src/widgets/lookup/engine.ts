/** What the check loads when it is about to be used: resolver, validator, report. */
import type { TransportFailure } from '../../core/ask.ts';
import { inspect } from '../../core/check/inspect.ts';
import { recordingOf } from '../../core/check/recording.ts';
import { mailHostsOf, type Report } from '../../core/check/report.ts';
import { readPolicy, type PolicyReading } from '../../core/check/sts-policy.ts';
import type { DomainName } from '../../core/dns/name.ts';
import { parseAnchors } from '../../world/live/anchor.ts';
import { openLive } from '../../world/live/live.ts';
import { packRecording, reportOfRecording, unpackRecording } from '../../world/recorded.ts';
import { runLive } from '../../world/run.ts';
import { proofOf } from '../../view/check/chain-proof.ts';
import { showPolicy, showReport, type Failures } from '../../view/check/report-view.ts';

export interface CheckOptions {
  readonly domain: DomainName;
  readonly address: string;
  /** Trust anchors in presentation form. */
  readonly anchors: string;
  readonly signal: AbortSignal;
  readonly onProgress: (asked: number, answered: number, current: string) => void;
}

/** A report with how the way to the resolver failed, where it did. */
export interface Found {
  readonly report: Report;
  readonly failures: Failures;
  /** The DNS service gave an answer that could be read, if only to one question. */
  readonly isHeard: boolean;
}

/** Looks one domain up. Throws when it was cancelled. */
export async function check(options: CheckOptions): Promise<Found> {
  const anchors = parseAnchors(options.anchors);
  if (!anchors.ok) throw new Error('the anchors of this build cannot be read');
  const failures = new Map<string, TransportFailure>();
  let asked = 0;
  let answered = 0;
  let isHeard = false;
  const live = openLive({
    address: options.address,
    anchors: anchors.value,
    signal: options.signal,
    onQuestion: ({ name, type }) => options.onProgress(++asked, answered, `${name} ${type}`),
    onAnswer: ({ name, type }, answer) => {
      if (answer.kind === 'failed' && answer.transport)
        failures.set(`${name}/${type}`, answer.transport);
      isHeard ||= answer.kind === 'message';
      options.onProgress(asked, ++answered, `${name} ${type}`);
    },
  });
  const { result } = await runLive(inspect(options.domain), live, { signal: options.signal });
  return { report: result, failures, isHeard };
}

/** What a link carries, as a report; undefined where it carries none. */
export async function fromLink(
  packed: string,
): Promise<(Found & { readonly policyText: string | undefined }) | undefined> {
  const recording = await unpackRecording(packed);
  if (recording === undefined) return undefined;
  const report = reportOfRecording(recording);
  return { report, failures: new Map(), isHeard: false, policyText: recording.policyText };
}

export const toLink = (report: Report, policyText: string | undefined): Promise<string> =>
  packRecording(recordingOf(report, policyText));

export const policyFor = (
  report: Report,
  origin: PolicyReading['origin'],
  body: string | Uint8Array,
  response?: { readonly status: number; readonly contentType: string },
): PolicyReading => readPolicy(origin, body, mailHostsOf(report), response);

export { fetchPolicyFile, probePolicyHost } from '../../world/live/policy-fetch.ts';
export { proofOf, showPolicy, showReport };
