/**
 * Where the command line speaks. What it prints may come from anybody's DNS: characters that move
 * a cursor, ring or colour are shown as what they are, so that no record can write on the screen.
 */
import type { Say } from '../words/say.ts';

export interface Terminal {
  /** One line, or several, of the answer. Waits while the reader is slow. */
  out(text: string): Promise<void>;
  /** What is about the answer and not in it. */
  err(text: string): void;
  readonly say: Say;
  /** Octets of standard input, as they come. */
  readonly input: AsyncIterable<Uint8Array>;
}

const escaped = (character: string): string =>
  `\\x${(character.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`;

/** Control characters and direction marks, as escapes; line ends and tabs stay. */
export const harmless = (text: string): string =>
  text.replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, escaped);

/** JSON that is as harmless: what JSON leaves unescaped is escaped the way JSON does. */
export const harmlessJson = (value: unknown, indent?: number): string =>
  JSON.stringify(value, undefined, indent).replace(
    /[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

export function openTerminal(say: Say): Terminal {
  return {
    say,
    input: process.stdin,
    out: (text) =>
      new Promise((resolve) => {
        if (process.stdout.write(`${text}\n`)) resolve();
        else process.stdout.once('drain', resolve);
      }),
    err: (text) => void process.stderr.write(`${harmless(text)}\n`),
  };
}
