/** Internet addresses as text: dotted quads, and the one recommended form of RFC 5952 §4. */

export const formatIpv4 = (octets: Uint8Array): string => octets.join('.');

export const formatIpv6 = (octets: Uint8Array): string => {
  const groups: number[] = [];
  for (let at = 0; at < 16; at += 2) groups.push((octets[at]! << 8) | octets[at + 1]!);
  // The longest run of two or more zero groups, the first of equals, becomes "::".
  let best = { start: 0, length: 1 };
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (start + length < 8 && groups[start + length] === 0) length++;
    if (length > best.length) best = { start, length };
  }
  const hex = groups.map((group) => group.toString(16));
  if (best.length === 1) return hex.join(':');
  return `${hex.slice(0, best.start).join(':')}::${hex.slice(best.start + best.length).join(':')}`;
};
