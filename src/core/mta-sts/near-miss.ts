/**
 * What somebody meant who wrote something else: the slips that administrators make in a policy, each told
 * apart, so that it gets its own sentence. Nothing here is accepted: RFC 8461 §3.2 has one grammar, and its
 * keys and values count to the letter.
 */
import { nameKey, withoutUnseen } from '../grammar/idn.ts';

/**
 * `Domain` of RFC 5321 §4.1.2: labels of letters, digits and inner hyphens, no final dot.
 * The lengths are those of the DNS (RFC 1035 §2.3.4): a longer name can be no MX host.
 */
const domainLabel = /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/;

const isDomain = (text: string): boolean =>
  text.length <= 253 &&
  text.split('.').every((part) => part.length <= 63 && domainLabel.test(part));

/** What is wrong; by which slip, where that is known; and what to write instead. */
export interface Fault {
  readonly situation: string;
  readonly slip?: string;
  readonly instead?: string;
}

/** `*.` and a domain, or a domain. */
export const isMxPattern = (text: string): boolean =>
  isDomain(text.startsWith('*.') ? text.slice(2) : text);

/** Letters to add, take away, change or swap until one word is the other; both are short. */
function distance(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, at) => at)];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? 0;
  for (let row = 1; row <= one.length; row += 1) {
    rows.push([row]);
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const least = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + (isSame ? 0 : 1),
        row > 1 && column > 1 && isSwapped ? at(row - 2, column - 2) + 1 : Infinity,
      );
      rows[row]?.push(least);
    }
  }
  return at(one.length, other.length);
}

const longest = 32;

/** The word of these that was meant: without regard to case and signs, and up to a slip or two. */
function meant<Word extends string>(text: string, words: readonly Word[]): Word | undefined {
  if (text.length > longest) return undefined;
  const plain = (each: string) => each.toLowerCase().replace(/[^a-z0-9]/g, '');
  const typed = plain(text);
  // One letter is a word of its own, and near to any word of two.
  if (typed.length < 2) return undefined;
  return words.find((word) => {
    const wanted = plain(word);
    const slips = wanted.length > 4 ? 2 : 1;
    return distance(typed, wanted) <= slips && Math.abs(typed.length - wanted.length) <= slips;
  });
}

export const ownKeys = ['version', 'mode', 'max_age', 'mx'] as const;
export type OwnKey = (typeof ownKeys)[number];

/** The key that was meant by one that the standard does not know. */
export const meantKey = (key: string): OwnKey | undefined => meant(key, ownKeys);

const modes = ['enforce', 'testing', 'none'] as const;
const otherForms: Readonly<Record<string, (typeof modes)[number]>> = {
  enforced: 'enforce',
  enforcing: 'enforce',
  test: 'testing',
};

/** Why this value is no mode, with the mode that was meant where it is a likely slip. */
export function modeFault(value: string): Fault {
  const lower = value.toLowerCase();
  const instead = Object.hasOwn(otherForms, lower) ? otherForms[lower] : meant(value, modes);
  return instead === undefined
    ? { situation: 'mode-unknown' }
    : { situation: 'mode-unknown', slip: 'mode-misspelt', instead };
}

/** STSv2 is another version, no slip. */
export const versionFault = (value: string): Fault =>
  /^STSv[02-9]/.test(value) || meant(value.replace(/^v=/i, ''), ['STSv1']) === undefined
    ? { situation: 'version-not-stsv1' }
    : { situation: 'version-not-stsv1', slip: 'version-misspelt', instead: 'STSv1' };

/** An IPv6 address with an IPv4 address at its end is no longer. */
const addressMost = 45;

const isAddress = (text: string): boolean =>
  /^\d{1,3}(?:\.\d{1,3}){3}$/.test(text) ||
  (text.length <= addressMost && /^[0-9a-f:]*:[0-9a-f:]*:[0-9a-f:.]*$/i.test(text));

/** Why a value of `mx` is no name and no pattern. */
export function mxFault(value: string): Fault {
  if (value.endsWith('.') && isMxPattern(value.slice(0, -1)))
    return { situation: 'mx-final-dot', instead: value.slice(0, -1) };
  const [slip, instead = ''] = mxSlip(value);
  return {
    situation: 'mx-not-a-pattern',
    ...(slip !== undefined && { slip }),
    ...(isMxPattern(instead) && { instead }),
  };
}

/** The pattern before what other kinds of files have as a comment; behind `;` a name is one more name. */
function beforeComment(value: string): string | undefined {
  const [name = ''] = /^[\w.*-]+/.exec(value) ?? [];
  const rest = value.slice(name.length);
  const [mark] = /^(?:\s*(?:#|;|<!--|\/\*)|\s+(?:\/\/|--|\())/.exec(rest) ?? [];
  if (mark === undefined || !isMxPattern(name)) return undefined;
  const isList = mark.endsWith(';') && /^\s*(?:[\w*-]+\.)+\w+/.test(rest.slice(mark.length));
  return isList ? undefined : name;
}

function mxSlip(value: string): readonly [slip?: string, instead?: string] {
  if (value === '') return ['mx-empty'];
  // Blanks that are no space stand at an end; between two names they part them.
  const seen = withoutUnseen(value).trim();
  if (seen !== value && isMxPattern(seen)) return ['mx-invisible', seen];
  // Some programs end a line at these invisible characters; in a policy they end none.
  if (/[\u2028\u2029]/.test(value)) return ['mx-invisible'];
  const commented = beforeComment(seen);
  if (commented !== undefined) return ['mx-comment', commented];
  if (/["'`“”‘’<>]/.test(value)) return ['mx-quotes', value.replace(/["'`“”‘’<>]/g, '')];
  if (/^\[.*\]$/.test(value) || isAddress(value)) return ['mx-address'];
  if (/^[a-z][a-z0-9+.-]*:\/\/|^(?:mailto|smtp):|\//i.test(value))
    return ['mx-url', value.replace(/^[a-z0-9+.-]*:\/*/i, '').replace(/[/:][^]*$/, '')];
  if (value.includes('@')) return ['mx-mail-address'];
  const [, name = ''] = /^\d{1,5}\s+(\S+)$/.exec(value) ?? [];
  if (name !== '') return ['mx-preference', name.replace(/\.$/, '')];
  if (/[\s,;|]/.test(value)) return ['mx-list'];
  if (/:\d*$/.test(value)) return ['mx-port', value.replace(/:\d*$/, '')];
  const folded = nameKey(value);
  if (folded.includes('xn--') && !isMxPattern(value)) return ['mx-u-label', folded];
  if (isMxPattern(folded)) return ['mx-look-alike', folded];
  if (value.startsWith('.')) return ['mx-leading-dot', `*${value}`];
  if (value.includes('*')) return ['mx-wildcard-place'];
  return value.includes('_') ? ['mx-underscore'] : [];
}

/** Names that never are anybody's server in the DNS: RFC 6761 §6.3, §6.4, RFC 6762 §3, RFC 7686 §2. */
const specialNames = /(?:^|\.)(?:localhost|invalid|local|onion)$/i;

/** Why a pattern that fits the grammar can match no mail server; undefined where it can. */
export function idlePattern(pattern: string): string | undefined {
  const base = pattern.replace(/^\*\./, '');
  // RFC 5321 §5.1: an MX record holds a name, and a name that looks like an address is none.
  if (isAddress(base)) return 'mx-address';
  return specialNames.test(base) ? 'mx-special-name' : undefined;
}

/** `*.nl`: everybody's server right under a top level domain. */
export const isWildcardOfTop = (pattern: string): boolean => /^\*\.[^.]+$/.test(pattern);

/** What a file is that is no policy at all: told once, instead of a fault for each line. */
export function otherFile(text: string): string | undefined {
  if (/^PK[\x01-\x08][\x01-\x08]/.test(text) || /^\x1f[\x8b\ufffd]/.test(text)) return 'packed';
  if (/^\ufeff?\s*<(?:!doctype|html|head|body|\?xml|!--)/i.test(text)) return 'web-page';
  // Every other octet is zero where ASCII stands in UTF-16, three of four in UTF-32; their mark is no UTF-8.
  const start = text.slice(0, 64).replace(/^[\ufffd\ufeff]+/, '');
  const zeros = start.split('\0').length - 1;
  if (zeros < 3 || zeros < start.length / 3) return undefined;
  return zeros > start.length * 0.6 ? 'utf-32' : 'utf-16';
}
