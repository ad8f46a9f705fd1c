/** Runs the command line, in this process or as one of its own, and hands back what it said. */
import { spawn } from 'node:child_process';
import { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { main } from '../../src/command-line/main.ts';

export const starter = fileURLToPath(
  new URL('../../src/command-line/sts-dane.mjs', import.meta.url),
);

export interface Spoken {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface SpeakOptions {
  readonly input?: string;
  /** Standard input in pieces. */
  readonly chunks?: readonly Uint8Array[];
  readonly env?: NodeJS.ProcessEnv;
}

const environment = (more: NodeJS.ProcessEnv = {}) => ({
  ...process.env,
  ...{ LANG: 'C', LC_ALL: 'C', ...more },
});
const piecesOf = ({ input = '', chunks = [] }: SpeakOptions): readonly Uint8Array[] =>
  input === '' ? chunks : [...chunks, Buffer.from(input)];

/** All but the process itself: what is said, and the code to end with. */
export async function speak(argv: readonly string[], options: SpeakOptions = {}): Promise<Spoken> {
  const said = { out: '', err: '' };
  const into = (name: keyof typeof said) =>
    new Writable({
      write(octets: Buffer, _, done) {
        said[name] += octets.toString();
        done();
      },
    });
  const code = await main(argv, new AbortController().signal, {
    ...{ stdin: Readable.from(piecesOf(options)), stdout: into('out'), stderr: into('err') },
    env: environment(options.env),
  });
  return { code, ...said };
}

/** As a user starts it: for what is about the process, and a quarter of a second dearer. */
export function speakAsProcess(
  argv: readonly string[],
  options: SpeakOptions = {},
): Promise<Spoken> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [starter, ...argv], {
      env: environment(options.env),
      stdio: 'pipe',
    });
    const said = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...said }));
    child.stdin.on('error', () => undefined);
    void (async () => {
      for (const piece of piecesOf(options)) {
        child.stdin.write(piece);
        // So that it comes as a piece of its own.
        await new Promise((passed) => setTimeout(passed, 100));
      }
      child.stdin.end();
    })();
  });
}
