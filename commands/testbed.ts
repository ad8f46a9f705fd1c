/**
 * `npm run testbed`: starts the test bed, prints how to reach it, and stays until ended.
 * Options after `--`: `--zone FILE` (repeatable), `--port N`, `--delay MILLISECONDS`, `--bare`.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { MissingPackages } from '../tests/testbed/programs.ts';
import { startTestbed } from '../tests/testbed/testbed.ts';
import { BadZoneFile } from '../tests/testbed/zone-file.ts';

const fail = (message: string): never => {
  console.error(message);
  process.exit(1);
};

/** The npm that runs this script, if one does: the parent, or the parent of the shell between. */
function npmAbove(): { isThere: () => boolean } | undefined {
  if (process.env['npm_lifecycle_event'] === undefined) return undefined;
  const parentOf = (pid: number): number | undefined => {
    try {
      // The name in parentheses may hold blanks; the parent's number is the second field after it.
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ');
      return Number(fields?.[1]);
    } catch {
      return undefined;
    }
  };
  const chain = [process.ppid];
  try {
    const name = readFileSync(`/proc/${process.ppid}/comm`, 'utf8').trim();
    const above = parentOf(process.ppid);
    if (['sh', 'dash', 'bash'].includes(name) && above !== undefined) chain.push(above);
  } catch {
    // No /proc: the parent's own number has to do.
  }
  return {
    isThere: () =>
      process.ppid === chain[0] && (chain.length === 1 || parentOf(process.ppid) === chain[1]),
  };
}

const options = (() => {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        zone: { type: 'string', multiple: true, default: [] },
        port: { type: 'string' },
        delay: { type: 'string', default: '0' },
        bare: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    return fail((error as Error).message);
  }
})();

// The signals that end the bed, listened to before there is anything to end.
const ended = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => resolve());
});

try {
  const testbed = await startTestbed({
    zoneFiles: [...options.values.zone, ...options.positionals],
    delayMilliseconds: Number(options.values.delay),
    bare: options.values.bare,
    ...(options.values.port === undefined ? {} : { port: Number(options.values.port) }),
  });
  console.log(`DoH address: ${testbed.doh}`);
  console.log(`Anchor file: ${testbed.anchorFile}`);
  console.log(
    `Zones: ${testbed.zones.length}; unbound 127.0.0.1:${testbed.resolverPort}, named 127.0.0.1:${testbed.authorityPort}`,
  );
  console.log('Ready. Press Ctrl+C to end.');
  // npm ended from outside does not always pass the signal on; what it started then ends itself.
  const above = npmAbove();
  const watch = setInterval(() => {
    if (above !== undefined && !above.isThere()) process.kill(process.pid, 'SIGTERM');
  }, 500);
  await ended;
  clearInterval(watch);
  await testbed.stop();
} catch (error) {
  if (error instanceof MissingPackages || error instanceof BadZoneFile) fail(error.message);
  throw error;
}
