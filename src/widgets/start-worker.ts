/**
 * Starts a worker where the page's headers demand trusted types (a script address must come from a named
 * policy). Only files of our own are workers: an address elsewhere is refused, whoever made it.
 * Throws where no worker can be started, in a sandboxed frame for one.
 */
interface ScriptUrlPolicy {
  createScriptURL(address: string): string;
}
interface TrustedTypes {
  createPolicy(name: string, rules: ScriptUrlPolicy): ScriptUrlPolicy;
}

const isOurs = (address: string): boolean =>
  new URL(address, location.href).origin === new URL(import.meta.url).origin;

let policy: ScriptUrlPolicy | undefined;

export function startWorker(address: string): Worker {
  if (!isOurs(address)) throw new Error(`not a file of ours: ${address}`);
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  policy ??= trustedTypes?.createPolicy('sts-dane', { createScriptURL: (given) => given });
  return new Worker(policy?.createScriptURL(address) ?? address, { type: 'module' });
}
