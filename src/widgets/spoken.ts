/** What widgets are given in the language of their page. */
import type { Lang } from '../view/messages/lang.ts';
import { sayWith, type Say, type Words } from '../view/messages/say.ts';
import { propsOf, type Deferred } from './deferred.ts';

export interface Spoken {
  readonly lang: Lang;
  readonly words: Words;
}

/** The deferred props of a widget, and `say` for its messages. */
export function spokenOf<Props extends Spoken>(
  file: Deferred<Props>,
): Props & { readonly say: Say } {
  const props = propsOf(file);
  return { ...props, say: sayWith(props.words, props.lang) };
}
