/**
 * `Domain` of RFC 5321 §4.1.2: labels of letters, digits and inner hyphens, no final dot.
 * The lengths are those of the DNS (RFC 1035 §2.3.4): a longer name can be no MX host.
 */
const label = /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/;

export const isDomain = (text: string): boolean =>
  text.length <= 253 && text.split('.').every((part) => part.length <= 63 && label.test(part));
