/** What the questions of the quiz and their options are called. */
import type { Lang } from '../../view/messages/lang.ts';
import type { MessageKey } from '../../view/messages/message-key.ts';
import { t } from '../messages.ts';
import type { Question } from './quiz.ts';

export function optionOf({ kind, id }: Question, option: string, lang: Lang): string {
  const key = kind === 'scene' ? `verdict.${option}` : `lesson.${id}.${option}`;
  return t(lang, key as MessageKey);
}

export const askedIn = (question: Question, lang: Lang): string =>
  question.kind === 'scene'
    ? t(lang, `lesson.${question.id}`, { day: question.scene.day, to: question.scene.state.to })
    : t(lang, `lesson.${question.id}`);
