/** The choice of a DNS service: one that the page offers, or one of the visitor's own. */
import type { ResolverFault } from '../../world/live/resolver-address.ts';
import {
  chosenResolver,
  ownResolver,
  type ResolverChoice,
} from '../../view/check/resolver-choice.ts';

export class ResolverState {
  id = $state('');
  ownAddress = $state('');
  /** Why nobody can be asked, as of the last press. */
  fault = $state<ResolverFault | 'choose'>();
  /** The services are unfolded: where none is chosen, and where what was chosen cannot be used. */
  isOpen = $state(false);
  readonly offered: readonly ResolverChoice[];

  constructor(offered: readonly ResolverChoice[], preselect = true) {
    this.offered = offered;
    this.id = preselect ? (offered[0]?.id ?? ownResolver) : '';
    this.isOpen = this.id === '';
  }

  /** The one chosen of those on offer. */
  get chosen(): ResolverChoice | undefined {
    return this.offered.find(({ id }) => id === this.id);
  }

  /** Whom to ask; undefined where nobody can be, and then the field says why. */
  take(): { readonly address: string; readonly name: string } | undefined {
    const taken =
      this.id === ''
        ? ({ ok: false, fault: 'choose' } as const)
        : chosenResolver(this.offered, this.id, this.ownAddress);
    this.fault = taken.ok ? undefined : taken.fault;
    this.isOpen ||= !taken.ok;
    return taken.ok ? taken : undefined;
  }
}
