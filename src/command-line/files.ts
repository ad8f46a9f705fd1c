/** Files and standard input, read with a limit; a failure is a message to say. */
import { createReadStream } from 'node:fs';
import { concatOctets } from '../core/dns/octets.ts';
import { decoderOf } from '../world/files/encoding.ts';
import type { Line } from '../view/messages/line.ts';
import type { Terminal } from './terminal.ts';

/** Nothing that one of our commands reads whole is larger. */
export const fileOctetsMost = 32 * 1024 * 1024;

export type FileRead =
  { readonly ok: true; readonly octets: Uint8Array } | ({ readonly ok: false } & Line);

/** `-` is standard input. */
export const openFile = (path: string, terminal: Terminal): AsyncIterable<Uint8Array> =>
  path === '-' ? terminal.input : createReadStream(path);

/** Why a file could not be read, by the codes of the system. */
export function fileFault(path: string, error: unknown): Line {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const kinds: Readonly<Record<string, 'absent' | 'folder' | 'forbidden'>> = {
    ENOENT: 'absent',
    EISDIR: 'folder',
    EACCES: 'forbidden',
    EPERM: 'forbidden',
  };
  return { key: `cli.file.${kinds[code] ?? 'unreadable'}`, args: { path, code: code || '–' } };
}

export async function readFile(path: string, terminal: Terminal): Promise<FileRead> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of openFile(path, terminal)) {
      length += chunk.length;
      if (length > fileOctetsMost) return { ok: false, key: 'cli.file.large', args: { path } };
      chunks.push(chunk);
    }
  } catch (error) {
    return { ok: false, ...fileFault(path, error) };
  }
  return { ok: true, octets: Uint8Array.from(Buffer.concat(chunks)) };
}

/** Lines as they come, without their ends; a line of a name list is never long. */
const lineMost = 64 * 1024;

export async function* readLines(path: string, terminal: Terminal): AsyncGenerator<string> {
  let decoder: ReturnType<typeof decoderOf> | undefined;
  let rest = '';
  let chunk: Uint8Array = new Uint8Array();
  for await (const given of openFile(path, terminal)) {
    // A pipe may bring less at first than tells the encoding.
    chunk = concatOctets([chunk, given]);
    if (decoder === undefined && chunk.length < 4) continue;
    decoder ??= decoderOf(chunk);
    const text = rest + decoder.decode(chunk, { stream: true });
    chunk = new Uint8Array();
    // A CR that ends a chunk may have its LF in the next one.
    const lines = text.split(/\r\n|\r(?!$)|\n/);
    const last = lines.pop() ?? '';
    rest =
      last.length > lineMost ? last.slice(0, lineMost) + (last.endsWith('\r') ? '\r' : '') : last;
    yield* lines;
  }
  rest += decoder?.decode() ?? decoderOf(chunk).decode(chunk);
  if (rest !== '') yield rest.replace(/\r$/, '');
}
