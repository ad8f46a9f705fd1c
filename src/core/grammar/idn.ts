/**
 * Names as browsers fold them, so that two spellings of one name compare equal and no spelling becomes
 * another name in silence: the mapping of UTS 46 (non-transitional: ß, ς and joiners stay), then Punycode
 * (RFC 3492) behind `xn--` (RFC 5890).
 *
 * Without its tables: the mapping is NFKC and lower case character by character, with the exceptions
 * below; `tests/core/grammar/idn.test.ts` holds it against the one of `URL` over all of Unicode. Whether
 * characters may stand together (joiners, direction) is judged more strictly than UTS 46 does where that
 * would take tables: a name that is refused is asked again, one that is taken for another is not.
 */
const asciiOnly = /^[\0-\x7f]*$/;

/** What UTS 46 leaves out (status "ignored"): marks of a text's layout, such as soft hyphens. */
const ignored =
  /[\xad\u034f\u180b-\u180d\u180f\u200b\u2060\u2064\ufe00-\ufe0f\ufeff\u{1bca0}-\u{1bca3}\u{e0100}-\u{e01ef}]/gu;

/** The name without what UTS 46 ignores: text copied from a page or a letter is full of it. */
export const withoutIgnored = (name: string): string => name.replace(ignored, '');

/**
 * What nobody sees, and what turns the direction of what is seen: UTS 46 refuses most of it, because an
 * attacker can show one name with it and have another one asked for.
 */
const unseen = /[\0-\x08\x0e-\x1f\x7f-\x9f\p{Default_Ignorable_Code_Point}\p{Cf}]/gu;

/** The text without any of it, to see whether that is all that is wrong with a name. Never to be asked for. */
export const withoutUnseen = (text: string): string => text.replace(unseen, '');

/** Dots that other scripts use count as dots (UTS 46 §2.3). */
const dots = /[\u3002\uff0e\uff61]/g;

/** Stands for a character that no name can hold; it is one itself. */
const refused = '\ufffd';

/**
 * One character as UTS 46 maps it. A final sigma stays only where it was typed; lower case is made of one
 * character at a time, because that of a whole word makes final sigmas. A compatibility character that
 * holds a dot ("⒈", "…") would cut the name in another place than the eye does.
 */
function mapped(character: string): string {
  if (character < '\x80') return character.toLowerCase();
  if (character === 'ς') return character;
  const plain = character.normalize('NFKC');
  if (plain.includes('.')) return refused;
  return [...plain]
    .map((each) => (each === 'ς' ? 'σ' : lower(each)))
    .join('')
    .normalize('NFKC');
}

/** Iota below a Greek letter folds to an iota beside it, which only its capital shows; Cherokee to capitals. */
function lower(character: string): string {
  if (/[\u13a0-\u13fd\uab70-\uabbf]/.test(character)) return character.toUpperCase();
  return /[\u0345\u1c80-\u1c88\u1f80-\u1fff]/.test(character)
    ? character.toUpperCase().toLowerCase()
    : character.toLowerCase();
}

/** Letters, marks, numbers and signs, and the punctuation that names of some languages are spelled with. */
const nameCharacters = /^[-\p{L}\p{M}\p{N}\p{S}_\u00b7\u05f3\u05f4\u30fb\u200c\u200d]+$/u;
const signsOfNoName =
  /[\u2ff0-\u2fff\u31ef\ufffc\ufffd\u{10e60}-\u{10e7e}]|(?![\u200c\u200d])\p{Default_Ignorable_Code_Point}/u;

/** Marks that take the vowel from a consonant (virama); after one, a joiner says how they are written. */
const vowelKillers =
  '\\u094d\\u09cd\\u0a4d\\u0acd\\u0b4d\\u0bcd\\u0c4d\\u0ccd\\u0d3b\\u0d3c\\u0d4d\\u0dca\\u0e3a\\u0eba\\u0f84\\u1039\\u103a\\u17d2';
/** Letters of Arabic and Persian that join on both sides. */
const joining =
  '\\u0626\\u0628\\u062a-\\u062e\\u0633-\\u063a\\u0641-\\u0647\\u0649\\u064a\\u067e\\u0686\\u06a9\\u06af\\u06cc';
/** A joiner where RFC 5892 Appendix A has no rule for it, as far as these letters go. */
const strayJoiner = new RegExp(
  `(?<![${vowelKillers}])\\u200d|(?<![${vowelKillers}])(?<![${joining}])\\u200c|(?<=[${joining}])\\u200c(?!\\p{Script=Arabic})`,
  'u',
);

// Blocks of scripts that are written from right to left; digits of Persian count as European ones there.
const fromRight =
  '(?![\\u06f0-\\u06f9\\p{M}])[\\u0590-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufeff\\u{10800}-\\u{10fff}\\u{1e800}-\\u{1efff}]';
const anyFromRight = new RegExp(fromRight, 'u');
const beginsFromRight = new RegExp(`^(?=\\p{L})${fromRight}`, 'u');
const signFromLeft = new RegExp(
  `(?!${fromRight})[\\p{L}\\p{Mc}\\p{Nl}]|(?!${fromRight}|[0-9\\u06f0-\\u06f9])\\p{Nd}`,
  'u',
);
const endsWithLetterOrDigit = /[\p{L}\p{N}]\p{M}*$/u;

/** RFC 5893 §2 without its classes: a label is written in one direction, and begins and ends in it. */
function hasOneDirection(label: string): boolean {
  if (label === '' || label === '*' || /^_[a-z0-9_-]*$/.test(label)) return true;
  if (!endsWithLetterOrDigit.test(label)) return false;
  if (!anyFromRight.test(label)) return /^\p{L}/u.test(label);
  const digits = [/[0-9\u06f0-\u06f9]/, /[\u0660-\u0669]/].filter((kind) => kind.test(label));
  return beginsFromRight.test(label) && !signFromLeft.test(label) && digits.length < 2;
}

// RFC 3492 §5.
const base = 36;
const tMin = 1;
const tMax = 26;
const skew = 38;
const damp = 700;
const initialBias = 72;
const initialCode = 128;

/** RFC 3492 §6.1. */
function adapt(delta: number, points: number, isFirst: boolean): number {
  let rest = Math.floor(delta / (isFirst ? damp : 2));
  rest += Math.floor(rest / points);
  let bias = 0;
  while (rest > ((base - tMin) * tMax) / 2) {
    rest = Math.floor(rest / (base - tMin));
    bias += base;
  }
  return bias + Math.floor(((base - tMin + 1) * rest) / (rest + skew));
}

const digitOf = (value: number): string => 'abcdefghijklmnopqrstuvwxyz0123456789'[value] ?? '';

/** RFC 3492 §6.3: basic characters first, then the positions and codes of the others. */
function encodePunycode(label: string): string {
  const codes = [...label].map((character) => character.codePointAt(0) ?? 0);
  const basic = codes.filter((code) => code < 0x80);
  let encoded = String.fromCodePoint(...basic) + (basic.length > 0 ? '-' : '');
  let next = initialCode;
  let delta = 0;
  let bias = initialBias;
  let handled = basic.length;
  while (handled < codes.length) {
    const least = Math.min(...codes.filter((code) => code >= next));
    delta += (least - next) * (handled + 1);
    next = least;
    for (const code of codes) {
      if (code < next) delta += 1;
      if (code !== next) continue;
      encoded += variableLength(delta, bias);
      bias = adapt(delta, handled + 1, handled === basic.length);
      delta = 0;
      handled += 1;
    }
    delta += 1;
    next += 1;
  }
  return encoded;
}

function variableLength(delta: number, bias: number): string {
  let digits = '';
  let rest = delta;
  for (let position = base; ; position += base) {
    const threshold = Math.min(Math.max(position - bias, tMin), tMax);
    if (rest < threshold) return digits + digitOf(rest);
    digits += digitOf(threshold + ((rest - threshold) % (base - threshold)));
    rest = Math.floor((rest - threshold) / (base - threshold));
  }
}

/** A label as UTS 46 maps it. An A-label that only the mapping makes is one that nobody wrote. */
function mappedLabel(label: string): string {
  if (asciiOnly.test(label)) return label.toLowerCase();
  const text = [...label].map(mapped).join('').normalize('NFC');
  return text.startsWith('xn--') ? refused : text;
}

/** One mapped label as an A-label; undefined where no name can hold it. */
function toALabel(label: string): string | undefined {
  if (asciiOnly.test(label)) return label;
  // Longer than this no A-label is a label: it stays as it is, to be refused for its length.
  if (label.length > 63) return label;
  if (/^\p{M}/u.test(label) || !nameCharacters.test(label)) return undefined;
  if (signsOfNoName.test(label) || strayJoiner.test(label)) return undefined;
  return `xn--${encodePunycode(label)}`;
}

/**
 * A name in A-labels and lower case; undefined where one of its labels beyond ASCII is none.
 * ASCII is only folded: which characters a name may hold is for its caller to decide.
 * Source: UTS 46 §4 (CheckBidi, CheckJoiners), RFC 5891 §4.2.
 */
export function toALabels(name: string): string | undefined {
  if (asciiOnly.test(name)) return name.toLowerCase();
  const text = withoutIgnored(name).replace(dots, '.');
  const labels = text.split('.').map(mappedLabel);
  if (anyFromRight.test(labels.join('')) && !labels.every(hasOneDirection)) return undefined;
  const folded = labels.map(toALabel);
  return folded.includes(undefined) ? undefined : folded.join('.');
}

/**
 * What two spellings of one name have in common (RFC 4343, RFC 5891): A-labels, lower case, no final dot.
 * A text that is no name is its own key, so that it equals itself only.
 */
export function nameKey(name: string): string {
  const folded = toALabels(name) ?? name;
  return folded.endsWith('.') ? folded.slice(0, -1) : folded;
}
