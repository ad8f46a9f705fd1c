/** One word for one thing, in every sentence a reader sees: messages, articles, glossary, scenarios, facts. */
import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readArticles } from '../../commands/articles.ts';
import { messageFiles, wordFiles } from '../house/words.ts';
import { facts } from './facts.ts';

interface Word {
  readonly chosen: string;
  readonly not: string;
  readonly except?: Readonly<Record<string, string>>;
  readonly matchCase?: boolean;
}
interface Sentence {
  /** `room/key` of a message, the name of an article, `glossary/id`, `scenarios/id`, `timeline/id/text`. */
  readonly at: string;
  readonly text: string;
}

const vocabulary = parse(readFileSync('tests/content/vocabulary.yaml', 'utf8')) as Record<
  'nl' | 'en',
  readonly Word[]
>;

/** What an article says in our own words: no quotations, code, addresses or names of components. */
const proseOf = (article: string): string =>
  article
    .replace(/<Quote\b[\s\S]*?<\/Quote>/g, '…')
    .replace(/```[\s\S]*?```|`[^`]*`/g, '…')
    .replace(/<[A-Z]\w*\b[^>]*?\b(?:heading|caption)="([^"]*)"[^>]*>/g, '$1.\n')
    .replace(/<[^>]*>/g, '')
    .replace(/\]\([^)]*\)/g, ']');

/** A message without the names of its placeholders. */
const spokenOf = (message: string): string =>
  message.replace(/\{\w+, (?:plural|select),|\{\w+(?:, number)?\}/g, '…');

/** What is written in both languages in a file of facts: by the ids above it. Quotations are another's words. */
function* inBoth(value: unknown, lang: 'nl' | 'en', at: string): Generator<Sentence> {
  if (typeof value !== 'object' || value === null) return;
  const { id, [lang]: text, en } = value as Record<string, unknown>;
  if (typeof text === 'string' && typeof en === 'string') yield { at, text };
  const place = typeof id === 'string' ? `${at}/${id}` : at;
  for (const [key, inner] of Object.entries(value))
    if (!/quote|words/.test(key))
      yield* inBoth(inner, lang, Array.isArray(value) ? place : `${place}/${key}`);
}
const factFiles = globSync(
  'content/{claims/*,accessibility,adoption,changed-claims,comparison,criteria,disputes,laws,providers,releases,timeline}.yaml',
);

function sentencesOf(lang: 'nl' | 'en'): readonly Sentence[] {
  return [
    ...messageFiles().flatMap((room) =>
      Object.entries(wordFiles(room)[lang]).map(([key, message]) => ({
        at: `${room}/${key}`,
        text: spokenOf(message),
      })),
    ),
    ...readArticles(lang).map(({ name, front, body }) => ({
      at: name,
      text: `${String(front['title'])}\n${String(front['summary'])}\n${proseOf(body)}`,
    })),
    ...facts.answers.map((each) => ({
      at: `answers/${each.page}#${each.anchor}`,
      text: `${each[lang].question}\n${each[lang].answer}`,
    })),
    ...facts.glossary.map((term) => ({
      at: `glossary/${term.id}`,
      text: `${term[lang].word}\n${term[lang].meaning}`,
    })),
    ...globSync('content/scenarios/*.yaml').map((file) => {
      const { title, lesson } = parse(readFileSync(file, 'utf8')) as Record<
        'title' | 'lesson',
        Record<'nl' | 'en', string>
      >;
      return {
        at: file.replace(/^content\/|\.yaml$/g, ''),
        text: `${title[lang]}\n${lesson[lang]}`,
      };
    }),
    ...factFiles.flatMap((file) => [
      ...inBoth(parse(readFileSync(file, 'utf8')), lang, file.replace(/^content\/|\.yaml$/g, '')),
    ]),
  ];
}

const found = (word: Word, { text }: Sentence): readonly string[] => {
  const pattern = new RegExp(word.not, word.matchCase ? 'gmu' : 'gimu');
  return [...text.matchAll(pattern)].map(({ index, 0: match }) =>
    text.slice(Math.max(0, index - 40), index + match.length + 40).replaceAll('\n', ' '),
  );
};

describe.each(['nl', 'en'] as const)('the words of the site, in %s', (lang) => {
  const sentences = sentencesOf(lang);

  it('are read where they are', () => {
    expect(sentences.length).toBeGreaterThan(1500);
  });

  it.each(vocabulary[lang].map((word) => [word.chosen, word] as const))(
    'say “%s”, and no other word for it',
    (_, word) => {
      const wrong = sentences
        .filter(({ at }) => !(at in (word.except ?? {})))
        .flatMap((sentence) => found(word, sentence).map((place) => `${sentence.at}: ${place}`));
      expect(wrong).toEqual([]);
    },
  );

  it('have no exception that nothing needs', () => {
    const idle = vocabulary[lang].flatMap((word) =>
      Object.keys(word.except ?? {}).filter((at) => {
        const sentence = sentences.find((one) => one.at === at);
        return !sentence || found(word, sentence).length === 0;
      }),
    );
    expect(idle).toEqual([]);
  });
});

it.each([
  ['nl', 'Valt de server weg, dan wacht de mail.', true],
  ['nl', 'Als de server wegvalt, wacht de mail.', false],
  ['nl', 'De verzender vertrouwt het ontwerp van maart 2016.', true],
  ['nl', 'Een aanvaller die het beleid blokkeert, wint.', true],
  ['en', 'Whoever blocks the policy wins.', true],
  ['en', 'An attacker who blocks the policy can read the mail.', false],
  ['en', 'The handshake fails.', true],
  ['en', 'The TLS handshake fails.', false],
] as const)('in %s, “%s” is found wanting: %s', (lang, text, wanting) => {
  const wrong = vocabulary[lang].filter((word) => found(word, { at: '', text }).length > 0);
  expect(wrong.length > 0).toBe(wanting);
});

it('quotations and code keep their own words', () => {
  const prose = proseOf(
    '<Quote lang="nl">waterdicht</Quote> en `cache` en <Term id="cache">x</Term>',
  );
  expect(prose).toBe('… en … en x');
});
