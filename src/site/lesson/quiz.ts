/** The six questions of the lesson. Of three, the answer is how a scene of the story ends; that is computed. */
import { story, type StoryScene } from '../../view/first-contact/story.ts';
import type { Lang } from '../../view/messages/lang.ts';
import type { MessageKey } from '../../view/messages/message-key.ts';
import { t } from '../messages.ts';

const scenes = [
  {
    id: 'blocked',
    options: ['delivered-proven', 'delivered-readable', 'waits'],
    source: 'rfc8461',
    section: '10.2',
  },
  {
    id: 'planted',
    options: ['delivered-proven', 'delivered-to-attacker', 'stuck'],
    source: 'smtp-sts-2016',
    section: '3.3',
  },
  {
    id: 'dane',
    options: ['waits', 'delivered-to-attacker', 'delivered-readable'],
    source: 'rfc7672',
    section: '2.1.2',
  },
] as const;

/** What a standard asks, and what the memo advised. The right option is not always in the same place. */
const texts = [
  {
    id: 'needs',
    options: ['website', 'signed', 'authority'],
    right: 'signed',
    source: 'rfc7672',
    section: '2.1.1',
  },
  {
    id: 'both',
    options: ['passes', 'readable', 'fails'],
    right: 'fails',
    source: 'rfc8461',
    section: '2',
  },
  {
    id: 'advice',
    options: ['ahead', 'wait', 'list'],
    right: 'ahead',
    source: 'memo',
    section: 'p11',
  },
] as const;

export type LessonScene = (typeof scenes)[number]['id'];

export function lessonScene(id: LessonScene): StoryScene {
  const scene = story().find((each) => each.id === id);
  if (scene === undefined) throw new Error(`the story has no scene "${id}"`);
  return scene;
}

export const quiz = () => [
  ...scenes.map((question) => {
    const scene = lessonScene(question.id);
    const right = question.options.find((option) => option === scene.scene.ending);
    if (right === undefined)
      throw new Error(`no option of "${question.id}" is how the scene ends: ${scene.scene.ending}`);
    return { ...question, kind: 'scene' as const, right, scene };
  }),
  ...texts.map((question) => ({ ...question, kind: 'text' as const })),
];

export type Question = ReturnType<typeof quiz>[number];

export function optionOf({ kind, id }: Question, option: string, lang: Lang): string {
  const key = kind === 'scene' ? `verdict.${option}` : `lesson.${id}.${option}`;
  return t(lang, key as MessageKey);
}

export const askedIn = (question: Question, lang: Lang): string =>
  question.kind === 'scene'
    ? t(lang, `lesson.${question.id}`, { day: question.scene.day, to: question.scene.state.to })
    : t(lang, `lesson.${question.id}`);
