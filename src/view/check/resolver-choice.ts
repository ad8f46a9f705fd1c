/** The DNS service that a visitor chooses: one that the page offers, or one of their own. */

/** A DNS service as the page offers it. */
export interface ResolverChoice {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly operator?: string;
  readonly country?: string;
  readonly privacyPage?: string;
  /** When it was last established that pages may ask it, and who says so. */
  readonly known?: string;
  readonly source?: string;
}

export const ownResolver = 'own';
