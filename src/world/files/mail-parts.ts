/**
 * As much of saved mail as is needed to find the TLS reports in it: the mails of a mailbox file
 * (RFC 4155), headers, multipart boundaries, base64 and quoted-printable (RFC 2045, RFC 2046). No
 * signature is checked, so the page must say that the sender of the report is not proved (RFC 8460 §5.3
 * asks for DKIM).
 */
import { octetsToText, textToOctets } from '../../core/grammar/octets.ts';
import { base64Octets } from './base64.ts';
import { parametersOf, withoutComments } from './mail-parameters.ts';

export interface MailPart {
  readonly type: string;
  readonly fileName?: string;
  /** Undefined where the coding of the part is damaged. */
  readonly octets?: Uint8Array;
  /** Its type or its name says that it is a TLS report. */
  readonly isReport: boolean;
  /** Meant to be kept as a file, as mail programs see it. */
  readonly isAttachment: boolean;
}

/** Parts inside parts inside parts have an end. */
const depthMost = 8;

/** Mails of a file, and parts of a mail. No mailbox that people keep has more; more is memory only. */
export const entriesMost = 10_000;

/** RFC 2046 §5.1.1 allows 70. */
const boundaryCharactersMost = 200;

/** Names are shown; no file system takes a longer one. */
const fileNameCharactersMost = 255;

const byteOrderMark = /^\xef\xbb\xbf/;
const blankLines = '(?:[ \\t]*\\r?\\n)*';
const beginning = new RegExp(`^${blankLines}(?:From [^\\n]*\\n${blankLines})?[\\w.-]+:`);

/** Begins with header fields, one of them known from mail; blank lines before it do not hide a mail. */
export function looksLikeMail(octets: Uint8Array): boolean {
  const head = octetsToText(octets.subarray(0, 16_384)).replace(byteOrderMark, '');
  return (
    beginning.test(head) &&
    /^(?:from|to|received|subject|mime-version|content-type|return-path|delivered-to|date|message-id|tls-report-domain):/im.test(
      head,
    )
  );
}

/**
 * The mails of a file: one, or those of a mailbox. A line "From …" begins a mail where two of three hold:
 * an empty line before it, a date in it, a header field behind it; a text may hold such a line as well.
 * One character for each octet. Where there are more than `entriesMost`, one more holds all the others.
 */
export function mailsOf(octets: Uint8Array): readonly string[] {
  const text = octetsToText(octets).replace(byteOrderMark, '');
  const starts: { readonly index: number; readonly line: string }[] = [];
  for (const { 0: line, index } of text.matchAll(/^From [^\r\n]*\r?\n/gm)) {
    const isApart = index === 0 || /\n\r?\n$/.test(text.slice(Math.max(0, index - 3), index));
    const isDated = /\d:\d\d\b[^]*\b\d{4}\b/.test(line.slice(0, 200));
    const behind = index + line.length;
    const isBefore = /^(?:[!-9;-~]{1,80}:|>From )/.test(text.slice(behind, behind + 90));
    if (Number(isApart) + Number(isDated) + Number(isBefore) < 2) continue;
    starts.push({ index, line });
    if (starts.length > entriesMost) break;
  }
  const isMailbox = starts.length > 0 && text.slice(0, starts[0]?.index).trim() === '';
  if (!isMailbox) return [text];
  return starts.map(({ line, index }, place) =>
    text
      .slice(index + line.length, starts[place + 1]?.index)
      // What the mailbox file quoted (RFC 4155 names no one way; this undoes all of them).
      .replace(/^>(?=>*From )/gm, ''),
  );
}

/** Why header fields or boundaries of a mail may not be seen as such. */
export function shapeFault(mail: string): 'blank-first-line' | 'bare-cr' | undefined {
  if (/^[ \t]*\r?\n/.test(mail)) return 'blank-first-line';
  let [bare, feeds] = [0, 0];
  for (let at = mail.indexOf('\r'); at >= 0; at = mail.indexOf('\r', at + 1))
    if (mail[at + 1] !== '\n') bare += 1;
  for (let at = mail.indexOf('\n'); at >= 0; at = mail.indexOf('\n', at + 1)) feeds += 1;
  return bare > feeds ? 'bare-cr' : undefined;
}

/** All parts that hold something, in order, `entriesMost` and one; a mail inside a mail is one part. */
export function partsOf(mail: string): readonly MailPart[] {
  const parts: MailPart[] = [];
  collectParts(mail, 0, 'text/plain', parts);
  return parts;
}

function collectParts(text: string, depth: number, typeElse: string, parts: MailPart[]): void {
  const [head, body] = headAndBody(text);
  const header = headersOf(head);
  const typeField = header('content-type');
  const type = firstWord(typeField) || typeElse;
  const parameters = parametersOf(typeField);
  if (type.startsWith('multipart/') && depth < depthMost) {
    const boundary = parameters.get('boundary');
    if (boundary === undefined || boundary.length > boundaryCharactersMost) return;
    const inner = type === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
    for (const part of between(body, boundary)) {
      if (parts.length > entriesMost) return;
      collectParts(part, depth + 1, inner, parts);
    }
    return;
  }
  const disposition = header('content-disposition');
  const named = parametersOf(disposition).get('filename') ?? parameters.get('name');
  const fileName = named === '' ? undefined : named?.slice(0, fileNameCharactersMost);
  const octets = decoded(body, firstWord(header('content-transfer-encoding')));
  const isReport =
    type.startsWith('application/tlsrpt') ||
    /\.json(?:\.gz)?$/i.test(fileName ?? '') ||
    /^application\/(?:json|gzip|x-gzip)$/.test(type);
  const isAttachment =
    fileName !== undefined ||
    /^(?:multipart\/|message\/(?:rfc822|global)$)/.test(type) ||
    /^\s*attachment\b/i.test(disposition);
  parts.push({
    ...{ type, isReport, isAttachment },
    ...(octets !== undefined && { octets }),
    ...(fileName !== undefined && { fileName }),
  });
}

/** Cut at the first empty line; a text without one has neither. */
function headAndBody(text: string): readonly [head: string, body: string] {
  // A part may have no header fields at all (RFC 2046 §5.1).
  const blank = /^\r?\n/.exec(text);
  if (blank) return ['', text.slice(blank[0].length)];
  for (let feed = text.indexOf('\n'); feed >= 0; feed = text.indexOf('\n', feed + 1)) {
    const next = text[feed + 1] === '\r' ? feed + 2 : feed + 1;
    if (text[next] !== '\n') continue;
    return [text.slice(0, text[feed - 1] === '\r' ? feed - 1 : feed), text.slice(next + 1)];
  }
  return ['', ''];
}

/** Folded lines belong together (RFC 5322 §2.2.3); the first field of a name counts, without comments. */
function headersOf(head: string): (name: string) => string {
  const fields = head.replace(/\r?\n(?=[ \t])/g, '').split(/\r?\n/);
  return (name) => {
    const form = new RegExp(`^${name}[ \\t]*:`, 'i');
    const field = fields.find((line) => form.test(line));
    return field === undefined ? '' : withoutComments(field.slice(field.indexOf(':') + 1));
  };
}

/** Before parameters, in lower case. */
const firstWord = (field: string): string =>
  (/^\s*([^\s;(]*)/.exec(field)?.[1] ?? '').toLowerCase();

/** What stands between the lines of a boundary; behind the last one nothing counts (RFC 2046 §5.1.1). */
function* between(body: string, boundary: string): Generator<string> {
  const mark = `--${boundary}`;
  const text = `\n${body}`;
  let start: number | undefined;
  let at = text.indexOf(`\n${mark}`);
  for (; at >= 0; at = text.indexOf(`\n${mark}`, at + 1)) {
    const feed = text.indexOf('\n', at + 1);
    const end = feed < 0 ? text.length : feed;
    const line = text.slice(at + 1, end).trimEnd();
    if (line !== mark && line !== `${mark}--`) continue;
    // The line end before a boundary belongs to the boundary.
    if (start !== undefined) yield text.slice(start, at).replace(/\r$/, '');
    if (line !== mark) return;
    start = end + 1;
  }
  if (start !== undefined) yield text.slice(start);
}

function decoded(body: string, encoding: string): Uint8Array | undefined {
  if (encoding === 'base64') return base64Octets(body.replace(/[^A-Za-z0-9+/=]/g, ''));
  return encoding === 'quoted-printable' ? fromQuotedPrintable(body) : textToOctets(body);
}

/** Blanks before a "=" at the end of a line are text, those behind it are padding (RFC 2045 §6.7). */
function fromQuotedPrintable(body: string): Uint8Array {
  const form = /=(?:([0-9A-Fa-f]{2})|[ \t]*\r?\n)/y;
  const octets = new Uint8Array(body.length);
  let length = 0;
  for (let at = 0; at < body.length; length += 1) {
    form.lastIndex = at;
    const coded = body[at] === '=' ? form.exec(body) : null;
    const hex = coded?.[1];
    octets[length] = hex === undefined ? body.charCodeAt(at) : Number.parseInt(hex, 16);
    if (coded && hex === undefined) length -= 1;
    at += coded?.[0].length ?? 1;
  }
  return octets.subarray(0, length);
}
