/** What the story is given when it comes alive. */
import type { PlayedScene } from '../../view/first-contact/story-play.ts';
import type { Lang } from '../../view/messages/lang.ts';
import type { Words } from '../../view/messages/say.ts';

export interface StoryProps {
  readonly lang: Lang;
  readonly words: Words;
  readonly scenes: readonly PlayedScene[];
}
