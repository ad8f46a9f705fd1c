/**
 * How easily the Dutch policy pages read.
 *
 * Measure: the reading index of Douma (1960), Flesch's formula fitted to Dutch:
 * `206.84 − 0.93 × (words per sentence) − 0.77 × (syllables per 100 words)`. Higher is easier; a
 * score says nothing about whether the text is clear, it finds sentences that are too long.
 * Syllables are counted by groups of vowels, which is near enough for Dutch.
 * Beside it: the difficult words of a page, and whether a glossary term explains each there.
 */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** The pages that policymakers read; the others are for those who run mail. */
export const policyPages = [
  'memo',
  'how-it-works',
  'first-contact',
  'comparison',
  'burden',
  'criteria',
  'since-2016',
  'council-brief',
  'lesson',
  'about',
  'privacy',
  'accessibility',
  'method',
] as const;

interface GlossaryEntry {
  readonly id: string;
  readonly nl: { readonly word: string };
}
const glossary = parse(
  readFileSync(new URL('../../content/glossary.yaml', import.meta.url), 'utf8'),
) as readonly GlossaryEntry[];

/** In the glossary, but made of everyday words. */
const plain: ReadonlySet<string> = new Set([
  'first-contact',
  'sender',
  'recipient',
  'proven',
  'lookup',
  'dns-service',
]);

/** The sentences of an article: headings, quotations, tables, code, widgets and links' addresses left out. */
export function sentencesOf(body: string): readonly string[] {
  const text = body
    .replace(/```[\s\S]*?```/g, ' ')
    .replace(/<Grid[\s\S]*?<\/Grid>/g, ' ')
    .replace(/<Quote[\s\S]*?<\/Quote>/g, 'dit')
    .replace(/\(?(?:<Source [^>]*\/>(?:, )?)+\)?/g, '')
    .replace(/<\/(?:li|dd|dt|p)>/g, '. ')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/`[^`]*`/g, 'dit')
    .replace(/^\s*(?:[-*]|\d+\.)\s+/gm, '. ')
    .replace(/[*_]/g, '')
    .replace(/(\d)\.(\d)/g, '$1$2')
    .replace(/\n\n+/g, '. ');
  return text
    .split(/[.!?:;]+(?:\s|$)/)
    .map((sentence) => sentence.replace(/\s+/g, ' ').trim())
    .filter((sentence) => wordsOf(sentence).length > 1);
}

const wordsOf = (sentence: string): readonly string[] =>
  sentence.match(/[\p{L}\d][\p{L}\d'’-]*/gu) ?? [];

/** Groups of vowels; a trema begins a new one. */
export const syllablesOf = (word: string): number =>
  Math.max(1, (word.toLowerCase().match(/ij|[aeiouyéèêàáóö]+|[ëïü]/gu) ?? []).length);

interface Readability {
  readonly wordsPerSentence: number;
  readonly douma: number;
  /** Glossary ids of difficult words that stand on this page without an explanation. */
  readonly unexplained: readonly string[];
}

export function readabilityOf(body: string): Readability {
  const sentences = sentencesOf(body);
  const words = sentences.flatMap(wordsOf);
  const wordsPerSentence = words.length / sentences.length;
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word), 0);
  const explained = [...body.matchAll(/<Term id="([^"]+)"/g)].map(([, id = '']) => id);
  // The site's own name explains nothing and asks nothing; "SMTP STS" is one word, not two.
  const text = ` ${sentences.join(' ').toLowerCase()} `
    .replaceAll('sts versus dane', '')
    .replaceAll('smtp sts', 'smtp-sts');
  return {
    wordsPerSentence,
    douma: 206.84 - 0.93 * wordsPerSentence - 0.77 * ((100 * syllables) / words.length),
    unexplained: glossary
      .filter(({ id, nl }) => !plain.has(id) && !explained.includes(id) && uses(text, nl.word))
      .map(({ id }) => id),
  };
}

/** Is the word, or its plural, in the text? Of "mailserver (MTA)" both names count. */
function uses(text: string, word: string): boolean {
  return word
    .toLowerCase()
    .split(/[()]/)
    .map((name) => name.trim())
    .filter(Boolean)
    .some((name) =>
      new RegExp(`[\\s‘'(]${name.replaceAll('-', '[- ]')}(?:s|en|'s|’s)?[\\s,.’')]`, 'u').test(
        text,
      ),
    );
}
