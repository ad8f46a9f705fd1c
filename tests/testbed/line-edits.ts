/** Changes to a signed zone in full text, one record a line: `owner TTL IN TYPE RDATA…`. */
import { createHash } from 'node:crypto';

export type Lines = readonly string[];
export type Edit = (lines: Lines) => Lines;

export const fieldsOf = (line: string): string[] => line.trim().split(/\s+/);

/** True for the records of this type at this owner (absolute, with the final dot); any owner if none is said. */
export const isRecord =
  (type: string, owner?: string) =>
  (line: string): boolean => {
    const fields = fieldsOf(line);
    return fields[3] === type && (owner === undefined || fields[0]?.toLowerCase() === owner);
  };

export const isSignature =
  (covered: string, owner?: string) =>
  (line: string): boolean =>
    isRecord('RRSIG', owner)(line) && fieldsOf(line)[4] === covered;

export const without =
  (...tests: readonly ((line: string) => boolean)[]): Edit =>
  (lines) =>
    lines.filter((line) => !tests.some((test) => test(line)));

/** Rewrites the fields of the lines that pass. */
export const rewritten =
  (test: (line: string) => boolean, change: (fields: string[]) => readonly string[]): Edit =>
  (lines) =>
    lines.map((line) => (test(line) ? change(fieldsOf(line)).join(' ') : line));

/** Sets one field by its place: 0 owner, 1 TTL, 4 the first of RDATA. */
export const withField =
  (test: (line: string) => boolean, place: number, value: (before: string) => string): Edit =>
  (lines) =>
    rewritten(test, (fields) => fields.map((field, at) => (at === place ? value(field) : field)))(
      lines,
    );

export const added =
  (make: (lines: Lines) => Lines): Edit =>
  (lines) => [...lines, ...make(lines)];

export const inTurn =
  (...edits: readonly Edit[]): Edit =>
  (lines) =>
    edits.reduce((before, edit) => edit(before), lines);

/** Places of the fields of RRSIG in a line. */
export const rrsig = {
  algorithm: 5,
  labels: 6,
  originalTtl: 7,
  expiration: 8,
  inception: 9,
  keyTag: 10,
  signer: 11,
  signature: 12,
} as const;

/** Flips one bit of the base64 that begins at a place. */
export const withFlippedBit =
  (test: (line: string) => boolean, place: number, bit: number): Edit =>
  (lines) =>
    rewritten(test, (fields) => {
      const octets = Buffer.from(fields.slice(place).join(''), 'base64');
      const at = Math.floor(bit / 8) % octets.length;
      octets[at] = octets[at]! ^ (1 << (bit % 8));
      return [...fields.slice(0, place), octets.toString('base64')];
    })(lines);

export const withCutBase64 =
  (test: (line: string) => boolean, place: number, octets: number): Edit =>
  (lines) =>
    rewritten(test, (fields) => {
      const whole = Buffer.from(fields.slice(place).join(''), 'base64');
      return [...fields.slice(0, place), whole.subarray(0, octets).toString('base64')];
    })(lines);

const base32 = (octets: Uint8Array): string => {
  const digits = '0123456789abcdefghijklmnopqrstuv';
  const bits = Array.from(octets, (octet) => octet.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{5}/g) ?? []).map((five) => digits[parseInt(five, 2)]).join('');
};

/** The hash of an absolute name as NSEC3 owners have it; apart from the validator's own on purpose. */
export const nsec3Hash = (name: string, salt: string, iterations: number): string => {
  const saltOctets = salt === '-' ? Buffer.alloc(0) : Buffer.from(salt, 'hex');
  const labels = name.split('.').filter((label) => label !== '');
  let hash = Buffer.concat([
    ...labels.map((label) => Buffer.from([label.length, ...Buffer.from(label.toLowerCase())])),
    Buffer.of(0),
  ]);
  for (let round = 0; round <= iterations; round++)
    hash = createHash('sha1').update(hash).update(saltOctets).digest();
  return base32(hash);
};

/** The line of NSEC3 that matches a name, or covers it. */
export const nsec3For =
  (name: string, how: 'matches' | 'covers') =>
  (line: string): boolean => {
    if (!isRecord('NSEC3')(line)) return false;
    const fields = fieldsOf(line);
    const hash = nsec3Hash(name, fields[7] ?? '-', Number(fields[6]));
    const owner = (fields[0] ?? '').split('.')[0]!.toLowerCase();
    const next = (fields[8] ?? '').toLowerCase();
    if (how === 'matches') return owner === hash;
    return owner < next ? owner < hash && hash < next : hash > owner || hash < next;
  };
