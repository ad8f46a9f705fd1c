/** Something to say: the key of a message and what it names. */
import type { Tone } from '../../core/check/verdict.table.ts';
import { type Args, type Say } from './say.ts';
import type { MessageKey } from './message-key.ts';

export interface Line {
  readonly key: MessageKey;
  readonly args?: Args;
  /** A reason that the sentence gives as `{why}`: a message itself, of the same arguments. */
  readonly why?: MessageKey;
}

export type { Tone };

export const sayLine = (say: Say, { key, args, why }: Line): string =>
  say(key, why === undefined ? args : { ...args, why: say(why, args) });

/**
 * The message of a situation that a parser or a judge of the core met. The core types a situation by what it
 * does and not by its name; tests hold that each that can be met has a message.
 */
export const situationKey = (
  room: 'dane' | 'mta-sts' | 'pem' | 'sts-2016' | 'tls-rpt',
  situation: string,
): MessageKey => `situation.${room}.${situation}` as MessageKey;
