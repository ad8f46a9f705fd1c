/** The DNS service that a visitor chooses: one that the page offers, or one of their own. */
import { resolverAddress } from '../../world/live/resolver-address.ts';
import type { KeyEnd } from '../messages/message-key.ts';

/** Countries that have a name among the messages. */
export type Country = Exclude<KeyEnd<'country.'>, 'unknown'>;

/** A DNS service as the page offers it, with what a visitor wants to know before they choose it. */
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

/** Whom to ask: the one of this id among those offered, else the address that was typed, or what is wrong with it. */
export function chosenResolver(
  offered: readonly ResolverChoice[],
  id: string,
  typed: string,
): ReturnType<typeof resolverAddress> {
  const listed = offered.find((each) => each.id === id);
  return listed ? { ok: true, ...listed } : resolverAddress(typed);
}
