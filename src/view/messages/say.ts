/**
 * The words a widget is given: a plain object, in one language, that can be a prop of an island.
 * A page that shows Dutch ships Dutch only.
 */
import { format, type Args } from './format.ts';
import type { Lang } from './lang.ts';
import type { MessageKey } from './message-key.ts';

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
