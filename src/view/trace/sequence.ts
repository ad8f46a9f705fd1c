/**
 * One row as a band of a sequence diagram: which message runs from which lane to which, and in which
 * columns of a grid. Every lane is two columns wide and its line runs between the two, so that the
 * same markup fits a telephone and a wide screen, is drawn without script, and cannot overlap: each
 * message has lines of its own, and its words wrap.
 */
import type { Outcome } from '../../core/verdict.ts';
import type { CastMember } from './cast.ts';
import type { Exchange } from './exchange.ts';
import type { Row } from './row.ts';

/** `asked` and `answered` are honest; `struck` never arrived; `forged` arrived instead. */
export type MessageKind = 'asked' | 'answered' | 'struck' | 'forged' | 'remembered';

/** What the attacker, or nobody, did to it: a word (a message key) beside its label. */
export type MessageMark = 'blocked' | 'silent' | 'overheard';

export interface SequenceMessage {
  readonly label: string;
  readonly kind: MessageKind;
  /** Lanes, counted from 0. */
  readonly from: number;
  readonly to: number;
  /** Grid lines, counted from 1: the left lane's own line and the right lane's. */
  readonly start: number;
  readonly end: number;
  /** Grid lines of its words: a short arrow lends them room on both sides, evenly. */
  readonly labelStart: number;
  readonly labelEnd: number;
  /** Inside TLS: only the two ends can read it. */
  readonly sealed: boolean;
  readonly mark?: MessageMark;
  /** The lane of whoever made the mark, where that is not an end of the arrow. */
  readonly markLane?: number;
}

export interface Band {
  readonly messages: readonly SequenceMessage[];
  /** The sender's lane: a step without messages is a decision made there. */
  readonly decidedAt: number | undefined;
}

/** The grid line on which a lane's own line runs. */
export const gridLineOf = (lane: number): number => 2 * lane + 2;

/** Where a lane's line runs, in percent of the width. */
export const laneAt = (lane: number, lanes: number): number => ((lane + 0.5) * 100) / lanes;

/** Columns that words may take beyond the ends of an arrow from one lane to the next. */
const lentColumns = 2;

type Extra = Partial<Pick<SequenceMessage, 'sealed' | 'mark' | 'markLane'>>;

function messagesOver(lanes: readonly CastMember[]) {
  const lastLine = 2 * lanes.length + 1;
  return (
    from: number,
    to: number,
    label: string,
    kind: MessageKind,
    extra: Extra = {},
  ): SequenceMessage => {
    const start = gridLineOf(Math.min(from, to));
    const end = gridLineOf(Math.max(from, to));
    const lent = end - start > 2 ? 0 : Math.min(lentColumns, start - 1, lastLine - end);
    const labelStart = start - lent;
    const labelEnd = end + lent;
    return { label, kind, from, to, start, end, labelStart, labelEnd, sealed: false, ...extra };
  };
}

function messagesOf(exchange: Exchange, lanes: readonly CastMember[]): SequenceMessage[] {
  const message = messagesOver(lanes);
  const sender = lanes.indexOf('sender');
  const attacker = lanes.indexOf('attacker');
  const other = lanes.indexOf(exchange.with);
  const { question, answer, original, tampered, overheard, sealed } = exchange;
  if (exchange.with === 'memory')
    return [
      answer === undefined
        ? message(sender, other, question, 'remembered')
        : message(other, sender, answer, 'remembered'),
    ];
  // A question whose honest answer nobody knows was caught on the way.
  const caught = tampered && original === undefined;
  const blocked = tampered && answer === undefined;
  const messages = [
    message(sender, caught ? attacker : other, question, 'asked', {
      sealed,
      ...(overheard ? { mark: 'overheard', markLane: attacker } : {}),
      ...(caught && blocked ? { mark: 'blocked' } : {}),
      ...(!tampered && answer === undefined ? { mark: 'silent' } : {}),
    }),
  ];
  if (!tampered) {
    if (answer !== undefined) messages.push(message(other, sender, answer, 'answered', { sealed }));
    return messages;
  }
  if (original !== undefined)
    messages.push(message(other, attacker, original, 'struck', blocked ? { mark: 'blocked' } : {}));
  if (answer !== undefined) messages.push(message(attacker, sender, answer, 'forged', { sealed }));
  return messages;
}

/** Lays out one row over these lanes. */
export function placeRow(row: Row, lanes: readonly CastMember[]): Band {
  const messages = row.exchanges.flatMap((exchange) => messagesOf(exchange, lanes));
  return {
    messages,
    decidedAt: messages.length === 0 ? lanes.indexOf('sender') : undefined,
  };
}

/** Whose lane the mail ends on. */
export function endsWith({ verdict }: Pick<Outcome, 'verdict'>): CastMember {
  switch (verdict) {
    case 'delivered-to-attacker':
      return 'attacker';
    case 'waits':
    case 'refused':
      return 'sender';
    default:
      return 'receiver';
  }
}
