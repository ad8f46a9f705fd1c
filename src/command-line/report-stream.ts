/**
 * A TLS report too large to be held whole, read as it streams by: the failure details one by one, all the
 * rest as one small text. The most frequent details are kept; of the others only how many sessions each
 * result type has, so that every sum stays right. Memory does not grow with the file.
 */
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { ReportFound } from '../core/tls-rpt/batch.ts';
import {
  parseFailureDetail,
  parseTlsReport,
  type FailureDetail,
  type TlsReport,
} from '../core/tls-rpt/report.ts';
import { reportOctetsMost } from '../world/files/report-file.ts';

/** Unpacked, of one report; reading it takes some ten seconds. */
const streamedOctetsMost = 1024 * 1024 * 1024;
const detailOctetsMost = 64 * 1024;
/** As many as are shown, in JSON. */
const detailsKept = 10_000;

const octet = (character: string): number => character.charCodeAt(0);
const [quote, backslash, colon, comma] = ['"', '\\', ':', ','].map(octet) as [
  number,
  number,
  number,
  number,
];
const opens: readonly number[] = ['{', '['].map(octet);
const closes: readonly number[] = ['}', ']'].map(octet);

/** Why a report is not read, as a situation of `readReportFile`. */
class Unreadable extends Error {}

/** The details of one policy: the most frequent ones, and the others added up. */
class Details {
  #kept: FailureDetail[] = [];
  readonly #others = new Map<string | null, number>();
  merged = 0;

  add(detail: FailureDetail): void {
    this.#kept.push(detail);
    if (this.#kept.length >= 2 * detailsKept) this.#merge();
  }

  #merge(): void {
    this.#kept.sort((one, other) => (other.failedSessions ?? -1) - (one.failedSessions ?? -1));
    for (const { resultType, failedSessions } of this.#kept.splice(detailsKept)) {
      this.merged += 1;
      this.#others.set(resultType, (this.#others.get(resultType) ?? 0) + (failedSessions ?? 0));
    }
  }

  all(): readonly FailureDetail[] {
    if (this.#kept.length > detailsKept) this.#merge();
    const others = [...this.#others].map(([resultType, failedSessions]) => ({
      resultType,
      failedSessions,
    }));
    return [...this.#kept, ...others];
  }
}

interface Container {
  readonly isArray: boolean;
  /** The member of an object that is being read, or the place in an array. */
  key: string;
  index: number;
}

/** Cuts the details out of a report as its octets come. */
class Cutter {
  readonly #stack: Container[] = [];
  readonly #rest: Buffer[] = [];
  #restLength = 0;
  #detail: Buffer[] = [];
  #detailLength = 0;
  #isInString = false;
  #isEscaped = false;
  /** Octets of the string that is being read, while it may be a key. */
  #string: number[] = [];
  /** The last string that ended: a key, if a colon follows. */
  #lastString = '';
  readonly details = new Map<number, Details>();
  readonly faults = new Map<string, string>();

  /** The policy whose details are being read; undefined elsewhere. */
  get #policy(): number | undefined {
    const [report, policies, policy] = this.#stack;
    return this.#stack.length >= 4 &&
      report?.key === 'policies' &&
      policies?.isArray === true &&
      policy?.key === 'failure-details' &&
      this.#stack[3]?.isArray === true
      ? policies.index
      : undefined;
  }

  take(chunk: Buffer): void {
    let from = 0;
    const flush = (to: number, isDetail: boolean) => {
      if (to <= from) return;
      // What stays is copied: the rest of the chunk must not live as long as a small part of it.
      const part = isDetail ? chunk.subarray(from, to) : Buffer.from(chunk.subarray(from, to));
      from = to;
      if (isDetail) {
        this.#detail.push(part);
        this.#detailLength += part.length;
        if (this.#detailLength > detailOctetsMost) throw new Unreadable('too-large');
      } else {
        this.#rest.push(part);
        this.#restLength += part.length;
        if (this.#restLength > reportOctetsMost) throw new Unreadable('too-large');
      }
    };
    for (let at = 0; at < chunk.length; at += 1) {
      const code = chunk[at]!;
      if (this.#isInString) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (code === backslash) this.#isEscaped = true;
        else if (code === quote) {
          this.#isInString = false;
          this.#lastString = String.fromCharCode(...this.#string);
          continue;
        }
        if (this.#string.length < 64) this.#string.push(code);
        continue;
      }
      if (code === quote) {
        this.#isInString = true;
        this.#string = [];
      } else if (opens.includes(code)) {
        this.#stack.push({ isArray: code === opens[1], key: '', index: 0 });
        if (this.#stack.length > 64) throw new Unreadable('not-a-report');
        if (this.#policy !== undefined && this.#stack.length === 4) flush(at + 1, false);
      } else if (closes.includes(code)) {
        if (this.#policy !== undefined && this.#stack.length === 4) {
          flush(at, true);
          this.#endDetail(this.#policy);
        }
        this.#stack.pop();
      } else if (code === colon) {
        const top = this.#stack.at(-1);
        if (top !== undefined) top.key = this.#lastString;
      } else if (code === comma) {
        if (this.#policy !== undefined && this.#stack.length === 4) {
          flush(at, true);
          this.#endDetail(this.#policy);
          from = at + 1;
        }
        const top = this.#stack.at(-1);
        if (top !== undefined) top.index += 1;
      }
    }
    flush(chunk.length, this.#policy !== undefined);
  }

  #endDetail(policy: number): void {
    const text = textOf(this.#detail);
    this.#detail = [];
    this.#detailLength = 0;
    if (text.trim() === '') return;
    const read = parseFailureDetail(
      text,
      `policies[${policy}].failure-details[${this.#stack[3]?.index ?? 0}]`,
    );
    if (!read.ok) throw new Unreadable(read.problems[0]?.situation ?? 'not-a-report');
    for (const { code, found = '' } of read.warnings)
      if (!this.faults.has(code)) this.faults.set(code, found);
    const details = this.details.get(policy) ?? new Details();
    this.details.set(policy, details);
    details.add(read.value);
  }

  rest(): string {
    return textOf(this.#rest);
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function textOf(parts: readonly Buffer[]): string {
  const [only] = parts;
  try {
    return utf8.decode(parts.length === 1 ? only : Buffer.concat(parts));
  } catch {
    throw new Unreadable('json');
  }
}

/** Reads a large file that holds one report, packed or not. */
export async function streamReport(path: string, isPacked: boolean): Promise<ReportFound> {
  const place = [path];
  const unread = (situation: string): ReportFound => ({
    ...{ ok: false, place, isAside: false, code: situation, situation, part: '' },
  });
  const cutter = new Cutter();
  let octets = 0;
  try {
    const file = createReadStream(path, { highWaterMark: 256 * 1024 });
    const stream = isPacked ? file.pipe(createGunzip()) : file;
    file.once('error', (error) => stream.destroy(error));
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      if (octets === 0 && !/^\ufeff?\s*\{/.test(chunk.subarray(0, 64).toString('utf8'))) {
        file.destroy();
        return unread(isPacked ? 'too-large' : 'file-too-large');
      }
      octets += chunk.length;
      if (octets > streamedOctetsMost) throw new Unreadable('too-large');
      cutter.take(chunk);
    }
    return put(cutter, path);
  } catch (error) {
    if (error instanceof Unreadable) return unread(error.message);
    if ((error as NodeJS.ErrnoException).code?.startsWith('Z_') === true) return unread('gzip');
    throw error;
  }
}

/** The report with its details back in place. */
function put(cutter: Cutter, path: string): ReportFound {
  const read = parseTlsReport(cutter.rest());
  const place = [path];
  if (!read.ok) {
    const [{ code, situation = code, found: part = '' } = { code: 'json' as const }] =
      read.problems;
    return { ok: false, place, isAside: false, code, situation, part };
  }
  const merged = [...cutter.details.values()].reduce((sum, each) => sum + each.merged, 0);
  const policies = read.value.policies.map((policy, index) => ({
    ...policy,
    failures: cutter.details.get(index)?.all() ?? [],
  }));
  const report: TlsReport = { ...read.value, policies };
  const remarks = [
    ...read.warnings.map(({ code, found = '' }) => ({ situation: code, part: found })),
    ...[...cutter.faults].map(([situation, part]) => ({ situation, part })),
    ...(merged > 0 ? [{ situation: 'details-merged', part: String(merged) }] : []),
  ];
  return { ok: true, place, report, remarks };
}
