/** `sts-dane plan move`: other mail servers, or another provider, as dated steps. Nothing is looked up. */
import { parseDomainInput } from '../core/check/domain-input.ts';
import { readDay } from '../view/messages/dates.ts';
import { planMailMove } from '../view/publish/plan.ts';
import { serverNames } from '../view/publish/view.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import type { Run } from './arguments.ts';
import { printPlan } from './plan-steps.ts';
import type { Terminal } from './terminal.ts';
import { usualTtlSeconds } from './tlsa.ts';

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
  const domain = parseDomainInput(options.domain ?? '');
  if (!domain.ok) return refuse(`--domain: ${say(`lookup.input.${domain.fault}`)}`);
  const [from, to] = [serverNames(options.from ?? ''), serverNames(options.to ?? '')];
  if (!from.ok) return refuse(`--from: ${say(`lookup.input.${from.fault}`)}`);
  if (!to.ok) return refuse(`--to: ${say(`lookup.input.${to.fault}`)}`);
  const wishedSeconds = options.on === undefined ? undefined : readDay(options.on);
  if (Number.isNaN(wishedSeconds)) return refuse(say('cli.wrong.on'));
  const planned = planMailMove({
    ...{ domain: domain.domain, from: from.names, to: to.names, wishedSeconds },
    nowSeconds: Math.floor(Date.now() / 1000),
    ttlSeconds: options.ttl ?? usualTtlSeconds,
    maxAgeSeconds: options.maxAge ?? 0,
  });
  if (!planned.ok) return refuse(planned.faults.map(({ key, args }) => say(key, args)).join(' '));
  const notes = [
    ...planned.plan.notes.map(({ key, args }) => say(key, args)),
    ...(options.maxAge === undefined ? [say('cli.plan.no-max-age')] : []),
  ];
  const { steps } = planned.plan;
  return printPlan({ subject: domain.domain, notes, steps }, options.format, lang, terminal);
}
