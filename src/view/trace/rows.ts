/**
 * A trace as rows: one row per step, with the exchanges that led to it.
 * The step's sentence and the row's arrows are two tellings of the same thing, so neither can drift.
 */
import { citationsOf } from '../../core/rules.ts';
import type { Trace } from '../../core/trace.ts';
import type { ScenarioRun } from '../../world/simulated/simulate.ts';
import type { Exchange } from './exchange.ts';
import type { Row } from './row.ts';
import { showExchange, showMemory } from './show-exchange.ts';

const isOfKind = (answer: unknown, kind: string): boolean =>
  typeof answer === 'object' && answer !== null && 'kind' in answer && answer.kind === kind;

/**
 * Groups the events of a trace by the step that each belongs to.
 * `theirs`: addresses of servers that are the attacker's own.
 */
export function showRows(
  trace: Pick<Trace<unknown>, 'events'>,
  theirs: ReadonlySet<string> = new Set(),
): Row[] {
  const rows: Row[] = [];
  let waiting: Exchange[] = [];
  let withAttacker = false;
  const sealedSessions = new Set<number>();
  for (const event of trace.events) {
    if (event.kind === 'asked') {
      // The attacker's own server, or the attacker posing as the genuine one.
      if (event.ask.ask === 'connect')
        withAttacker = theirs.has(event.ask.address) || event.tampered !== undefined;
      const atServer = 'session' in event.ask || event.ask.ask === 'connect';
      const sealed =
        'session' in event.ask
          ? sealedSessions.has(event.ask.session)
          : event.ask.ask === 'fetch-policy' && isOfKind(event.answer, 'response');
      if (event.ask.ask === 'starttls' && isOfKind(event.answer, 'tls'))
        sealedSessions.add(event.ask.session);
      const exchange = showExchange(event, atServer && withAttacker, sealed);
      if (exchange) waiting.push(exchange);
    } else {
      const memory = showMemory(event.rule, event.evidence ?? {});
      if (memory) waiting.push(memory);
      rows.push({
        number: rows.length + 1,
        rule: event.rule,
        evidence: event.evidence ?? {},
        because: citationsOf(event.rule),
        exchanges: waiting,
      });
      waiting = [];
    }
  }
  // A question after the last step belongs to it: there is no later one.
  const last = rows.at(-1);
  if (last && waiting.length > 0)
    rows[rows.length - 1] = { ...last, exchanges: [...last.exchanges, ...waiting] };
  return rows;
}

/** The rows of a run; servers of the attacker's own are shown as the attacker. */
export function rowsOf({ scenario, trace }: ScenarioRun): Row[] {
  const theirs = scenario.servers.filter(({ owner }) => owner === 'attacker');
  return showRows(trace, new Set(theirs.map(({ address }) => address)));
}
