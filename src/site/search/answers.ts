/**
 * Which of the prepared answers a reader's words ask for: pure, so that a test asks the same. A word that few
 * answers have says more than one that all have.
 */

/** Small words of both languages, which say nothing of what is asked. */
const empty = new Set(
  `aan als and are bij can dan dat de der die dit does doe een een for geen heb heeft het hoe how ik in is je
  kan met mijn moet my naar nee not of om on onze op our over the this to tot uit van voor waar was wat we what
  when where wie with worden wordt ze zijn you your`.split(/\s+/),
);

/** The words of a text that say something, in lower case and without accents. */
export const tellingWords = (text: string): readonly string[] => [
  ...new Set(
    text
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word.length > 1 && !empty.has(word)),
  ),
];

const stem = (word: string): string => (word.length > 6 ? word.slice(0, -2) : word);
const isSame = (asked: string, word: string): boolean =>
  word === asked ||
  (asked.length > 3 &&
    (word.startsWith(stem(asked)) || (asked.startsWith(stem(word)) && word.length > 3)));

export interface Askable {
  readonly question: string;
  /** What else readers may type. */
  readonly words: string;
}

/**
 * The places in `answers` of those that are asked for, best first. More than half of what was typed must fit;
 * between two that fit alike, the one whose question was typed most wholly.
 */
export function answersTo(query: string, answers: readonly Askable[], most = 2): readonly number[] {
  const asked = tellingWords(query);
  const fitting = (text: string, words: readonly string[]) => {
    const all = tellingWords(text);
    return words.filter((word) => all.some((each) => isSame(word, each)));
  };
  const found = answers.map(({ question, words }) => fitting(`${question} ${words}`, asked));
  const weightOf = (word: string) => 1 / found.filter((words) => words.includes(word)).length;
  return answers
    .map(({ question }, place) => {
      const own = tellingWords(question);
      const words = found[place] ?? [];
      return {
        place,
        share: words.length / Math.max(1, asked.length),
        weight: words.reduce((sum, word) => sum + weightOf(word), 0),
        whole: fitting(query, own).length / Math.max(1, own.length),
      };
    })
    .filter(({ share }) => share > 0.5)
    .sort((a, b) => b.share - a.share || b.whole - a.whole || b.weight - a.weight)
    .slice(0, most)
    .map(({ place }) => place);
}
