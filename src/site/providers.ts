/** Mail providers and what they make possible: `content/providers.yaml`, each fact with its source. */
import { z } from 'astro/zod';
import type { MailProvider } from '../view/check/providers.ts';
import type { Lang } from '../view/messages/lang.ts';
import { contentOfBuild } from './content.ts';
import { factsOfBuild } from './facts/facts.ts';
import { hrefOf } from './routes.ts';
import { bilingual } from './schemas/text.ts';

const providersSchema = z.array(
  z.strictObject({
    id: z.string(),
    name: z.string(),
    /** Endings of names of mail servers, without a dot before them. */
    mx: z.array(z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/)).min(1),
    /** What a customer can have for incoming mail. */
    dane: z.enum(['opt-in', 'not-established']),
    facts: z.array(z.strictObject({ text: bilingual, source: z.string() })).min(1),
  }),
);

/** In one language, with each source named and linked. Ends the build where a source is not known. */
export function providersOfBuild(lang: Lang): readonly MailProvider[] {
  const { sources } = factsOfBuild();
  return contentOfBuild('providers.yaml', providersSchema).map(({ facts, ...provider }) => ({
    ...provider,
    facts: facts.map(({ text, source: id }) => {
      const source = sources.get(id);
      if (source === undefined) throw new Error(`content/providers.yaml: no source "${id}"`);
      return {
        text: text[lang],
        source: source.short[lang],
        href: `${hrefOf('sources', lang)}#${id}`,
        isSecondHand: source.confidence === 'V2',
      };
    }),
  }));
}
