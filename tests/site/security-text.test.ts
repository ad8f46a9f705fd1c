import { expect, test } from 'vitest';
import { securityText } from '../../src/site/security-text.ts';

const built = new Date('2026-11-26T01:02:03.456Z');

test('without a contact there is no file: RFC 9116 has none without one', () => {
  expect(securityText('', 'https://example.nl/', built)).toBeUndefined();
});

test('an e-mail address becomes a URI, and the file stops being valid within a year', () => {
  expect(securityText('veilig@example.nl', 'https://example.nl/', built)).toBe(
    [
      'Contact: mailto:veilig@example.nl',
      'Expires: 2027-11-11T01:02:03Z',
      'Preferred-Languages: nl, en',
      'Canonical: https://example.nl/.well-known/security.txt',
      '',
    ].join('\n'),
  );
});

test('without an https origin it names no address of its own', () => {
  expect(securityText('https://example.nl/melden', undefined, built)).not.toContain('Canonical');
  expect(securityText('tel:+31-70-0000000', 'http://example.nl/', built)).not.toContain(
    'Canonical',
  );
});

test.each(['http://example.nl/', 'een naam', 'a@b\nExpires: never', 'javascript:alert(1)'])(
  '“%s” ends the build',
  (contact) => {
    expect(() => securityText(contact, undefined, built)).toThrow('operator.yaml');
  },
);
