/**
 * The `_smtp_sts` TXT record of the draft of 18 March 2016: the whole policy stands in the DNS, so
 * whoever forges one answer writes the policy (draft §3.3, §6). Grammar of the draft's §3.1, with
 * its misprinted `dtext` read as its own comments say: digits, letters and "-".
 */
import type { Annotated, ParseProblem } from '../parsed.ts';
import { cite } from '../cite.ts';
import { afterBlanks, beforeBlanks, isBlank } from '../grammar/characters.ts';
import { splitAtCommas } from '../grammar/commas.ts';
import { Scanner } from '../grammar/scanner.ts';
import { parseUri } from '../grammar/uri.ts';
import { joinStrings, type TxtStrings } from '../grammar/versioned-record.ts';

/** Only `to` is certain by the grammar; the prose also requires `mx` and `c`. */
export interface Sts2016Policy {
  /** `to=true`: deliver only what conforms; `false`: only report. */
  readonly tlsOnly: boolean;
  readonly mx?: readonly string[];
  /** How a newer policy is authenticated: `dnssec`, or a URI (the prose: `webpki:` and a URI). */
  readonly authentication?: string;
  readonly constraint?: 'webpki' | 'tlsa';
  /** Seconds, at most 999,999: the grammar allows six digits although the text expects weeks. */
  readonly lifetimeSeconds?: number;
  /** Report addresses as written, with `!` size limits. */
  readonly rua?: readonly string[];
}

/** `no-record`, `several-records`: the draft has no rule for either; it queries one record. */
export type Sts2016Code = 'no-record' | 'several-records' | 'syntax';
export type Sts2016Part =
  'version' | 'separator' | 'field-name' | 'equals' | 'field-value' | 'unread';

export interface Sts2016Reading {
  readonly policy: Sts2016Policy;
  /** Fields that §3 calls required and §3.1 does not. */
  readonly missingByProse: readonly string[];
}

export type Sts2016Result = Annotated<Sts2016Reading, Sts2016Code, Sts2016Part>;

const clause = cite('smtp-sts-2016', '3.1');

const isName = (character: string | undefined): boolean =>
  character !== undefined && /[A-Za-z]/.test(character);

// domain-match: any number of labels, each 1*dtext; "*." only in front.
const isDomainMatch = (text: string): boolean =>
  (text.startsWith('*.') ? text.slice(2) : text)
    .split('.')
    .every((label) => /^[A-Za-z0-9-]+$/.test(label));
const sizeLimited = /^([^!]*)(?:!([0-9]+)[kmgt]?)?$/i;

const isReportUri = (text: string): boolean => {
  const [, uri, size] = sizeLimited.exec(text) ?? [];
  if (uri === undefined || parseUri(uri) === undefined) return false;
  if (size === undefined) return true;
  // To read a number takes longer than its digits are many: one of more than twenty is too large anyway.
  const digits = size.replace(/^0+/, '');
  return digits.length <= 20 && BigInt(digits) < 2n ** 64n;
};

const splitReportUris = (value: string): readonly string[] =>
  splitAtCommas(value).map(({ part }) => part);

/** What each field may hold; its name and its literals are case-insensitive (RFC 5234 §2.3). */
const fits: Readonly<Record<string, (value: string) => boolean>> = {
  to: (value) => /^(?:true|false)$/i.test(value),
  mx: (value) => value.split(',').every((pattern) => isDomainMatch(pattern)),
  a: (value) => /^dnssec$/i.test(value) || parseUri(value) !== undefined,
  c: (value) => /^(?:webpki|tlsa)$/i.test(value),
  e: (value) => /^[0-9]{1,6}$/.test(value),
  rua: (value) => splitReportUris(value).every(isReportUri),
};

/**
 * Reads the answer to a TXT query for `_smtp_sts.<domain>`.
 * Shape and spans as for the `_mta-sts` record; a ";" always separates, although a URI may hold one.
 * Source: draft SMTP STS (2016-03) §3, §3.1.
 */
export function parseSts2016Record(records: readonly TxtStrings[]): Sts2016Result {
  const texts = records.map(joinStrings);
  const ours = texts.filter((text) => /^v[ \t]*=[ \t]*STS1/i.test(text));
  const text = ours[0] ?? texts[0] ?? '';
  const scanner = new Scanner<Sts2016Part>(text);
  const values = new Map<string, string>();
  const problem =
    records.length === 0
      ? fault('no-record', 'no-record', 0, 0)
      : ours.length > 1
        ? fault('several-records', 'several-records', 0, text.length)
        : readFields(scanner, values);
  scanner.rest('unread', clause);
  const common = { text, marks: scanner.marks, readers: [] };
  if (problem !== undefined) return { ok: false, problems: [problem], ...common };
  return { ok: true, value: readingOf(values), warnings: doubts(values, text), ...common };
}

type Problem = ParseProblem<Sts2016Code>;

const fault = (code: Sts2016Code, situation: string, start: number, end: number): Problem => ({
  code,
  situation,
  at: { start, end },
});

/** `sts-record`: version, `to`, then the others in any order, each at most once. */
function readFields(
  scanner: Scanner<Sts2016Part>,
  values: Map<string, string>,
): Problem | undefined {
  const { text } = scanner;
  for (let count = 0; ; count += 1) {
    const start = scanner.position;
    const nameEnd = scanner.reach(isName);
    const name = text.slice(start, nameEnd).toLowerCase();
    const equals = afterBlanks(text, nameEnd);
    const expected = count === 0 ? 'v' : count === 1 ? 'to' : undefined;
    if (expected !== undefined && name !== expected)
      return fault(
        'syntax',
        count === 0 ? 'not-an-sts1-record' : 'to-not-second',
        start,
        Math.max(nameEnd, start),
      );
    if (text[equals] !== '=')
      return fault('syntax', 'field-without-equals', start, Math.max(equals, start));
    if (expected === undefined && !Object.hasOwn(fits, name))
      return fault('syntax', 'unknown-field', start, nameEnd);
    if (values.has(name)) return fault('syntax', 'repeated-field', start, nameEnd);
    const valueStart = afterBlanks(text, equals + 1);
    const semicolon = text.indexOf(';', valueStart);
    const valueEnd = semicolon < 0 ? text.length : beforeBlanks(text, valueStart, semicolon);
    const value = text.slice(valueStart, valueEnd);
    scanner.take(nameEnd, count === 0 ? 'version' : 'field-name', clause);
    scanner.take(valueStart, 'equals', clause);
    // The version is given in hex, the only literal whose case counts.
    const isGood = count === 0 ? value === 'STS1' : fits[name]?.(value) === true;
    if (!isGood) {
      const isTrailing = isBlank(value.at(-1));
      const situation = isTrailing
        ? 'blank-at-end'
        : count === 0
          ? 'not-an-sts1-record'
          : `bad-${name}`;
      return fault('syntax', situation, valueStart, valueEnd);
    }
    scanner.take(valueEnd, count === 0 ? 'version' : 'field-value', clause);
    values.set(name, value);
    if (semicolon < 0) break;
    const afterSeparator = afterBlanks(text, semicolon + 1);
    scanner.take(afterSeparator, 'separator', clause);
    if (scanner.atEnd) break;
  }
  if (!values.has('to')) return fault('syntax', 'no-to', text.length, text.length);
  return undefined;
}

function readingOf(values: ReadonlyMap<string, string>): Sts2016Reading {
  const mx = values.get('mx')?.split(',');
  const a = values.get('a');
  const c = values.get('c')?.toLowerCase();
  const e = values.get('e');
  const rua = values.get('rua');
  const policy: Sts2016Policy = {
    tlsOnly: values.get('to')?.toLowerCase() === 'true',
    ...(mx && { mx }),
    ...(a !== undefined && { authentication: /^dnssec$/i.test(a) ? 'dnssec' : a }),
    ...((c === 'webpki' || c === 'tlsa') && { constraint: c }),
    ...(e !== undefined && { lifetimeSeconds: Number(e) }),
    ...(rua !== undefined && { rua: splitReportUris(rua) }),
  };
  return { policy, missingByProse: ['mx', 'c'].filter((name) => !values.has(name)) };
}

/** Where the draft's grammar and its prose part, told beside a record that the grammar accepts. */
function doubts(
  values: ReadonlyMap<string, string>,
  text: string,
): readonly ParseProblem<string>[] {
  const at = { start: text.length, end: text.length };
  const a = values.get('a');
  const isProseForm = a === undefined || /^dnssec$/i.test(a) || /^webpki:https:/i.test(a);
  return [
    ...(values.has('mx') && values.has('c') ? [] : [{ code: 'missing-by-prose', at }]),
    ...(isProseForm ? [] : [{ code: 'authentication-not-by-prose', at, found: a }]),
  ];
}
