/** `sts-dane plan move`: other mail servers, or another provider, as dated steps. Nothing is looked up. */
import { parseDomainInput } from '../core/check/domain-input.ts';
import type { DomainName } from '../core/dns/name.ts';
import { planMove } from '../core/publish/move-plan.ts';
import { daySeconds } from '../core/publish/plan.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import type { Run } from './arguments.ts';
import { printPlan } from './plan-steps.ts';
import type { Terminal } from './terminal.ts';
import { daySecondsOf } from './tlsa.ts';

const usualTtlSeconds = 3600;

export async function plan(
  { operands, options, lang }: Run,
  terminal: Terminal,
): Promise<ExitCode> {
  const { say } = terminal;
  const refuse = (sentence: string): ExitCode => {
    terminal.err(sentence);
    return exitCode.usage;
  };
  if (operands[0] !== 'move') return refuse(say('cli.wrong.nothing.plan'));
  const read: Partial<Record<'domain' | 'from' | 'to', readonly DomainName[]>> = {};
  for (const name of ['domain', 'from', 'to'] as const) {
    const names: DomainName[] = [];
    for (const typed of (options[name] ?? '').split(',')) {
      const input = parseDomainInput(typed);
      if (!input.ok) return refuse(`--${name}: ${say(`lookup.input.${input.fault}`)}`);
      names.push(input.domain);
    }
    read[name] = names;
  }
  const nowSeconds = Math.floor(Date.now() / 1000);
  const wished = options.on === undefined ? nowSeconds : daySecondsOf(options.on);
  if (wished === undefined) return refuse(say('cli.wrong.on'));
  const [domain] = read.domain ?? [];
  if (domain === undefined) return refuse(say('cli.wrong.nothing.plan'));
  const { steps, postponedSeconds } = planMove({
    ...{ domain, from: read.from ?? [], to: read.to ?? [], nowSeconds, wishedSeconds: wished },
    ttlSeconds: options.ttl ?? usualTtlSeconds,
    maxAgeSeconds: options.maxAge ?? 0,
  });
  const notes = [
    ...(options.on !== undefined && postponedSeconds > 0 ? [say('plan.tlsa-postponed')] : []),
    ...(options.maxAge === undefined ? [say('cli.plan.no-max-age')] : []),
    ...((options.maxAge ?? 0) > 60 * daySeconds ? [say('cli.plan.long-max-age')] : []),
  ];
  return printPlan({ subject: domain, notes, steps }, options.format, lang, terminal);
}
