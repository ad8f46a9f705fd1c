/**
 * Reads a text from left to right and marks who owns what. Every parser of text records uses it, so
 * "every character is owned exactly once" holds by construction.
 *
 * This room is what the parsers of records share.
 *
 * The threat: a text that two readers take differently, so that one applies a policy and the other
 * none; and a text made to be slow.
 * Implements: RFC 5234 Appendix B.1, RFC 3986 Appendix A, RFC 3492, RFC 3629 §4, `Domain` of RFC
 * 5321 §4.1.2, and the record grammar of RFC 8461 §3.1 and RFC 8460 §3.
 * Left out: what a text means; validity of internationalised labels (RFC 5892).
 */
import type { Mark, Span } from '../parsed.ts';
import type { Citation } from '../cite.ts';

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

  /** How far characters of one class reach from here. */
  reach(belongs: (character: string | undefined) => boolean): number {
    let end = this.offset;
    while (end < this.text.length && belongs(this.text[end])) end += 1;
    return end;
  }

  /** Takes the text up to `end`, marks it and returns it; an empty stretch leaves no mark. */
  take(end: number, part: Part, clause: Citation): string {
    const at: Span = { start: this.offset, end };
    const taken = this.text.slice(at.start, at.end);
    if (taken !== '') this.marks.push({ part, at, clause });
    this.offset = end;
    return taken;
  }

  /** Marks all that is left, so that no character stays without an owner. */
  rest(part: Part, clause: Citation): void {
    this.take(this.text.length, part, clause);
  }
}
