/** The quiz of the lesson asks what the site says: half of its answers are how scenes of the story end. */
import { expect, test } from 'vitest';
import { quiz } from '../../src/site/lesson/quiz.ts';
import { story } from '../../src/view/first-contact/story.ts';

test('six questions, each with three options of which one is right', () => {
  expect(quiz()).toHaveLength(6);
  for (const { options, right } of quiz()) {
    expect(new Set<string>(options).size).toBe(3);
    expect(options.filter((option) => option === right)).toHaveLength(1);
  }
  // Someone who always chooses the first is not right each time.
  expect(
    new Set(quiz().map(({ options, right }) => options.findIndex((option) => option === right)))
      .size,
  ).toBe(3);
});

test('what is right about a scene is how it ends in the story', () => {
  const endings = Object.fromEntries(story().map(({ id, scene }) => [id, scene.ending]));
  const asked = quiz().filter(({ kind }) => kind === 'scene');
  expect(asked).toHaveLength(3);
  for (const { id, right } of asked) expect(right).toBe(endings[id]);
});
