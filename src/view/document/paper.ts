/** A paper for a meeting file, as data: written as OpenDocument (`odt.ts`) or as a page (`html.ts`), with one text. */
import type { Drawing } from '../drawing/drawing.ts';
import type { Lang } from '../messages/lang.ts';

export type Block =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** The first cell of a row is its head; a cell is one or more paragraphs. */
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly (readonly string[])[])[];
      /** How wide the columns are, as parts of the whole. */
      readonly widths: readonly number[];
    }
  | { readonly kind: 'picture'; readonly drawing: Drawing };

export interface Paper {
  readonly lang: Lang;
  readonly title: string;
  /** ISO 8601. */
  readonly made: string;
  readonly blocks: readonly Block[];
}
