/**
 * Where the command line speaks. What it prints may come from anybody's DNS, certificate, report or
 * file name, so text is handed over as lines: whatever stands inside a line and would break it, move a
 * cursor, colour, hide or reorder is shown as an escape. No stranger's text can look like a line of ours.
 */
import { escaped, type Say } from '../view/messages/say.ts';
import { exitCode, type ExitCode } from './exit-code.ts';

/** Where one run reads and writes: `process`, or what stands in its place. Nothing else of a process is asked. */
export interface Surroundings {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: Pick<NodeJS.WritableStream, 'write'>;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Lines of text, nested as they were put together. Never one string with line breaks in it. */
export type Lines = string | readonly Lines[];

export interface Terminal {
  /**
   * Lines of the answer. Waits while the reader is slow.
   * `charactersMost`: of one line; the rest is left out, and that is said.
   */
  out(lines: Lines, charactersMost?: number): Promise<void>;
  /** A value of the answer, as one line of JSON. */
  json(value: unknown): Promise<void>;
  /** A file of ours as the answer, whose line ends are its own: of a calendar they are CRLF. */
  file(text: string): Promise<void>;
  /** What is about the answer and not in it. */
  err(lines: Lines): void;
  readonly say: Say;
  /** A monitor takes what stands on standard error for the answer: it stays empty. */
  readonly isMonitored: boolean;
  /** Octets of standard input, as they come. */
  readonly input: AsyncIterable<Uint8Array>;
  readonly environment: Surroundings['env'];
}

/** Twice what the TLSA record of a whole RSA certificate of 4096 bits has, and more than any sentence. */
export const lineCharactersMost = 8000;
/** A line that holds the longest record that DNS can carry, in hexadecimal. */
export const recordCharactersMost = 140_000;

/**
 * All that a terminal obeys or a reader does not see: controls, format and direction characters, line
 * and paragraph separators, lone surrogates, what has no glyph of its own (private use, unassigned,
 * ignorable, the empty Braille cell), and every combining mark beyond four on one character, which would
 * be painted over the lines above.
 */
const unsafe =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?<=\p{M}{4})\p{M}/gu;

/** So many blanks would push what follows to the beginning of the next line of a screen. */
const longGap = /(?<=\S)\p{Zs}{24,}/gu;

/** One line, with everything unsafe in it as an escape: also line breaks and tabs. */
export const harmless = (line: string): string =>
  line.replace(unsafe, escaped).replace(longGap, (gap) => ` [\\x20×${gap.length}] `);

/** Not longer than `charactersMost`; how much was left out stands at the end. */
const bounded = (line: string, charactersMost: number): string =>
  line.length <= charactersMost
    ? line
    : `${line.slice(0, charactersMost)} […+${line.length - charactersMost}]`;

/** JSON that is as harmless: what JSON leaves unescaped is escaped the way JSON does. */
export const harmlessJson = (value: unknown): string =>
  JSON.stringify(value).replace(unsafe, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );

const flat = (lines: Lines): readonly string[] =>
  typeof lines === 'string' ? [lines] : lines.flatMap(flat);

/** The text that is written for lines, without the last line end. */
export const printed = (lines: Lines, charactersMost = lineCharactersMost): string =>
  flat(lines)
    .map((line) => harmless(bounded(line, charactersMost)))
    .join('\n');

/** Blocks of lines with an empty line between them. */
export const paragraphs = (blocks: readonly Lines[]): Lines =>
  blocks.map((block, index) => (index === 0 ? block : ['', block]));

/** Says why a command, or a file that it names, cannot be taken. */
export function refused(terminal: Terminal, sentence: Lines): ExitCode {
  terminal.err(sentence);
  return exitCode.usage;
}

export function openTerminal(
  { stdin, stdout, stderr, env }: Surroundings,
  say: Say,
  isMonitored: boolean,
): Terminal {
  const write = (text: string, end = '\n'): Promise<void> =>
    new Promise((resolve) => {
      if (stdout.write(text + end)) resolve();
      else stdout.once('drain', resolve);
    });
  return {
    say,
    isMonitored,
    input: stdin,
    environment: env,
    out: (lines, charactersMost) => write(printed(lines, charactersMost)),
    json: (value) => write(harmlessJson(value)),
    file: (text) => write(text.split('\r\n').map(harmless).join('\r\n'), ''),
    err: (lines) => {
      if (!isMonitored) stderr.write(`${printed(lines)}\n`);
    },
  };
}
