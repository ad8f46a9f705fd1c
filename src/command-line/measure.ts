/**
 * Names measured for `check` and `watch`: few at a time, as the resolver bears it (`world/survey.ts`), with
 * the connections of each right after its look-ups. What comes out is in the order of the names.
 */
import { type SurveyOptions, startSurvey } from '../world/live/survey.ts';
import { pause } from '../world/bounds.ts';
import type { DomainName } from '../core/dns/name.ts';
import type { Report } from '../core/check/report.ts';
import { reportMeasure, usualAtOnce, type Failures } from '../world/live/list-measure.ts';
import type { Options } from './arguments.ts';
import { connectAll, type CertificateKind, type Connected } from './connect.ts';
import { resolverFetch } from './resolver-fetch.ts';
import type { Source } from './resolver.ts';
import type { Terminal } from './terminal.ts';
import { nodeVerifier } from './verify.ts';

export interface Measurement {
  readonly report: Report;
  readonly failures: Failures;
  readonly connected: Connected | undefined;
}

export interface Measuring {
  readonly names: readonly DomainName[];
  readonly source: Source;
  readonly options: Options;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  /** How often one name is asked again after "too many", where not as often as usual. */
  readonly refusalsMost?: number;
}

/**
 * `judge` makes of each measurement what is kept of it: of three hundred names the proofs would fill the
 * memory. `onEach` hears the results in the order of the names, each as soon as it can.
 */
export async function measureNames<Kept>(
  { names, source, options, terminal, signal, refusalsMost }: Measuring,
  judge: (measurement: Measurement) => Kept,
  onEach: (kept: Kept) => Promise<void> | void,
): Promise<'finished' | 'cancelled'> {
  const manner = {
    everyAddress: options.everyAddress,
    seconds: options.timeout,
    kinds: options.certificates?.split(',') as readonly CertificateKind[] | undefined,
  };
  const measure = reportMeasure(
    { ...source, signal, fetch: resolverFetch(), verifier: nodeVerifier },
    async (report, failures) => {
      const connected = options.connect
        ? await connectAll(report, options.port, signal, manner)
        : undefined;
      return judge({ report, failures, connected });
    },
  );
  const done = new Map<number, Kept>();
  let next = 0;
  const survey = startSurvey({
    names: names.entries(),
    measure: ([, name]) => measure(name),
    onRow: async (kept, [index]) => {
      done.set(index, kept);
      for (let ready = done.get(next); ready !== undefined; ready = done.get(next)) {
        done.delete(next);
        next += 1;
        await onEach(ready);
      }
    },
    ...paceOf(options, terminal, signal),
    ...(refusalsMost !== undefined && { retries: refusalsMost }),
  });
  return survey.done;
}

/** Shows the progress of a survey, and says when it has to slow down. */
export const paceOf = (
  { atOnce = usualAtOnce }: Pick<Options, 'atOnce'>,
  terminal: Terminal,
  signal: AbortSignal,
): Pick<SurveyOptions<unknown, unknown>, 'onPace' | 'atOnce' | 'wait' | 'chance' | 'signal'> => ({
  onPace: (pace) => {
    if (pace.kind === 'backing-off')
      terminal.err(
        terminal.say('cli.list.backing-off', { seconds: Math.ceil(pace.milliseconds / 1000) }),
      );
  },
  atOnce,
  wait: (milliseconds) => pause(milliseconds, signal),
  chance: Math.random,
  signal,
});
