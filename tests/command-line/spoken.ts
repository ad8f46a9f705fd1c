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

export function speak(
  argv: readonly string[],
  options: { readonly input?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Spoken> {
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
    child.stdin.end(options.input ?? '');
  });
}
