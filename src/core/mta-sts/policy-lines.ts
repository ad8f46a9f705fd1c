/** Cuts a policy file into lines and each line into key, colon and value. RFC 8461 §3.2, the grammar. */
import { cite } from '../cite.ts';
import { beforeBlanks, isAlphanumeric, isBlank, isControl } from '../grammar/characters.ts';
import { Scanner } from '../grammar/scanner.ts';
import { isNameCharacter } from '../grammar/versioned-record.ts';
import type { ParseProblem, Span } from '../parsed.ts';
import { otherFile, ownKeys } from './near-miss.ts';

export type PolicyPart =
  'key' | 'extension-key' | 'colon' | 'value' | 'extension-value' | 'blank' | 'line-end' | 'unread';

export interface PolicyLine {
  readonly key: string;
  readonly value: string;
  readonly at: Span;
  readonly valueAt: Span;
}

const clause = cite('rfc8461', '3.2');
const keyCharacters = 32;
const longestGap = 8;

/** No line that begins behind it is read: everybody may refuse a policy of that size (RFC 8461 §3.3). */
const charactersRead = 65_536;

/** Neither control character (a tab inside a value is one) nor an octet that was not UTF-8. */
const isValueCharacter = (character: string): boolean =>
  !isControl(character) && character !== '\ufffd';

export class PolicyLines {
  readonly lines: PolicyLine[] = [];
  readonly problems: ParseProblem<'syntax'>[] = [];
  /** Keys of lines whose value cannot be read: told once, not also as missing. */
  readonly unreadKeys = new Set<string>();
  readonly warnings: ParseProblem<string>[] = [];
  /** More stands there than was read. */
  readonly isCut: boolean;
  private readonly scanner: Scanner<PolicyPart>;
  private sawBareLineFeed = false;

  constructor(text: string) {
    this.scanner = new Scanner<PolicyPart>(text);
    const other = otherFile(text);
    if (text === '') this.fail('empty-policy', 0, 0);
    // No policy at all: one sentence, not one for each of its lines.
    if (other !== undefined) this.fail(other, 0, 0);
    else if (text.startsWith('\ufeff')) {
      this.fail('byte-order-mark', 0, 1);
      this.scanner.take(1, 'unread', clause);
    }
    const readTo = other === undefined ? charactersRead : 0;
    while (!this.scanner.atEnd && this.scanner.position < readTo) this.line();
    this.isCut = !this.scanner.atEnd;
    this.scanner.rest('unread', clause);
    if (other === undefined && text !== '' && !text.endsWith('\n'))
      this.warnings.push({
        code: 'no-line-end-at-end',
        at: { start: text.length, end: text.length },
      });
  }

  get marks() {
    return this.scanner.marks;
  }

  private fail(situation: string, start: number, end: number): void {
    const found = this.scanner.text.slice(start, end);
    this.problems.push({ code: 'syntax', situation, at: { start, end }, found });
  }

  private line(): void {
    const { scanner } = this;
    const start = scanner.position;
    const feed = scanner.text.indexOf('\n', start);
    const afterEnd = feed < 0 ? scanner.text.length : feed;
    const isCrlf = feed > start && scanner.text[feed - 1] === '\r';
    this.content(start, isCrlf ? feed - 1 : afterEnd);
    if (feed < 0) return;
    scanner.take(feed + 1, 'line-end', clause);
    if (isCrlf || this.sawBareLineFeed) return;
    this.sawBareLineFeed = true;
    this.warnings.push({ code: 'bare-line-feed', at: { start: feed, end: feed + 1 } });
  }

  /** One line without its end: key, ":" with blanks after it, value, blanks. */
  private content(start: number, end: number): void {
    const { scanner } = this;
    const { text } = scanner;
    const keyEnd = Math.min(scanner.reach(isNameCharacter), end);
    const key = text.slice(start, keyEnd);
    const situation = this.keyFault(key, start, keyEnd, end);
    if (situation !== undefined) {
      // What was meant is clear, so it is not told as missing too.
      const near = text.slice(start, Math.min(end, start + longestGap + keyCharacters));
      const meant = key || /^[ \t]+([a-z_]+)/.exec(near)?.[1];
      if (meant !== undefined && ownKeys.some((own) => own === meant)) this.unreadKeys.add(meant);
      this.fail(situation, start, Math.max(end, start));
      scanner.take(end, 'unread', clause);
      return;
    }
    const isOwn = ownKeys.some((own) => own === key);
    scanner.take(keyEnd, isOwn ? 'key' : 'extension-key', clause);
    scanner.take(keyEnd + 1, 'colon', clause);
    scanner.take(Math.min(scanner.reach(isBlank), end), 'blank', clause);
    const valueStart = scanner.position;
    const valueEnd = beforeBlanks(text, valueStart, end);
    const value = scanner.take(valueEnd, isOwn ? 'value' : 'extension-value', clause);
    scanner.take(end, 'blank', clause);
    const valueAt = { start: valueStart, end: valueEnd };
    const offender = [...value].find((character) => !isValueCharacter(character));
    if (offender === '\t' && isOwn) {
      // A tab inside a known value is judged as a bad value of that key.
    } else if (offender !== undefined) {
      this.unreadKeys.add(key);
      const at = valueStart + value.indexOf(offender);
      this.fail(offender === '\r' ? 'bare-carriage-return' : 'control-character', at, at + 1);
      return;
    } else if (value === '' && !isOwn) {
      this.fail('empty-extension', start, end);
      return;
    }
    this.lines.push({ key, value, at: { start, end }, valueAt });
  }

  private keyFault(key: string, start: number, keyEnd: number, end: number): string | undefined {
    const { text } = this.scanner;
    if (start === end) return 'blank-line';
    if (isBlank(text[start])) return 'leading-blank';
    if (key !== '' && /^[ \t]*=/.test(text.slice(keyEnd, Math.min(end, keyEnd + longestGap))))
      return 'equals-for-colon';
    if (keyEnd >= end || text[keyEnd] !== ':')
      return isBlank(text[keyEnd]) &&
        key !== '' &&
        text.slice(keyEnd, end).trimStart().startsWith(':')
        ? 'blank-before-colon'
        : 'line-without-colon';
    if (key === '' || !isAlphanumeric(key[0]) || key.length > keyCharacters) return 'bad-key';
    return undefined;
  }
}
