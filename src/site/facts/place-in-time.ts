/** Where a date stands on an axis: a day at its start, a month or a year in its middle. */
export function middleOf(date: string): Date {
  const [year = 0, month, day] = date.split('-').map(Number);
  if (month === undefined) return new Date(Date.UTC(year, 6, 1));
  return new Date(Date.UTC(year, month - 1, day ?? 15));
}
