/**
 * `npm run testbed`: starts the test bed, prints how to reach it, and stays until ended.
 * Options after `--`: `--zone FILE` (repeatable), `--port N`, `--delay MILLISECONDS`, `--bare`.
 */
import { MissingPackages } from '../tests/testbed/programs.ts';
import { startTestbed } from '../tests/testbed/testbed.ts';
import { BadZoneFile } from '../tests/testbed/zone-file.ts';
import { readArguments } from './run.ts';

const fail = (message: string): never => {
  console.error(message);
  process.exit(1);
};

const { values, positionals } = readArguments(
  {
    allowPositionals: true,
    options: {
      zone: { type: 'string', multiple: true, default: [] as string[] },
      port: { type: 'string' },
      delay: { type: 'string', default: '0' },
      bare: { type: 'boolean', default: false },
    },
  },
  fail,
);

// The signals that end the bed, listened to before there is anything to end.
const ended = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => resolve());
});

try {
  const testbed = await startTestbed({
    zoneFiles: [...values.zone, ...positionals],
    delayMilliseconds: Number(values.delay),
    bare: values.bare,
    ...(values.port === undefined ? {} : { port: Number(values.port) }),
  });
  console.log(`DoH address: ${testbed.doh}`);
  console.log(`Anchor file: ${testbed.anchorFile}`);
  console.log(
    `Zones: ${testbed.zones.length}; unbound 127.0.0.1:${testbed.resolverPort}, named 127.0.0.1:${testbed.authorityPort}`,
  );
  console.log('Ready. Press Ctrl+C to end.');
  await ended;
  await testbed.stop();
} catch (error) {
  if (error instanceof MissingPackages || error instanceof BadZoneFile) fail(error.message);
  throw error;
}
