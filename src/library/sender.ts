/**
 * A sending mail server: how one message to one domain is delivered, or why not, under any of eight protections. A
 * world of yours answers what the sender asks; the trace says which rules applied, each with its citations.
 */
export { deliver } from '../core/sender/deliver.ts';
export { profiles } from '../core/sender/profiles.table.ts';
export {
  emptyMemory,
  protections,
  type Delivery,
  type ProfileId,
  type Protection,
  type Sender,
  type SenderMemory,
} from '../core/sender/sender.ts';
export type { Action, DeferReason, Envelope } from '../core/smtp/session.ts';
export { byText } from '../core/sts-2016/switches.ts';
export { citationsOf, rules, type RuleId } from '../core/rules.ts';
export type { Citation } from '../core/cite.ts';
export type { AnswerTo, Ask } from '../core/ask.ts';
export type { Trace, TraceEvent } from '../core/trace.ts';
export { parseName, type DomainName } from '../core/dns/name.ts';
export { run, runLive, type Answered, type LiveWorld, type World } from '../world/run.ts';
