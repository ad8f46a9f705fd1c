/**
 * Domain names: text, labels, wire form and canonical order (RFC 1035 §3.1, RFC 4034 §6.1).
 *
 * Names compare without case (RFC 4343), so a `DomainName` is lower case from birth. Where a
 * signature covers the case that was sent, the raw RDATA is used and not this value.
 */
import type { Parsed } from '../parsed.ts';

declare const brand: unique symbol;

/**
 * A domain name in normalised presentation form: lower case A-labels, no trailing dot, `.` for the
 * root; octets outside letters, digits, `-`, `_` and `*` as `\DDD` (RFC 1035 §5.1, RFC 4343).
 */
export type DomainName = string & { readonly [brand]: 'DomainName' };

export type NameProblem =
  'empty' | 'empty-label' | 'label-too-long' | 'name-too-long' | 'bad-escape' | 'not-ascii';

export const rootName = '.' as DomainName;

/** Octets of a name on the wire, length octets and root included (RFC 1035 §2.3.4). */
export const maxNameOctets = 255;

const isPlain = (code: number): boolean =>
  (code >= 0x61 && code <= 0x7a) ||
  (code >= 0x30 && code <= 0x39) ||
  code === 0x2d ||
  code === 0x5f ||
  code === 0x2a;

const lower = (octet: number): number => (octet >= 0x41 && octet <= 0x5a ? octet + 32 : octet);

const formatLabel = (octets: ArrayLike<number>): string => {
  let text = '';
  for (let at = 0; at < octets.length; at++) {
    const code = lower(octets[at]!);
    text += isPlain(code) ? String.fromCharCode(code) : `\\${String(code).padStart(3, '0')}`;
  }
  return text;
};

/** Most names arrive in the form that they are kept in: nothing to fold, to escape or to shorten. */
const normalForm = /^[a-z0-9_*-]{1,63}(?:\.[a-z0-9_*-]{1,63})*$/;
const isNormal = (text: string): boolean =>
  text.length <= maxNameOctets - 2 && normalForm.test(text);

/**
 * Reads a name in presentation form, with or without the final dot; case is folded.
 * Shape: ASCII; `\DDD` and `\X` escapes. An internationalised name has to be made A-labels first.
 * Errors: see `NameProblem`; spans are offsets in the given text.
 * Source: RFC 1035 §5.1.
 */
export function parseName(text: string): Parsed<DomainName, NameProblem> {
  const bad = (code: NameProblem, start: number, end: number): Parsed<DomainName, NameProblem> => ({
    ok: false,
    problems: [{ code, at: { start, end }, found: text.slice(start, end) }],
  });
  if (text === '') return bad('empty', 0, 0);
  if (text === '.') return { ok: true, value: rootName, warnings: [] };
  if (isNormal(text)) return { ok: true, value: text as DomainName, warnings: [] };
  const labels: string[] = [];
  let label: number[] = [];
  let labelStart = 0;
  let wireOctets = 1;
  for (let at = 0; at <= text.length; at++) {
    if (at === text.length || text[at] === '.') {
      if (at === text.length && label.length === 0) break;
      if (label.length === 0) return bad('empty-label', labelStart, at + 1);
      if (label.length > 63) return bad('label-too-long', labelStart, at);
      wireOctets += label.length + 1;
      labels.push(formatLabel(label));
      label = [];
      labelStart = at + 1;
      continue;
    }
    let code = text.charCodeAt(at);
    if (code > 0x7e || code < 0x20) return bad('not-ascii', at, at + 1);
    if (text[at] === '\\') {
      const digits = /^\d{3}/.exec(text.slice(at + 1, at + 4))?.[0];
      code = digits === undefined ? text.charCodeAt(at + 1) : Number(digits);
      // A backslash before one or two digits, at the end, or above 255 names no octet.
      if (!(code <= 255) || (digits === undefined && code >= 0x30 && code <= 0x39))
        return bad('bad-escape', at, Math.min(at + 4, text.length));
      at += digits === undefined ? 1 : 3;
    }
    label.push(code);
  }
  if (wireOctets > maxNameOctets) return bad('name-too-long', 0, text.length);
  return { ok: true, value: labels.join('.') as DomainName, warnings: [] };
}

/** A name written in our own code; throws on a slip of ours, so never for input. */
export const nameOf = (text: string): DomainName => {
  const parsed = parseName(text);
  if (!parsed.ok) throw new Error(`not a domain name: ${text}`);
  return parsed.value;
};

/** Labels from left to right in presentation form; none for the root. */
export const labelsOf = (name: DomainName): readonly string[] =>
  name === rootName ? [] : name.split('.');

/** The opposite of `labelsOf`. Takes labels of a name that is already known to be valid, and checks nothing. */
export const nameFromLabels = (labels: readonly string[]): DomainName =>
  (labels.length === 0 ? rootName : labels.join('.')) as DomainName;

/** The name without its first label; the root is its own parent. */
export const parentOf = (name: DomainName): DomainName => nameFromLabels(labelsOf(name).slice(1));

/** The name's last `count` labels. */
export const suffixOf = (name: DomainName, count: number): DomainName => {
  const labels = labelsOf(name);
  return nameFromLabels(labels.slice(Math.max(0, labels.length - count)));
};

/** True for the name itself too. */
export const isSubdomainOf = (name: DomainName, ancestor: DomainName): boolean =>
  ancestor === rootName || name === ancestor || name.endsWith(`.${ancestor}`);

/** `*.` and the name: where a wildcard for names below it would stand. Undefined when too long. */
export const wildcardOf = (encloser: DomainName): DomainName | undefined =>
  prefixName(['*'], encloser);

/** Labels before a name; undefined when the whole is longer than a name may be (YXDOMAIN, RFC 6672 §2.2). */
export const prefixName = (
  labels: readonly string[],
  suffix: DomainName,
): DomainName | undefined => {
  const name = nameFromLabels([...labels, ...labelsOf(suffix)]);
  return encodeName(name).length > maxNameOctets ? undefined : name;
};

const octetsOf = (label: string): number[] => {
  const octets: number[] = [];
  for (let at = 0; at < label.length; at++) {
    if (label[at] === '\\') {
      octets.push(Number(label.slice(at + 1, at + 4)));
      at += 3;
    } else octets.push(label.charCodeAt(at));
  }
  return octets;
};

/** Wire form, lower case, uncompressed: also the canonical form (RFC 4034 §6.2). */
export const encodeName = (name: DomainName): Uint8Array => {
  const octets: number[] = [];
  for (const label of labelsOf(name)) {
    const content = octetsOf(label);
    octets.push(content.length, ...content);
  }
  octets.push(0);
  return Uint8Array.from(octets);
};

/** Canonical order: from the right, label by label, as octets (RFC 4034 §6.1). */
export const compareNames = (left: DomainName, right: DomainName): number => {
  if (left === right) return 0;
  const lefts = labelsOf(left);
  const rights = labelsOf(right);
  for (let depth = 1; depth <= Math.min(lefts.length, rights.length); depth++) {
    const a = lefts[lefts.length - depth]!;
    const b = rights[rights.length - depth]!;
    if (a === b) continue;
    const x = octetsOf(a);
    const y = octetsOf(b);
    for (let at = 0; at < Math.min(x.length, y.length); at++)
      if (x[at] !== y[at]) return x[at]! - y[at]!;
    return x.length - y.length;
  }
  return lefts.length - rights.length;
};

/** Labels of both names that agree from the right: their closest common ancestor. */
export const commonAncestor = (left: DomainName, right: DomainName): DomainName => {
  let ancestor = left;
  while (!isSubdomainOf(right, ancestor)) ancestor = parentOf(ancestor);
  return ancestor;
};

/** A name read from a message: its value, its octets as sent but uncompressed, and where it ended. */
export interface DecodedName {
  readonly name: DomainName;
  /** Its labels with their length octets, the root's last. */
  readonly parts: readonly Uint8Array[];
  readonly end: number;
}

/** Pointers one name may follow; a server that compresses well needs one. */
const maxPointers = 16;

/**
 * Reads a name from a message; undefined when it is malformed.
 * A pointer must lead strictly backwards, before all that was read of this name, so that a loop
 * cannot be built; length and pointers are bounded, so that a bomb cannot either (RFC 1035 §4.1.4).
 */
export function decodeName(
  message: Uint8Array,
  start: number,
  mayCompress = true,
): DecodedName | undefined {
  const labels: string[] = [];
  const parts: Uint8Array[] = [];
  let octetCount = 1;
  let at = start;
  let end = -1;
  let lowest = start;
  for (let pointers = 0; ;) {
    const length = message[at];
    if (length === undefined) return undefined;
    if (length >= 0xc0) {
      const second = message[at + 1];
      if (second === undefined || !mayCompress || ++pointers > maxPointers) return undefined;
      const target = ((length & 0x3f) << 8) | second;
      if (target >= lowest) return undefined;
      if (end < 0) end = at + 2;
      at = lowest = target;
      continue;
    }
    if (length > 63 || at + 1 + length > message.length) return undefined;
    const part = message.subarray(at, at + 1 + length);
    parts.push(part);
    at += 1 + length;
    if (length === 0) break;
    octetCount += 1 + length;
    if (octetCount > maxNameOctets) return undefined;
    labels.push(formatLabel(part.subarray(1)));
  }
  return { name: nameFromLabels(labels), parts, end: end < 0 ? at : end };
}
