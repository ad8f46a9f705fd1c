/**
 * Internationalised labels to A-labels, so that two spellings of one name compare equal:
 * Unicode NFC, lower case, then Punycode (RFC 3492) behind `xn--` (RFC 5890).
 * No mapping tables beyond that and no validity check (RFC 5892): a label that DNS cannot hold
 * equals nothing that DNS holds.
 */
const asciiOnly = /^[\0-\x7f]*$/;

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
export function encodePunycode(label: string): string {
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

/** A name in the form in which names are compared: A-labels, lower case. */
export function foldDomain(name: string): string {
  if (asciiOnly.test(name)) return name.toLowerCase();
  return name
    .normalize('NFC')
    .toLowerCase()
    .split('.')
    .map((label) =>
      asciiOnly.test(label) || label.length > 63 ? label : `xn--${encodePunycode(label)}`,
    )
    .join('.');
}
