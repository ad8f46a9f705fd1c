/** What several commands do alike: read what they were told, and run another program of this project. */
import { spawnSync } from 'node:child_process';
import { parseArgs, type ParseArgsConfig } from 'node:util';

/** Options and words after a command; `stop` is told why they cannot be read. */
export function readArguments<const Config extends ParseArgsConfig>(
  config: Config,
  stop: (why: string) => never,
): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    return stop((error as Error).message);
  }
}

/** Runs a program with this Node; it says itself what is wrong, and where something is, this ends with it. */
export function runNode(args: readonly string[], env: Readonly<Record<string, string>> = {}): void {
  const { status } = spawnSync(process.execPath, args, {
    stdio: 'inherit',
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1', ...env },
  });
  if (status !== 0) process.exit(status ?? 1);
}
