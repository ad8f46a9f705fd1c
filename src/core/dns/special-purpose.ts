/** Addresses that are set aside for something else than the internet. */

/**
 * The blocks of IANA's special-purpose registries that are not reached globally, and multicast. The first
 * that fits counts.
 * Source: RFC 6890 §2.2.2, §2.2.3, as IANA updated them since: RFC 8215 (64:ff9b:1::/48), RFC 9637 (3fff::/20);
 * RFC 5771, RFC 4291 §2.7 (multicast).
 */
const specialBlocks = [
  ['0.0.0.0', 8, 'this-host'],
  ['10.0.0.0', 8, 'private'],
  ['100.64.0.0', 10, 'shared'],
  ['127.0.0.0', 8, 'loopback'],
  ['169.254.0.0', 16, 'link-local'],
  ['172.16.0.0', 12, 'private'],
  // Two addresses of the block are for anycast services that are reached globally (RFC 7723, RFC 8155).
  ['192.0.0.9', 32, undefined],
  ['192.0.0.10', 32, undefined],
  ['192.0.0.0', 24, 'reserved'],
  ['192.0.2.0', 24, 'documentation'],
  ['192.168.0.0', 16, 'private'],
  ['198.18.0.0', 15, 'benchmarking'],
  ['198.51.100.0', 24, 'documentation'],
  ['203.0.113.0', 24, 'documentation'],
  ['224.0.0.0', 4, 'multicast'],
  ['240.0.0.0', 4, 'reserved'],
  ['::', 128, 'this-host'],
  ['::1', 128, 'loopback'],
  ['::ffff:0:0', 96, 'mapped'],
  ['64:ff9b:1::', 48, 'private'],
  ['100::', 64, 'reserved'],
  ['2001:2::', 48, 'benchmarking'],
  // Of the block for protocols of the IETF these are reached globally, or the registry does not say.
  ['2001::', 32, undefined],
  ['2001:1::1', 128, undefined],
  ['2001:1::2', 128, undefined],
  ['2001:1::3', 128, undefined],
  ['2001:3::', 32, undefined],
  ['2001:4:112::', 48, undefined],
  ['2001:20::', 28, undefined],
  ['2001:30::', 28, undefined],
  ['2001::', 23, 'reserved'],
  ['2001:db8::', 32, 'documentation'],
  ['3fff::', 20, 'documentation'],
  ['fc00::', 7, 'private'],
  ['fe80::', 10, 'link-local'],
  ['ff00::', 8, 'multicast'],
] as const;

/** What an address is set aside for, where that is not the internet. */
export type SpecialPurpose = NonNullable<(typeof specialBlocks)[number][2]>;

/** The octets of an address, 4 or 16 of them; undefined for any other text. */
export function addressOctets(address: string): Uint8Array | undefined {
  if (/^\d{1,3}(?:\.\d{1,3}){3}$/.test(address)) return Uint8Array.from(address.split('.'), Number);
  if (!/^[0-9a-f:]+$/i.test(address)) return undefined;
  const [left = '', right] = address.split('::');
  const groups = (text = '') => text.split(':').filter((group) => group !== '');
  const [before, after] = [groups(left), groups(right)];
  const zeros = Array<string>(Math.max(0, 8 - before.length - after.length)).fill('0');
  return Uint8Array.from(
    [...before, ...(right === undefined ? [] : zeros), ...after]
      .map((group) => Number.parseInt(group, 16))
      .flatMap((value) => [value >> 8, value & 255]),
  );
}

const bitsOf = (address: string): string =>
  Array.from(addressOctets(address) ?? [], (octet) => octet.toString(2).padStart(8, '0')).join('');

const prefixes = specialBlocks.map(
  ([prefix, bits, purpose]) =>
    [bitsOf(prefix).length, bitsOf(prefix).slice(0, bits), purpose] as const,
);

/** `address`: as this file formats them. Undefined where it is one of the internet. */
export function specialPurpose(address: string): SpecialPurpose | undefined {
  const bits = bitsOf(address);
  return prefixes.find(
    ([length, prefix]) => bits.length === length && bits.startsWith(prefix),
  )?.[2];
}
