/** The DNS service that a visitor chooses: one that the page offers, or one of their own. */

import type { KeyEnd } from '../messages/message-key.ts';

/** Countries that have a name among the messages. */
export type Country = Exclude<KeyEnd<'country.'>, 'unknown'>;

/** A DNS service as the page offers it. */
export interface ResolverChoice {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly operator?: string;
  readonly country?: Country;
  readonly privacyPage?: string;
  /** When it was last established that pages may ask it, and who says so. */
  readonly known?: string;
  readonly source?: string;
}

export const ownResolver = 'own';
