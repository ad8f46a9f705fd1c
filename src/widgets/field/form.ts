/** A form of a tool, as its fields see it. */
import type { Line } from '../../view/messages/line.ts';
import type { Say } from '../../view/messages/say.ts';

export interface Form<Field extends string = string> {
  readonly id: string;
  readonly say: Say;
  /** What is wrong with a field, as of the last press. */
  readonly faults: Readonly<Partial<Record<Field, readonly Line[]>>>;
}
