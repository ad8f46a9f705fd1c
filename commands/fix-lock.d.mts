interface Lock {
  readonly packages: Readonly<Record<string, object>>;
}
/** Returns the lock with its missing optional entries, and their paths. */
export function completeLock(lock: Lock): {
  readonly lock: { readonly packages: Readonly<Record<string, unknown>> };
  readonly added: readonly string[];
};
/** Returns the lock with each integrity that was missing, as far as it is known. */
export function completeIntegrity(
  lock: Lock,
  integrityOf: (name: string, version: string) => string | undefined,
): {
  readonly lock: { readonly packages: Readonly<Record<string, unknown>> };
  readonly filled: readonly string[];
  readonly unknown: readonly string[];
};
