/** The two languages of the site; Dutch is the one without a prefix in its addresses. */
export type Lang = 'nl' | 'en';

export const langs = ['nl', 'en'] as const satisfies readonly Lang[];

/** The locale whose plurals, numbers and dates a language uses here. */
export const localeOf: Readonly<Record<Lang, string>> = { nl: 'nl-NL', en: 'en-GB' };
