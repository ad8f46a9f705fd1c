/** A form of a tool, as its fields see it. */
import { createContext } from 'svelte';
import type { Line } from '../../view/messages/line.ts';
import type { Say } from '../../view/messages/say.ts';

export interface Form {
  readonly id: string;
  readonly say: Say;
  /** What is wrong with a field, as of the last press. */
  readonly faults: Readonly<Partial<Record<string, readonly Line[]>>>;
}

export const [formOf, setForm] = createContext<Form>();
