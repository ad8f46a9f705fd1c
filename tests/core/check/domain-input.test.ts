/** What people type where a mail domain is asked for. */
import { expect, test } from 'vitest';
import { parseDomainInput } from '../../../src/core/check/domain-input.ts';

test.each([
  ['example.nl', 'example.nl', 'as-typed'],
  ['  Example.NL. ', 'example.nl', 'tidied'],
  ['exam\u00adple.nl', 'example.nl', 'tidied'],
  ['jan@example.nl', 'example.nl', 'from-address'],
  ['mailto:jan@example.nl?subject=x', 'example.nl', 'from-address'],
  ['https://user@example.nl:8443/a?b#c', 'example.nl', 'from-link'],
  ['gemeënte.nl', 'xn--gemente-uya.nl', 'internationalised'],
  ['example。nl', 'example.nl', 'internationalised'],
])('“%s” is %s (%s)', (typed, domain, taken) => {
  expect(parseDomainInput(typed)).toEqual({ ok: true, typed, domain, taken });
});

test.each([
  ['', 'empty'],
  [' \u200b\ufeff ', 'empty'],
  ['localhost', 'local-name'],
  ['printer.local', 'local-name'],
  ['mail.a.alt', 'local-name'],
  ['a.onion.', 'local-name'],
  ['nl', 'one-label'],
  ['192.0.2.1', 'ip-address'],
  ['192.0.2.1.', 'ip-address'],
  ['2001:db8::1', 'ip-address'],
  ['[2001:db8::1]', 'ip-address'],
  ['[IPv6:2001:db8::1]', 'ip-address'],
  ['[192.0.2.1]', 'ip-address'],
  ['192.0.2.1:25', 'ip-address'],
  ['\u202eexample.nl', 'invisible-character'],
  ['exa\u200dmple.nl', 'invisible-character'],
  ['a\u{e0001}b.nl', 'invisible-character'],
  ['exam ple\u202e.nl', 'not-a-domain'],
  ['be.de:25', 'not-a-domain'],
  ['abc:25', 'not-a-domain'],
  ['[1]', 'not-a-domain'],
  ['jan:piet', 'not-a-domain'],
  ['[naam]', 'not-a-domain'],
  ['een spatie.nl', 'not-a-domain'],
  ['-a.nl', 'not-a-domain'],
  ['a..nl', 'not-a-domain'],
  ['a.nl..', 'not-a-domain'],
  ['.', 'not-a-domain'],
  ['https:///pad', 'not-a-domain'],
  [`${'a'.repeat(64)}.nl`, 'too-long'],
  [`${'a.'.repeat(140)}nl`, 'too-long'],
  // As typed it fits, as A-labels it does not.
  [`${'ë'.repeat(63)}.nl`, 'too-long'],
])('“%s” is none: %s', (typed, fault) => {
  expect(parseDomainInput(typed)).toEqual({ ok: false, typed, fault });
});
