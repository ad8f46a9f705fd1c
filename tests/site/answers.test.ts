/** The prepared answers: ten for each reader, and found by what readers type. */
import { expect, test } from 'vitest';
import { readFacts } from '../../src/site/facts/read.ts';
import { askers } from '../../src/site/schemas/answer.ts';
import { answersTo } from '../../src/site/search/answers.ts';

const { facts } = readFacts('content');
const textsIn = (lang: 'nl' | 'en') => facts.answers.map((each) => each[lang]);
const first = (lang: 'nl' | 'en', query: string) => {
  const [place] = answersTo(query, textsIn(lang));
  const found = place === undefined ? undefined : facts.answers[place];
  return found && `${found.page}#${found.anchor}`;
};

test('each reader has ten questions', () => {
  for (const reader of askers)
    expect(facts.answers.filter((each) => each.reader === reader)).toHaveLength(10);
});

test('each question finds its own answer, as it stands', () => {
  for (const lang of ['nl', 'en'] as const)
    for (const each of facts.answers)
      expect(first(lang, each[lang].question)).toBe(`${each.page}#${each.anchor}`);
});

test.each([
  ['nl', 'houdt het advies nog stand', 'since-2016#answer'],
  ['nl', 'TOFU', 'first-contact#why'],
  ['nl', 'is dane wettelijk verplicht', 'since-2016#law'],
  ['nl', 'postfix', 'tools#sending'],
  ['nl', 'matrix insluiten', 'embedding#catalogue'],
  ['nl', 'is mijn domein veilig beschermd', 'check#try'],
  ['en', 'is the advice still valid', 'since-2016#answer'],
  ['en', 'embed the matrix', 'embedding#catalogue'],
  ['en', 'tls report', 'tools#report'],
  ['en', 'difference dane mta-sts', 'comparison#four'],
  ['en', 'licence', 'about#reuse'],
] as const)('%s: "%s" is answered by %s', (lang, query, place) => {
  expect(first(lang, query)).toBe(place);
});

test('what nobody prepared has no answer', () => {
  for (const query of ['xqzt', '', 'de het een', 'weather tomorrow in Utrecht'])
    expect(answersTo(query, textsIn('nl')), query).toEqual([]);
});
