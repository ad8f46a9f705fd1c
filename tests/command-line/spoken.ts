/** Runs the command line as a user does, and hands back what it said. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

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
  /** Standard input in pieces, with a moment between them. */
  readonly chunks?: readonly Uint8Array[];
  readonly env?: NodeJS.ProcessEnv;
}

export function speak(argv: readonly string[], options: SpeakOptions = {}): Promise<Spoken> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [starter, ...argv], {
      env: { ...process.env, LANG: 'C', LC_ALL: 'C', ...options.env },
      stdio: 'pipe',
    });
    const said = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...said }));
    child.stdin.on('error', () => undefined);
    void (async () => {
      for (const chunk of options.chunks ?? []) {
        child.stdin.write(chunk);
        await new Promise((passed) => setTimeout(passed, 100));
      }
      child.stdin.end(options.input ?? '');
    })();
  });
}
