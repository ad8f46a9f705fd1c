/** A whole list at once, as the page reads it line by line. */
import { linesOf, listReader, type ListReading } from '../src/core/check/list-input.ts';

export function readList(text: string): ListReading {
  const reader = listReader();
  for (const line of linesOf(text)) reader.take(line);
  return reader.reading();
}
