interface Lock {
  readonly packages: Readonly<Record<string, object>>;
}
/** Returns the lock with its missing optional entries, and their paths. */
export function completeLock(lock: Lock): {
  readonly lock: { readonly packages: Readonly<Record<string, unknown>> };
  readonly added: readonly string[];
};
