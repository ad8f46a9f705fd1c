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
