/** Numbers in fields: with the decimal sign of the language, and read as people of it write them. */
import type { NumberLimits } from '../query.ts';
import { hold } from '../scale.ts';
import type { Lang } from './lang.ts';
import type { Say } from './say.ts';

/** Without a sign between thousands, which the other language would take for its decimal sign. */
export const writeTyped = (value: number, lang: Lang): string =>
  lang === 'nl' ? String(value).replace('.', ',') : String(value);

const grouped: Readonly<Record<Lang, RegExp>> = {
  nl: /^-?[1-9]\d{0,2}(\.\d{3})+(,\d+)?$/,
  en: /^-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/,
};

/** NaN for what is no number. A thousand is 1.000 in Dutch and 1,000 in English; else either sign is decimal. */
export function readTyped(typed: string, lang: Lang): number {
  const text = typed.replaceAll(/\s/g, '');
  if (text === '') return Number.NaN;
  const plain = grouped[lang].test(text) ? text.replaceAll(lang === 'nl' ? '.' : ',', '') : text;
  return Number(plain.replace(',', '.'));
}

export interface Held {
  /** What was typed, held to the limits; undefined where it is no number. */
  readonly value: number | undefined;
  /** What had to be changed, or why there is no number; empty when all is well. */
  readonly note: string;
}

/** A number that was typed, held to its limits. */
export function holdTyped(typed: string, limits: NumberLimits, lang: Lang, say: Say): Held {
  const { low, high, step } = limits;
  const wanted = readTyped(typed, lang);
  if (!Number.isFinite(wanted)) return { value: undefined, note: say('number.not', { low, high }) };
  const value = hold(wanted, low, high, step);
  const isHeld = wanted < low || wanted > high;
  return { value, note: isHeld ? say('number.held', { low, high, used: value }) : '' };
}
