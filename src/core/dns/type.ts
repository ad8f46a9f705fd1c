/** Record types by number and mnemonic (RFC 1035 §3.2.2, RFC 3597 §5). */

/** The numbers of the types that the core reads (IANA registry of resource record types). */
export const typeNumbers = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  DNAME: 39,
  DS: 43,
  RRSIG: 46,
  NSEC: 47,
  DNSKEY: 48,
  NSEC3: 50,
  NSEC3PARAM: 51,
  TLSA: 52,
  CAA: 257,
} as const;

/**
 * Where names stand in the RDATA of the types whose names a sender may compress and a signer folds
 * to lower case (RFC 3597 §4, RFC 4034 §6.2 as amended by RFC 6840 §5.1): a number is that many
 * octets, `n` a name, `s` a character-string, `*` the rest.
 */
export const nameLayouts: ReadonlyMap<number, readonly (number | 'n' | 's' | '*')[]> = new Map([
  [2, ['n']], // NS
  [3, ['n']], // MD
  [4, ['n']], // MF
  [5, ['n']], // CNAME
  [6, ['n', 'n', 20]], // SOA
  [7, ['n']], // MB
  [8, ['n']], // MG
  [9, ['n']], // MR
  [12, ['n']], // PTR
  [14, ['n', 'n']], // MINFO
  [15, [2, 'n']], // MX
  [17, ['n', 'n']], // RP
  [18, [2, 'n']], // AFSDB
  [21, [2, 'n']], // RT
  [24, [18, 'n', '*']], // SIG
  [26, [2, 'n', 'n']], // PX
  [30, ['n', '*']], // NXT
  [33, [6, 'n']], // SRV
  [35, [4, 's', 's', 's', 'n']], // NAPTR
  [36, [2, 'n']], // KX
  [39, ['n']], // DNAME
  [46, [18, 'n', '*']], // RRSIG
]);

/** Mnemonics of the types that the core reads; any other type is `TYPE<number>` and kept raw. */
export type RrType = keyof typeof typeNumbers | `TYPE${number}`;

/** QTYPE `*`: all that a name has (RFC 1035 §3.2.3). No record is of this type. */
export const anyType: RrType = 'TYPE255';

const mnemonics: ReadonlyMap<number, string> = new Map(
  Object.entries(typeNumbers).map(([text, number]) => [number, text]),
);

/** The mnemonic where the core reads the type, else `TYPE<number>`. */
export const typeFromNumber = (number: number): RrType =>
  (mnemonics.get(number) as RrType | undefined) ?? `TYPE${number}`;

/** The opposite of `typeFromNumber`. */
export const typeNumberOf = (type: RrType): number =>
  (typeNumbers as Readonly<Record<string, number>>)[type] ?? Number(type.slice(4));
