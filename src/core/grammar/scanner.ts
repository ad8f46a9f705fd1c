/**
 * Reads a text from left to right and marks who owns what. Every parser of text records uses it,
 * so "every character is owned exactly once" holds by construction.
 */
import type { Mark } from '../annotated.ts';
import type { Citation } from '../cite.ts';
import type { Span } from '../parsed.ts';

export class Scanner<Part extends string> {
  readonly text: string;
  readonly marks: Mark<Part>[] = [];
  private offset = 0;

  constructor(text: string) {
    this.text = text;
  }

  get position(): number {
    return this.offset;
  }

  get atEnd(): boolean {
    return this.offset >= this.text.length;
  }

  get next(): string | undefined {
    return this.text[this.offset];
  }

  /** How far characters of one class reach from here. */
  reach(belongs: (character: string | undefined) => boolean, most = Infinity): number {
    let end = this.offset;
    while (end < this.text.length && end - this.offset < most && belongs(this.text[end])) end += 1;
    return end;
  }

  startsWith(literal: string): boolean {
    return this.text.startsWith(literal, this.offset);
  }

  /** Takes the text up to `end`, marks it and returns it; an empty stretch leaves no mark. */
  take(end: number, part: Part, clause: Citation): string {
    const at: Span = { start: this.offset, end };
    const taken = this.text.slice(at.start, at.end);
    if (taken !== '') this.marks.push({ part, at, clause });
    this.offset = end;
    return taken;
  }

  /** Takes characters of one class. */
  takeWhile(
    belongs: (character: string | undefined) => boolean,
    part: Part,
    clause: Citation,
  ): string {
    return this.take(this.reach(belongs), part, clause);
  }

  /** Marks all that is left, so that no character stays without an owner. */
  rest(part: Part, clause: Citation): void {
    this.take(this.text.length, part, clause);
  }
}
