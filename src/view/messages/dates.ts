/** Dates as readers write them: "25 april 2016". Input is a calendar date, `2016-04-25`; no time zone. */
import { localeOf, type Lang } from './lang.ts';

export const formatDate = (date: string, lang: Lang): string =>
  written(`${date}T00:00:00Z`, lang, { day: 'numeric' });

/** Month and year of a moment, and what else of it is asked for. */
const written = (
  moment: string | number,
  lang: Lang,
  more: Intl.DateTimeFormatOptions = {},
): string =>
  new Intl.DateTimeFormat(localeOf[lang], {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
    ...more,
  }).format(new Date(moment));

/** A date as exact as it is known: "2016", "mei 2016" or "13 mei 2016". */
export function formatLooseDate(date: string, lang: Lang): string {
  const [year = '', month, day] = date.split('-');
  if (month === undefined) return year;
  return day === undefined ? written(`${date}-01T00:00:00Z`, lang) : formatDate(date, lang);
}

/** A moment to the minute, in UTC, which it names: "25 november 2026 om 09:00 UTC". */
export const formatMoment = (seconds: number, lang: Lang): string =>
  written(seconds * 1000, lang, {
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  });

/** The calendar day in UTC of a moment: `2026-11-25`. */
export const dayOf = (seconds: number): string =>
  new Date(seconds * 1000).toISOString().slice(0, 10);

/**
 * Nine in the morning, in UTC, of a day that a reader typed: `31-12-2026`, or as ISO 8601 writes it. Seconds;
 * NaN where it is no day.
 */
export function readDay(text: string): number {
  const [, year, month = '', day = ''] =
    /^\s*(\d{4})-(\d{1,2})-(\d{1,2})\s*$/.exec(
      text.replace(/^\s*(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\s*$/, '$3-$2-$1'),
    ) ?? [];
  if (year === undefined) return Number.NaN;
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const seconds = Date.parse(`${iso}T09:00:00Z`) / 1000;
  // A day that a month does not have runs over into the next.
  return Number.isNaN(seconds) || dayOf(seconds) !== iso ? Number.NaN : seconds;
}

/** A calendar date as a reader would type it: `31-12-2026`. */
export const writeDay = (date: string): string => date.split('-').reverse().join('-');
