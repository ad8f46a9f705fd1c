/**
 * Where the draft of 18 March 2016 contradicts itself, a reader must choose. Each choice is a named
 * switch; `byText` follows the prose of §3, `byPseudocode` follows §8 (defects X5 to X8 and X12 of
 * our reading, see the comparison page).
 */
export interface Draft2016Switches {
  /**
   * X5. The first policy: `trusted` unauthenticated ("MUST be trusted and honored", §3.3), or
   * `authenticated` first ("fetch and authenticate!", §8).
   */
  readonly firstPolicy: 'trusted' | 'authenticated';
  /**
   * X6. When a policy is cached: `once-validated` (§3.3: one that was never applied successfully is
   * disregarded) or `at-once` (§3.5 step 1: "fetch the latest and cache it").
   */
  readonly cached: 'once-validated' | 'at-once';
  /** X6. May a first-contact policy reject mail? §3.4 says not; §8 does. */
  readonly firstContactRejects: boolean;
  /** X7. Is a policy that just failed cached when it does not ask to reject? §8 does. */
  readonly cacheFailedReportOnly: boolean;
  /** X8. The second fetch yields nothing: `keep-old` or treat as `no-policy`. */
  readonly emptyRefresh: 'keep-old' | 'no-policy';
  /** X12. Whose URI authenticates a new policy: that of the `cached` one or of the `new` one. */
  readonly uriOf: 'cached' | 'new';
}

/** The draft of 2016 as its text reads, where text and pseudocode differ. */
export const byText: Draft2016Switches = {
  firstPolicy: 'trusted',
  cached: 'once-validated',
  firstContactRejects: false,
  cacheFailedReportOnly: false,
  emptyRefresh: 'keep-old',
  uriOf: 'cached',
};

export const byPseudocode: Draft2016Switches = {
  firstPolicy: 'authenticated',
  cached: 'once-validated',
  firstContactRejects: true,
  cacheFailedReportOnly: true,
  emptyRefresh: 'no-policy',
  uriOf: 'cached',
};
