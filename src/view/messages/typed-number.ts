/** Numbers in fields: with the decimal sign of the language, and read as people of it write them. */
import type { Lang } from './lang.ts';

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
