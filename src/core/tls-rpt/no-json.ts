/** What a text is that should have been the JSON of a report (RFC 8460 §4.4) and is none. */
import { parseJson } from '../grammar/json.ts';

export type NoJson =
  | 'not-json'
  | 'json-cut-off'
  | 'json-lines'
  | 'text-after-json'
  | 'json-fault'
  | 'html'
  | 'dmarc'
  | 'xml';

/** Enough to see what a text begins with. */
const headCharacters = 4096;

export function whyNoJson(text: string): NoJson {
  const head = text.slice(0, headCharacters).trimStart().toLowerCase();
  if (head.startsWith('<')) return kindOfMarkup(head);
  if (!/^[{[]/.test(head)) return 'not-json';
  const end = endOfFirst(text);
  if (end === undefined) return 'json-cut-off';
  if (parseJson(text.slice(0, end)) === undefined) return 'json-fault';
  return /^\s*[{[]/.test(text.slice(end, end + headCharacters)) ? 'json-lines' : 'text-after-json';
}

/** `feedback` is the root of a DMARC report (RFC 7489 Appendix C): the two come to one mailbox. */
function kindOfMarkup(head: string): NoJson {
  if (/<(?:!doctype\s+html|html|head|body)\b/.test(head)) return 'html';
  return /<feedback\b/.test(head) ? 'dmarc' : 'xml';
}

/** The object or list that a text begins with, where something else follows; undefined where there is none. */
export function jsonBefore(text: string): string | undefined {
  const end = /^\s*\{/.test(text) ? endOfFirst(text) : undefined;
  return end === undefined || text.slice(end).trim() === '' ? undefined : text.slice(0, end);
}

/** Where the first object or list closes; undefined where it never does. */
function endOfFirst(text: string): number | undefined {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (isInString) {
      if (character === '\\') at += 1;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return undefined;
}
