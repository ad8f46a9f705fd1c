/**
 * What we advise to publish, read back by our own parsers before it is shown. A line that we would
 * refuse ourselves must never reach a zone: a broken TLSA record or policy stops mail.
 */
import { parseTlsa } from '../dane/tlsa.ts';
import { judgeTlsa } from '../dane/usable.ts';
import { parseStsPolicy } from '../mta-sts/policy.ts';
import { parseStsRecord } from '../mta-sts/record.ts';
import { parseTlsRptRecord } from '../tls-rpt/record.ts';
import { parseTxtData, type ZoneLine } from './plan.ts';

/** Which sentence tells it: `situation.<room>.<situation>` in the messages. */
export interface ReadBackFault {
  readonly room: 'dane' | 'mta-sts' | 'tls-rpt';
  readonly situation: string;
}

export type ReadBack =
  | {
      readonly ok: true;
      readonly line: ZoneLine;
      /** What goes into the one field of a web form: text without quotes, or the four TLSA fields. */
      readonly plain: string;
    }
  | { readonly ok: false; readonly faults: readonly ReadBackFault[] };

const shape = /^(\S+)\. (\d+) IN (TLSA|TXT|CNAME) (.+)$/;

type Problems = readonly { readonly code: string; readonly situation?: string }[];
const faultsOf = (room: ReadBackFault['room'], problems: Problems): readonly ReadBackFault[] =>
  problems.map(({ code, situation = code }) => ({ room, situation }));

/** Reads one zone line of ours; it must say what its own parser accepts, without a warning. */
export function readBackLine(text: string): ReadBack {
  const [, owner = '', ttl = '', type = '', data = ''] = shape.exec(text) ?? [];
  const line: ZoneLine = { owner, ttlSeconds: Number(ttl), type: type as ZoneLine['type'], data };
  if (type === 'TLSA') {
    const read = parseTlsa(data);
    if (!read.ok) return { ok: false, faults: faultsOf('dane', read.problems) };
    const judged = judgeTlsa(read.value);
    if (!judged.usable) return { ok: false, faults: [{ room: 'dane', situation: judged.reason }] };
    return { ok: true, line, plain: data };
  }
  const strings = type === 'TXT' ? parseTxtData(data) : undefined;
  const room = owner.startsWith('_smtp._tls.') ? 'tls-rpt' : 'mta-sts';
  if (strings === undefined) return { ok: false, faults: [{ room, situation: 'no-record' }] };
  const read = room === 'tls-rpt' ? parseTlsRptRecord([strings]) : parseStsRecord([strings]);
  if (!read.ok) return { ok: false, faults: faultsOf(room, read.problems) };
  if (read.warnings.length > 0) return { ok: false, faults: faultsOf(room, read.warnings) };
  return { ok: true, line, plain: strings.join('') };
}

/** Faults of a policy file of ours; none where every reader agrees on it. */
export function readBackPolicy(file: string): readonly ReadBackFault[] {
  const read = parseStsPolicy(file);
  return faultsOf('mta-sts', read.ok ? read.warnings : read.problems);
}
