/** Runs a program beside this process, which goes on serving the test bed, and hands back what it said. */
import { spawn, type SpawnOptions } from 'node:child_process';

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export const run = (program: string, argv: readonly string[], options: SpawnOptions = {}) =>
  new Promise<Ran>((done, fail) => {
    const child = spawn(program, argv, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = { stdout: '', stderr: '' };
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
    child.once('error', fail);
    child.once('close', (status) => done({ status, ...said }));
  });
