/**
 * Says messages: fills one in, in a language, from the words that a page or a widget was given.
 *
 * A small part of ICU MessageFormat, enough for our sentences and small enough to ship:
 * `{name}` · `{n, number}` · `{n, plural, =0 {…} one {…} other {… # …}}` ·
 * `{kind, select, a {…} other {…}}` · `''` for an apostrophe, `'{'` for a literal brace.
 * A message that cannot be read, or an argument that is missing, is our own mistake: it throws.
 */
import { localeOf, type Lang } from './lang.ts';
import type { MessageKey } from './message-key.ts';

/** Messages by key, in one language: a plain object, so that it can be a prop. A page that shows Dutch ships Dutch only. */
export type Words = Readonly<Record<string, string>>;

/** Says one message. */
export type Say = (key: MessageKey, args?: Args) => string;

/**
 * Makes the function that says messages from `words`.
 * A key that is not among them shows as itself: tests find it, and a reader keeps the page.
 */
export const sayWith =
  (words: Words, lang: Lang): Say =>
  (key, args = {}) => {
    const message = words[key];
    return message === undefined ? key : format(message, args, lang);
  };

export type Args = Readonly<Record<string, string | number>>;

export function format(message: string, args: Args, lang: Lang): string {
  const [text, end] = until(message, 0, args, lang, undefined);
  if (end < message.length) throw new Error(`unmatched "}" in message: ${message}`);
  return text;
}

/** Made once for a language: each costs more than a whole table of words. */
const made = <Maker>(make: (lang: Lang) => Maker): ((lang: Lang) => Maker) => {
  const known: Partial<Record<Lang, Maker>> = {};
  return (lang) => (known[lang] ??= make(lang));
};
const numbers = made((lang) => new Intl.NumberFormat(localeOf[lang]));
const plurals = made((lang) => new Intl.PluralRules(localeOf[lang]));

/** The number as this language writes it, with at most three decimals. */
export const formatNumber = (value: number, lang: Lang): string => numbers(lang).format(value);

/** Reads from `at` to the closing brace (or the end); `hash` is what `#` stands for. */
function until(
  message: string,
  at: number,
  args: Args,
  lang: Lang,
  hash: string | undefined,
): [text: string, end: number] {
  let text = '';
  let index = at;
  while (index < message.length) {
    const character = message.charAt(index);
    if (character === '}') break;
    if (character === "'" && /['{}#]/.test(message.charAt(index + 1))) {
      text += message.charAt(index + 1);
      // '{' is written quoted on both sides; '' is only itself.
      index += message.charAt(index + 1) !== "'" && message.charAt(index + 2) === "'" ? 3 : 2;
    } else if (character === '{') {
      const [part, end] = placeholder(message, index + 1, args, lang);
      text += part;
      // A name may end in the dot of the root where the sentence ends in its own: a reader sees one.
      index = part.endsWith('.') && message.charAt(end) === '.' ? end + 1 : end;
    } else {
      text += character === '#' && hash !== undefined ? hash : character;
      index += 1;
    }
  }
  return [text, index];
}

/** A character that a reader does not see, as the one escape that stands for it everywhere. */
export function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
}

/**
 * A text in a sentence may be a stranger's: what would turn the direction of the words behind it, or is a
 * control character, is shown as an escape. Blanks and ends of lines stay what they are.
 */
const inOrder = (value: string): string =>
  value.replace(/(?![\t\n\r])[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu, escaped);

function placeholder(message: string, at: number, args: Args, lang: Lang): [string, number] {
  const head = /^\s*([\w-]+)\s*(?:,\s*(number|plural|select)\s*)?([,}])/.exec(message.slice(at));
  if (!head) throw new Error(`unreadable placeholder in message: ${message}`);
  const [whole, name = '', kind, stop] = head;
  const value = args[name];
  if (value === undefined) throw new Error(`argument "${name}" is missing for message: ${message}`);
  let index = at + whole.length;
  const shown = typeof value === 'number' ? formatNumber(value, lang) : inOrder(value);
  if (stop === '}') return [shown, index];

  const plural = kind === 'plural';
  const category = plural ? plurals(lang).select(Number(value)) : String(value);
  let exact: string | undefined;
  let chosen: string | undefined;
  let other: string | undefined;
  for (;;) {
    const option = /^\s*(=?[\w-]+)\s*\{/.exec(message.slice(index));
    if (!option) break;
    const [text, end] = until(
      message,
      index + option[0].length,
      args,
      lang,
      plural ? shown : undefined,
    );
    if (option[1] === `=${value}`) exact = text;
    if (option[1] === category) chosen = text;
    if (option[1] === 'other') other = text;
    index = end + 1;
  }
  const close = /^\s*\}/.exec(message.slice(index));
  const result = exact ?? chosen ?? other;
  if (!close || result === undefined) throw new Error(`no "other" or no end in: ${message}`);
  return [result, index + close[0].length];
}
