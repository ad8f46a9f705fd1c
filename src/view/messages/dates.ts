/** Dates as readers write them: "25 april 2016". Input is a calendar date, `2016-04-25`; no time zone. */
import { localeOf, type Lang } from './lang.ts';

export const formatDate = (date: string, lang: Lang): string =>
  new Intl.DateTimeFormat(localeOf[lang], {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${date}T00:00:00Z`));

/** A date as exact as it is known: "2016", "mei 2016" or "13 mei 2016". */
export function formatLooseDate(date: string, lang: Lang): string {
  const [year = '', month, day] = date.split('-');
  if (month === undefined) return year;
  if (day !== undefined) return formatDate(date, lang);
  return new Intl.DateTimeFormat(localeOf[lang], {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(new Date(`${date}-01T00:00:00Z`));
}

/** A moment to the minute, in UTC, which it names: "25 november 2026 om 09:00 UTC". */
export const formatMoment = (seconds: number, lang: Lang): string =>
  new Intl.DateTimeFormat(localeOf[lang], {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: 'UTC',
    timeZoneName: 'short',
  }).format(new Date(seconds * 1000));

/** The calendar day in UTC of a moment: `2026-11-25`. */
export const dayOf = (seconds: number): string =>
  new Date(seconds * 1000).toISOString().slice(0, 10);
