/** Small shapes that all content files share. */
import { z } from 'astro/zod';
import { routes, type PageId } from '../routes.ts';

/** Words between blanks: how quotations and summaries are measured. */
export const countWords = (text: string): number => text.trim().split(/\s+/).filter(Boolean).length;

/** The same sentence in both languages. */
export const bilingual = z.strictObject({
  nl: z.string().trim().min(1),
  en: z.string().trim().min(1),
});

/** A quotation of the memo: at most 25 words. */
export const memoQuotation = z
  .string()
  .min(1)
  .refine((text) => countWords(text) <= 25, 'a quotation of the memo has at most 25 words');

/** A quotation of any other source: at most 15 words. */
export const sourceQuotation = z
  .string()
  .min(1)
  .refine((text) => countWords(text) <= 15, 'a quotation of a source has at most 15 words');

/** YAML readers differ: one makes 2016-05-13 a text, another a date. Both become the text. */
const asIsoText = (value: unknown): unknown =>
  value instanceof Date
    ? value.toISOString().slice(0, 10)
    : typeof value === 'number'
      ? String(value)
      : value;

/** A date as exact as it is known: year, month or day. */
export const looseDate = z.preprocess(
  asIsoText,
  z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'a date is 2016, 2016-05 or 2016-05-13'),
);

export const day = z.preprocess(
  asIsoText,
  z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a day is written 2016-05-13'),
);

/** Which text a quotation was held against, and when. */
export const checked = z.strictObject({
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 digest has 64 hexadecimal digits'),
  date: day,
});

/** V: read in a stored source. V2: read in a secondary source or a vendor's text. */
export const confidence = z.enum(['V', 'V2']);

/** One place in one source, with the words that carry it where we quote them. */
export const evidence = z
  .strictObject({
    source: z.string().min(1),
    section: z.coerce.string().min(1),
    quote: sourceQuotation.optional(),
    checked: checked.optional(),
  })
  .refine(
    ({ quote, checked: against }) => (quote === undefined) === (against === undefined),
    'a quotation says which text it was checked against (`checked`), and nothing else does',
  );

/** A place that carries a fact, where nothing is quoted. */
export const place = z.strictObject({
  source: z.string().min(1),
  section: z.coerce.string().min(1),
});

/** A part of a page of this site; the link test holds that it is there. */
export const placeOnSite = z.strictObject({
  page: z.enum(routes.map(({ id }) => id) as [PageId, ...PageId[]]),
  anchor: z.string().min(1),
});

export type Evidence = z.infer<typeof evidence>;
export type Place = z.infer<typeof place>;
