/**
 * From a file to the TLS reports in it: plain JSON, gzip, saved mail with reports attached, or a mailbox
 * of such mails. Nothing is passed over in silence: whatever is no report comes back with the reason.
 * Nothing leaves the machine; decompression stops at a limit, because a few kilobytes can unpack to
 * gigabytes.
 */
import { octetsToText } from '../../core/grammar/octets.ts';
import { encodingOf } from './encoding.ts';
import type { ReportFound, ReportPlace } from '../../core/tls-rpt/batch.ts';
import { parseTlsReport } from '../../core/tls-rpt/report.ts';
import { jsonBefore } from '../../core/tls-rpt/report-json.ts';
import { isGzip, unpackGzip } from './gzip.ts';
import {
  entriesMost,
  looksLikeMail,
  mailsOf,
  partsOf,
  shapeFault,
  type MailPart,
} from './mail-parts.ts';

/** Octets of a report at most, unpacked. Our choice: real reports are kilobytes. */
export const reportOctetsMost = 16 * 1024 * 1024;
/** Octets of a file at most, and of all that is unpacked from one. A mailbox of years has less. */
export const reportFileOctetsMost = 32 * 1024 * 1024;

/** Mail inside mail inside mail has an end. */
const depthMost = 8;

type Format =
  'gzip' | 'mail' | 'text' | 'zip' | 'tar' | 'packed' | 'outlook' | 'pdf' | 'utf-16' | 'utf-32';

/** What files of other kinds begin with; they are named, not read. */
const beginnings: readonly (readonly [Format, string])[] = [
  ['zip', 'PK\x03\x04'],
  ['zip', 'PK\x05\x06'],
  ['packed', 'BZh'],
  ['packed', '\xfd7zXZ\0'],
  ['packed', '\x28\xb5\x2f\xfd'],
  ['packed', "7z\xbc\xaf'\x1c"],
  ['packed', 'Rar!\x1a'],
  ['packed', '\x1f\x9d'],
  ['packed', '\x78\x9c'],
  ['packed', '\x78\xda'],
  ['outlook', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'],
  ['pdf', '%PDF-'],
];

function formatOf(octets: Uint8Array): Format {
  if (isGzip(octets)) return 'gzip';
  const head = octetsToText(octets.subarray(0, 8));
  const known = beginnings.find(([, start]) => head.startsWith(start));
  if (known) return known[0];
  const encoding = encodingOf(octets);
  if (encoding !== 'utf-8') return encoding.startsWith('utf-32') ? 'utf-32' : 'utf-16';
  if (octetsToText(octets.subarray(257, 262)) === 'ustar') return 'tar';
  return looksLikeMail(octets) ? 'mail' : 'text';
}

/** Where something was found, and whether it says of itself that it is a report. */
interface Where {
  readonly place: ReportPlace;
  readonly isAside: boolean;
  readonly depth: number;
}

/**
 * Reads one file. Gives every report and whatever is none, in the order of the file; at least one.
 * Situations of what is not read (`situation.tls-rpt.<id>` in the messages): those of `parseTlsReport`;
 * `gzip`, `gzip-members`, `gzip-twice`, `too-large`, `all-too-large`, `file-too-large`; `base64`,
 * `no-report`, `blank-first-line`, `bare-cr`, `too-deep`, `too-many`; `json` (no UTF-8), `empty-file`, and the kinds
 * of files that are not read.
 */
export async function readReportFile(
  octets: Uint8Array,
  name: string,
  octetsMost = reportOctetsMost,
): Promise<readonly ReportFound[]> {
  const where: Where = { place: [name], isAside: false, depth: 0 };
  if (octets.length > reportFileOctetsMost) return [unread(where, 'file-too-large')];
  return new ReportReading(octetsMost).read(octets, where);
}

const unread = (
  { place, isAside }: Where,
  situation: string,
  part = '',
  code = situation,
): ReportFound => ({ ok: false, ...{ place, isAside, code, situation, part } });

/** Keeps count of what one file may still unpack to: many attachments can be many bombs. */
class ReportReading {
  readonly #octetsMost: number;
  #left = reportFileOctetsMost;
  /** Mails and parts that may still be looked into. */
  #entries = entriesMost;
  constructor(octetsMost: number) {
    this.#octetsMost = octetsMost;
  }

  async read(octets: Uint8Array, where: Where): Promise<readonly ReportFound[]> {
    if (octets.length === 0) return [unread(where, 'empty-file')];
    const format = formatOf(octets);
    if (format === 'mail') return this.#readMails(octets, where);
    if (octets.length > this.#octetsMost) return [unread(where, 'too-large')];
    if (format === 'gzip') return this.#readGzip(octets, where);
    return [format === 'text' ? readText(octets, where) : unread(where, format)];
  }

  #isFull(): boolean {
    this.#entries -= 1;
    return this.#entries < 0;
  }

  async #readGzip(octets: Uint8Array, where: Where): Promise<readonly ReportFound[]> {
    const most = Math.min(this.#octetsMost, this.#left);
    if (most === 0) return [unread(where, 'all-too-large')];
    const unpacked = await unpackGzip(octets, most);
    if (!unpacked.ok) {
      // What a bomb would have become counts, or a thousand of them would each be unpacked to the limit.
      if (unpacked.situation === 'too-large') this.#left -= most;
      const isAll = unpacked.situation === 'too-large' && most < this.#octetsMost;
      return [unread(where, isAll ? 'all-too-large' : unpacked.situation)];
    }
    this.#left -= unpacked.octets.length;
    if (isGzip(unpacked.octets)) return [unread(where, 'gzip-twice')];
    const found = await this.read(unpacked.octets, where);
    if (unpacked.trailingOctets === 0) return found;
    const remark = { situation: 'gzip-trailing', part: '' };
    return found.map((each) => (each.ok ? { ...each, remarks: [remark, ...each.remarks] } : each));
  }

  async #readMails(octets: Uint8Array, where: Where): Promise<readonly ReportFound[]> {
    if (where.depth === depthMost) return [unread(where, 'too-deep')];
    const mails = mailsOf(octets);
    const found: ReportFound[] = [];
    for (const [index, mail] of mails.entries()) {
      if (this.#isFull()) return [...found, unread({ ...where, isAside: false }, 'too-many')];
      const place = mails.length === 1 ? where.place : [...where.place, `#${index + 1}`];
      for (const each of await this.#readMail(mail, { ...where, place })) found.push(each);
    }
    return found;
  }

  /** A mail in which nothing is, or claims to be, a report is told as one. */
  async #readMail(mail: string, where: Where): Promise<readonly ReportFound[]> {
    const fault = shapeFault(mail);
    if (fault === 'blank-first-line') return [unread(where, fault)];
    const found: ReportFound[] = [];
    for (const part of partsOf(mail)) {
      if (this.#isFull()) return [...found, unread({ ...where, isAside: false }, 'too-many')];
      for (const each of await this.#readPart(part, where)) found.push(each);
    }
    if (found.every((each) => !each.ok && each.isAside))
      found.push(unread(where, fault ?? 'no-report'));
    return found;
  }

  async #readPart(part: MailPart, { place, depth }: Where): Promise<readonly ReportFound[]> {
    const { octets, isReport, isAttachment, fileName, type } = part;
    const where: Where = {
      place: [...place, fileName ?? type],
      isAside: !isReport,
      depth: depth + 1,
    };
    if (type.startsWith('multipart/')) return [unread(where, 'too-deep')];
    if (octets === undefined) return isAttachment || isReport ? [unread(where, 'base64')] : [];
    if (type.startsWith('message/') && isAttachment) return this.#readMails(octets, where);
    // The body of a mail is text for people, unless it is a report after all.
    if (isReport || isAttachment) return this.read(octets, where);
    if (!isGzip(octets) && !/^\s*\{/.test(octetsToText(octets.subarray(0, 64)))) return [];
    return (await this.read(octets, where)).filter(({ ok }) => ok);
  }
}

function readText(octets: Uint8Array, where: Where): ReportFound {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(octets);
  } catch {
    return unread(where, 'json');
  }
  const whole = parseTlsReport(text);
  // Behind the report in a mail stands what the mail is made of: a signature, a footer, a quoted line.
  const isFollowed = !whole.ok && whole.problems[0]?.situation === 'text-after-json';
  const json = isFollowed && where.depth > 0 ? jsonBefore(text) : undefined;
  const read = json === undefined ? whole : parseTlsReport(json);
  if (!read.ok) {
    const [{ code, situation = code, found = '' } = { code: 'json' as const }] = read.problems;
    return unread(where, situation, found, code);
  }
  const remarks = [
    ...(json === undefined ? [] : [{ situation: 'text-after-report', part: '' }]),
    ...read.warnings.map(({ code, found = '' }) => ({ situation: code, part: found })),
  ];
  return { ok: true, place: where.place, report: read.value, remarks };
}
