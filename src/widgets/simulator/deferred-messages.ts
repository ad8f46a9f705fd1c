/**
 * Words that a simulator needs from its first step on, and no sooner: what single lines on the wire say,
 * and how senders of real software differ. Loaded then, in the language of the page.
 */
import type { Lang } from '../../view/messages/lang.ts';
import type { Words } from '../../view/messages/say.ts';

const files: Readonly<Record<Lang, () => Promise<readonly { readonly default: Words }[]>>> = {
  nl: () =>
    Promise.all([
      import('../../../content/messages/wire.nl.json'),
      import('../../../content/messages/profiles.nl.json'),
    ]),
  en: () =>
    Promise.all([
      import('../../../content/messages/wire.en.json'),
      import('../../../content/messages/profiles.en.json'),
    ]),
};

export const lateWords = async (lang: Lang): Promise<Words> =>
  Object.assign({}, ...(await files[lang]()).map((file) => file.default)) as Words;
