/**
 * As much of saved mail as is needed to find the TLS reports in it: the mails of a mailbox file
 * (RFC 4155), headers, multipart boundaries, base64 and quoted-printable (RFC 2045, RFC 2046). No
 * signature is checked, so the page must say that the sender of the report is not proved (RFC 8460 §5.3
 * asks for DKIM).
 */
import { parametersOf } from './mail-parameters.ts';

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

/** Names are shown; no file system takes a longer one. */
const fileNameCharactersMost = 255;

const toText = (octets: Uint8Array): string => {
  let text = '';
  for (let at = 0; at < octets.length; at += 8192)
    text += String.fromCharCode(...octets.subarray(at, at + 8192));
  return text;
};
const toOctets = (text: string): Uint8Array =>
  Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);

const byteOrderMark = /^\xef\xbb\xbf/;
const blankLines = '(?:[ \\t]*\\r?\\n)*';
const beginning = new RegExp(`^${blankLines}(?:From [^\\n]*\\n${blankLines})?[A-Za-z0-9-]+:`);

/** Begins with header fields, one of them known from mail; blank lines before it do not hide a mail. */
export function looksLikeMail(octets: Uint8Array): boolean {
  const head = toText(octets.subarray(0, 16_384)).replace(byteOrderMark, '');
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
 * One character for each octet.
 */
export function mailsOf(octets: Uint8Array): readonly string[] {
  const text = toText(octets).replace(byteOrderMark, '');
  const starts = [...text.matchAll(/^From [^\r\n]*\r?\n/gm)].filter(({ 0: line, index }) => {
    const isApart = index === 0 || /\n\r?\n$/.test(text.slice(Math.max(0, index - 3), index));
    const isDated = /\d:\d\d\b[^]*\b\d{4}\b/.test(line.slice(0, 200));
    const behind = index + line.length;
    const isBefore = /^(?:[!-9;-~]{1,80}:|>From )/.test(text.slice(behind, behind + 90));
    return Number(isApart) + Number(isDated) + Number(isBefore) >= 2;
  });
  const isMailbox = starts.length > 0 && text.slice(0, starts[0]?.index).trim() === '';
  if (!isMailbox) return [text];
  return starts.map(({ 0: line, index }, place) =>
    text
      .slice(index + line.length, starts[place + 1]?.index)
      // What the mailbox file quoted (RFC 4155 names no one way; this undoes all of them).
      .replace(/^>(?=>*From )/gm, ''),
  );
}

/** Why header fields or boundaries of a mail may not be seen as such. */
export function shapeFault(mail: string): 'blank-first-line' | 'bare-cr' | undefined {
  if (/^[ \t]*\r?\n/.test(mail)) return 'blank-first-line';
  const isBare = (mail.match(/\r(?!\n)/g) ?? []).length > (mail.match(/\n/g) ?? []).length;
  return isBare ? 'bare-cr' : undefined;
}

/** All parts that hold something, in order; a mail inside a mail is one part. */
export const partsOf = (mail: string): readonly MailPart[] => partsWithin(mail, 0, 'text/plain');

function partsWithin(text: string, depth: number, typeElse: string): readonly MailPart[] {
  const [head, body] = headAndBody(text);
  const header = headersOf(head);
  const typeField = header('content-type');
  const type = (typeField.split(';')[0] ?? '').trim().toLowerCase() || typeElse;
  const parameters = parametersOf(typeField);
  if (type.startsWith('multipart/') && depth < depthMost) {
    const boundary = parameters.get('boundary');
    if (boundary === undefined) return [];
    const inner = type === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
    return between(body, boundary).flatMap((part) => partsWithin(part, depth + 1, inner));
  }
  const disposition = header('content-disposition');
  const named = parametersOf(disposition).get('filename') ?? parameters.get('name');
  const fileName = named === '' ? undefined : named?.slice(0, fileNameCharactersMost);
  const octets = decoded(body, header('content-transfer-encoding').trim().toLowerCase());
  const isReport =
    type.startsWith('application/tlsrpt') ||
    /\.json(?:\.gz)?$/i.test(fileName ?? '') ||
    /^application\/(?:json|gzip|x-gzip)$/.test(type);
  const isAttachment =
    fileName !== undefined ||
    /^(?:multipart\/|message\/(?:rfc822|global)$)/.test(type) ||
    /^\s*attachment\b/i.test(disposition);
  return [
    {
      ...{ type, isReport, isAttachment },
      ...(octets !== undefined && { octets }),
      ...(fileName !== undefined && { fileName }),
    },
  ];
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

/** Folded lines belong together (RFC 5322 §2.2.3); the first field of a name counts. */
function headersOf(head: string): (name: string) => string {
  const fields = head.replace(/\r?\n(?=[ \t])/g, '').split(/\r?\n/);
  return (name) => {
    const field = fields.find((line) => line.toLowerCase().startsWith(`${name}:`));
    return field === undefined ? '' : field.slice(name.length + 1);
  };
}

function between(body: string, boundary: string): readonly string[] {
  const parts: string[] = [];
  let current: string[] | undefined;
  for (const line of body.split('\n')) {
    const bare = line.trimEnd();
    const isEnd = bare === `--${boundary}--`;
    if (bare !== `--${boundary}` && !isEnd) {
      current?.push(line);
      continue;
    }
    // The line end before a boundary belongs to the boundary (RFC 2046 §5.1.1).
    if (current !== undefined) parts.push(current.join('\n').replace(/\r$/, ''));
    if (isEnd) return parts;
    current = [];
  }
  if (current !== undefined) parts.push(current.join('\n'));
  return parts;
}

function decoded(body: string, encoding: string): Uint8Array | undefined {
  if (encoding === 'base64') {
    try {
      return toOctets(atob(body.replace(/[^A-Za-z0-9+/=]/g, '')));
    } catch {
      return undefined;
    }
  }
  if (encoding !== 'quoted-printable') return toOctets(body);
  return toOctets(
    body
      // Blanks before the "=" are text, those behind it are padding (RFC 2045 §6.7).
      .replace(/=[ \t]*\r?\n/g, '')
      .replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      ),
  );
}
