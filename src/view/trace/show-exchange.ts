/** The exchanges of a trace: each question with whom it went to, and what came back. */
import type { Evidence, TraceEvent } from '../../core/trace.ts';
import type { Exchange } from './exchange.ts';
import { tellingOf } from './wire.ts';

/**
 * `theirs`: is this address, or this session, the attacker's own server?
 * `sealed`: did STARTTLS succeed on this session before?
 */
export function showExchange(
  { ask, answer: arrived, tampered: by }: Extract<TraceEvent, { kind: 'asked' }>,
  theirs: boolean,
  sealed: boolean,
): Exchange | undefined {
  const telling = tellingOf(ask);
  if (telling === undefined) return undefined;
  const answer = telling.answered(arrived);
  // A message handed over is not changed: it is read on the way, or taken by whoever posed.
  const overheard = ask.ask === 'deliver' && by !== undefined && !theirs;
  const tampered = ask.ask !== 'deliver' && by !== undefined && !theirs;
  const sent = by?.original;
  const original = !tampered || sent === undefined ? undefined : telling.answered(sent);
  return {
    with: theirs ? 'attacker' : telling.to,
    question: telling.asked(ask),
    ...(answer === undefined ? {} : { answer }),
    tampered,
    overheard,
    sealed,
    ...(original === undefined ? {} : { original }),
    wire: {
      question: telling.questionLines(ask),
      answer: telling.answerLines(arrived),
      original: sent === undefined ? [] : telling.answerLines(sent),
    },
  };
}

/** What a step says of the memory: what is looked up there, what is found, what is put away. */
export function showMemory(rule: string, evidence: Evidence): Exchange | undefined {
  const [room, what] = rule.split('.');
  if (room !== 'mta-sts' && room !== 'sts-2016') return undefined;
  const text = (name: string): string => {
    const value = evidence[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  const about = text('id') || text('text') || text('domain');
  const inside = { with: 'memory', tampered: false, overheard: false, sealed: false } as const;
  const recalled = (answer: string): Exchange => ({ ...inside, question: '?', answer });
  switch (what) {
    case 'policy-cached':
      return { ...inside, question: `+ ${about}`.trim() };
    case 'cached-policy-used':
    case 'policy-unchanged':
      return recalled(about || '✓');
    case 'policy-expired':
    case 'no-policy':
      return recalled('∅');
    default:
      return undefined;
  }
}
