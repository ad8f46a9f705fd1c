/**
 * How postfix-mta-sts-resolver 1.1 reads record and policy, as far as it differs from RFC 8461.
 * Written from its observed behaviour (see `content/profiles/postfix-policy-daemon-1.1.yaml`):
 * the prefix is tested without ";", fields are trimmed, the last of a repeated field counts, and
 * neither the id nor the mx patterns are validated.
 */
import { joinStrings, type TxtStrings } from '../grammar/versioned-record.ts';
import { nameKey } from '../grammar/idn.ts';
import { nameFits } from '../pkix/certificate.ts';
import { isStsMode, maxAgeMostSeconds, type FetchedStsPolicy } from './memory.ts';

/** The id that counts, or undefined where it takes the answer as "no record". */
export function looseRecordId(records: readonly TxtStrings[]): string | undefined {
  const texts = records
    .map(joinStrings)
    .filter((text) => isAscii(text) && text.startsWith('v=STSv1'));
  const [text] = texts;
  if (text === undefined || texts.length !== 1) return undefined;
  const fields = new Map<string, string>();
  for (const part of text.split(';')) {
    const field = part.trim();
    if (field === '') continue;
    const equals = field.indexOf('=');
    if (equals < 0) fields.set(field, '');
    else fields.set(field.slice(0, equals), field.slice(equals + 1));
  }
  return fields.get('v') === 'STSv1' ? fields.get('id') : undefined;
}

/** Octets above which it stops reading. */
const bodyOctetsMost = 65_536;

/** Character sets by which it can read a policy; without one it takes the body for ASCII. */
const characterSets = /^(?:utf-?8|us-ascii|ascii|iso-?8859-\d+|latin-?1|windows-125\d)$/i;

function isReadable(body: string, contentType: string): boolean {
  if (body.length > bodyOctetsMost) return false;
  const [, charset] = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(contentType) ?? [];
  if (charset === undefined) return isAscii(body);
  return characterSets.test(charset) && (!/ascii/i.test(charset) || isAscii(body));
}

/** The policy it would apply, or undefined where it refuses the file. Status and type are checked before. */
export function loosePolicy(body: string, contentType: string): FetchedStsPolicy | undefined {
  if (!isReadable(body, contentType)) return undefined;
  const mx: string[] = [];
  const fields = new Map<string, string>();
  for (const line of body.split(/\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/)) {
    const text = line.trimEnd();
    const colon = text.indexOf(':');
    const key = colon < 0 ? text : text.slice(0, colon);
    const value = colon < 0 ? '' : text.slice(colon + 1).trimStart();
    if (key === 'mx') mx.push(value);
    else fields.set(key, value);
  }
  const age = (fields.get('max_age') ?? '').trim();
  // Python's int(): a sign and single underscores between digits are allowed, and 4300 digits at most.
  const isInteger =
    age.length <= 4300 &&
    age
      .replace(/^[+-]/, '')
      .split('_')
      .every((digits) => /^[0-9]+$/.test(digits));
  const maxAgeSeconds = isInteger ? Number(age.replaceAll('_', '')) : Number.NaN;
  const mode = fields.get('mode');
  if (fields.get('version') !== 'STSv1' || !isStsMode(mode)) return undefined;
  if (!(maxAgeSeconds >= 0 && maxAgeSeconds <= maxAgeMostSeconds)) return undefined;
  if (mode !== 'none' && mx.length === 0) return undefined;
  return { mode, maxAgeSeconds, mx };
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) if (text.charCodeAt(at) > 0x7f) return false;
  return true;
}

/**
 * The names that Postfix then looks for in the certificate: the patterns without their "*", one
 * that begins with "." standing for any name under it, at any depth.
 */
export const looseMatchList = (mx: readonly string[]): readonly string[] =>
  mx.flatMap((pattern) => pattern.replace(/^\*+/, '').split(':'));

/** Postfix refuses its own configuration where the list is empty or holds a blank or a comma. */
export const isUsableMatchList = (list: readonly string[]): boolean =>
  list.some((entry) => entry !== '') && !list.some((entry) => /[\s,]/.test(entry));

/** Does one entry of the list cover one name of a certificate (which may be a wildcard itself)? */
export function looseEntryCovers(entry: string, certificateName: string): boolean {
  if (!entry.startsWith('.')) return nameFits(certificateName, entry);
  return nameKey(certificateName).endsWith(nameKey(entry));
}
