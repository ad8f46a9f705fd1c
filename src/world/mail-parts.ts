/**
 * As much of a saved mail as is needed to find the TLS report in it: headers, multipart
 * boundaries, base64 and quoted-printable (RFC 2045, RFC 2046). No signature is checked, so the
 * page must say that the sender of the report is not proved (RFC 8460 §5.3 asks for DKIM).
 */
export interface MailPart {
  readonly type: string;
  readonly fileName?: string;
  readonly octets: Uint8Array;
  /** Its type or its name says that it is a TLS report. */
  readonly isReport: boolean;
}

/** Mail inside mail inside mail has an end. */
const depthMost = 8;

const toText = (octets: Uint8Array): string => {
  let text = '';
  for (let at = 0; at < octets.length; at += 8192)
    text += String.fromCharCode(...octets.subarray(at, at + 8192));
  return text;
};
const toOctets = (text: string): Uint8Array =>
  Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);

/** Begins with header fields, one of them known from mail. */
export function looksLikeMail(octets: Uint8Array): boolean {
  const head = toText(octets.subarray(0, 16_384));
  return (
    /^(?:From [^\n]*\n)?[A-Za-z0-9-]+:/.test(head) &&
    /^(?:from|to|received|subject|mime-version|content-type|return-path|delivered-to|date|message-id|tls-report-domain):/im.test(
      head,
    )
  );
}

export const attachmentsOf = (octets: Uint8Array): readonly MailPart[] =>
  partsOf(toText(octets), 0);

function partsOf(text: string, depth: number): readonly MailPart[] {
  const [head, body] = headAndBody(text);
  const header = headersOf(head);
  const type = header('content-type');
  const mediaType = (type.split(';')[0] ?? '').trim().toLowerCase() || 'text/plain';
  if (mediaType.startsWith('multipart/') && depth < depthMost) {
    const boundary = parameter(type, 'boundary');
    if (boundary === undefined) return [];
    return between(body, boundary).flatMap((part) => partsOf(part, depth + 1));
  }
  if (mediaType === 'message/rfc822' && depth < depthMost) return partsOf(body, depth + 1);
  const disposition = header('content-disposition');
  const fileName = parameter(disposition, 'filename') ?? parameter(type, 'name');
  const octets = decoded(body, header('content-transfer-encoding').trim().toLowerCase());
  const isReport =
    mediaType.startsWith('application/tlsrpt') ||
    /\.json(?:\.gz)?$/i.test(fileName ?? '') ||
    /^application\/(?:json|gzip|x-gzip)$/.test(mediaType);
  return [{ type: mediaType, octets, isReport, ...(fileName !== undefined && { fileName }) }];
}

/** Cut at the first empty line; a text without one has neither. */
function headAndBody(text: string): readonly [head: string, body: string] {
  for (let feed = text.indexOf('\n'); feed >= 0; feed = text.indexOf('\n', feed + 1)) {
    const next = text[feed + 1] === '\r' ? feed + 2 : feed + 1;
    if (text[next] !== '\n') continue;
    return [text.slice(0, text[feed - 1] === '\r' ? feed - 1 : feed), text.slice(next + 1)];
  }
  return ['', ''];
}

/** Folded lines belong together (RFC 5322 §2.2.3); the first field of a name counts. */
function headersOf(head: string): (name: string) => string {
  const fields = head.replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  return (name) => {
    const field = fields.find((line) => line.toLowerCase().startsWith(`${name}:`));
    return field === undefined ? '' : field.slice(name.length + 1);
  };
}

function parameter(field: string, name: string): string | undefined {
  const found = new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^;\\s]+))`, 'i').exec(field);
  return found?.[1] ?? found?.[2];
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
    if (current !== undefined) parts.push(current.join('\n'));
    if (isEnd) return parts;
    current = [];
  }
  if (current !== undefined) parts.push(current.join('\n'));
  return parts;
}

function decoded(body: string, encoding: string): Uint8Array {
  if (encoding === 'base64') {
    try {
      return toOctets(atob(body.replace(/[^A-Za-z0-9+/=]/g, '')));
    } catch {
      return new Uint8Array(0);
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
