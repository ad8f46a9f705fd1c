/** Records as the cases write them: rdata of forged answers, and lines of further records. */
import type { RrType } from '../../src/core/dns/record.ts';
import { typeFromNumber, typeNumbers } from '../../src/core/dns/type.ts';
import type { ForgedData, TlsaSubject, ZoneRecord } from '../../src/world/simulated/scenario.ts';
import { plainName } from './case.ts';

export const typeOf = (text: string): RrType | undefined => {
  const name = text.toUpperCase();
  if (Object.hasOwn(typeNumbers, name)) return name as RrType;
  const number = /^TYPE(\d+)$/.exec(name)?.[1];
  return number === undefined ? undefined : typeFromNumber(Number(number));
};

/** One character for one octet, as scenarios keep the texts of DNS. */
export const octetText = (text: string): string =>
  String.fromCharCode(...new TextEncoder().encode(text));

/** Character-strings in quotes, or one without; joined as readers join them. */
function stringsOf(rdata: string): string {
  const quoted = [...rdata.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) => text);
  const text = quoted.length > 0 ? quoted.join('') : rdata.trim();
  return text.replace(/\\(\d{3}|.)/g, (_all, code: string) =>
    /^\d{3}$/.test(code) ? String.fromCharCode(Number(code)) : code,
  );
}

/**
 * The data of one record; undefined where its type or form is not one that the model has.
 * Names without a final dot are relative to `origin`, unless they already end in the machine's root.
 */
export function rdataOf(type: RrType, rdata: string, origin = ''): ForgedData | undefined {
  const words = rdata.trim().split(/\s+/);
  const [first = '', second = '', third = '', ...rest] = words;
  if (type === 'A' && words.length === 1) return { address: first };
  if (type === 'AAAA' && words.length === 1) return { address: first };
  if (type === 'CNAME' && words.length === 1) return { target: nameIn(first, origin) };
  if (type === 'TXT') return { text: octetText(stringsOf(rdata)) };
  if (type === 'MX' && words.length === 2 && /^\d+$/.test(first))
    return { preference: Number(first), exchange: nameIn(second, origin) };
  if (type !== 'TLSA' || ![first, second, third].every((each) => /^\d+$/.test(each)))
    return undefined;
  const of = subjectOf(rest.join('').toLowerCase(), first);
  if (of === undefined) return undefined;
  const [usage, selector, matchingType] = [first, second, third].map(Number);
  return { usage, selector, matchingType, of } as ForgedData;
}

/** Hex, or whether the data fit what the first mail server shows. */
function subjectOf(data: string, usage: string): TlsaSubject | undefined {
  if (data === 'mismatch') return 'no-certificate';
  if (data === 'match')
    return { certificate: 'mx 1', part: usage === '0' || usage === '2' ? 'anchor' : 'leaf' };
  return /^(?:[0-9a-f]{2})*$/.test(data) ? { hex: data } : undefined;
}

export interface ExtraRecord {
  readonly zone: 'zone' | 'host';
  readonly record: ZoneRecord;
}

/** `zone: owner type rdata`; TTL and class may stand before the type. */
export function extraRecordOf(
  line: string,
  origins: Readonly<Record<'zone' | 'host', string>>,
): ExtraRecord | undefined {
  const [, zone, owner = '', , typeText = '', rdata = ''] =
    /^\s*(zone|host)(?::|\s)\s*(\S+)((?:\s+(?:\d+|IN))*)\s+([A-Z]\w*)\s+(.+)$/i.exec(line) ?? [];
  const type = typeOf(typeText);
  if ((zone !== 'zone' && zone !== 'host') || type === undefined) return undefined;
  const data = rdataOf(type, rdata, origins[zone]);
  if (data === undefined) return undefined;
  const name = nameIn(owner, origins[zone]);
  return { zone, record: { name, type, ...data } as ZoneRecord };
}

function nameIn(text: string, origin: string): string {
  if (text === '@') return origin;
  const name = plainName(text);
  if (origin === '' || text.endsWith('.') || name.endsWith('.lab')) return name;
  return `${name}.${origin}`;
}
