/**
 * Files and standard input, read with a limit, whole or name by name; a failure is a message to say. A file is written
 * whole or not at all.
 */
import { parseJson } from '../core/grammar/json.ts';
import { createReadStream } from 'node:fs';
import { concatOctets } from '../core/dns/octets.ts';
import { decoderOf } from '../world/files/encoding.ts';
import type { Line } from '../view/messages/line.ts';
import type { Terminal } from './terminal.ts';
import { open, readFile as readText, realpath, rename, rm } from 'node:fs/promises';
import type { z } from 'astro/zod';
import { dirname, join, basename } from 'node:path';
import { readListLine, type ListFault } from '../core/check/list-input.ts';
import type { DomainName } from '../core/dns/name.ts';

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

/**
 * Writes a file atomically: to a temporary file in the same folder, which is then renamed, so that nobody ever reads half
 * of it, also when this program is interrupted. Resolves to the error code of the system where it cannot be written; the
 * old file is then unchanged.
 */
export async function writeWhole(path: string, text: string): Promise<string | undefined> {
  // A link stays a link: what it points to is replaced.
  const target = await realpath(path).catch(() => path);
  const beside = join(dirname(target), `.${basename(target)}.${process.pid}.part`);
  try {
    const file = await open(beside, 'w', 0o644);
    try {
      await file.writeFile(text);
      // Without this a power failure can leave the new name with nothing in it.
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, target);
    return undefined;
  } catch (error) {
    await rm(beside, { force: true });
    return (error as NodeJS.ErrnoException).code ?? '–';
  }
}

/** JSON that we keep between two runs; `absent`: there is no such file yet, and so nothing is known. */
export async function readKept<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
): Promise<{ readonly kept: z.infer<Schema> } | 'absent' | 'unreadable' | 'broken'> {
  let text: string;
  try {
    text = await readText(path, 'utf8');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'absent' : 'unreadable';
  }
  const read = schema.safeParse(parseJson(text));
  return read.success ? { kept: read.data } : 'broken';
}

export interface Named {
  readonly domain: DomainName;
  /** From 1. */
  readonly line: number;
}

/** Every name, repeated ones too, and a fault for each line without one. Throws where the file cannot be read. */
export async function* readNames(
  path: string,
  terminal: Terminal,
): AsyncGenerator<Named | ListFault> {
  let line = 0;
  let mayBeHeading = true;
  for await (const text of readLines(path, terminal)) {
    line += 1;
    const each = readListLine(text, line, mayBeHeading);
    if (each.kind !== 'nothing' && each.kind !== 'comment') mayBeHeading = false;
    if (each.kind !== 'names') continue;
    yield* each.faults;
    for (const { domain, taken } of each.names) {
      // Changed capitals and blanks are not worth a message; another spelling, or invisible characters left out, are.
      if (taken === 'internationalised' || (taken === 'tidied' && /[^\0-\x7f]/.test(text)))
        terminal.err(`${path}: ${line}: ${terminal.say(`lookup.taken.${taken}`, { domain })}`);
      yield { domain, line };
    }
  }
}
