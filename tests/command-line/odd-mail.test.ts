/** Mail hosts that are odd, really signed and asked over DNS: what the command line makes of them. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestbed, type Testbed } from '../testbed/testbed.ts';
import { speak } from './spoken.ts';

interface Said {
  readonly domain: string;
  readonly standing: string;
  readonly verdict: string;
  readonly sts: string;
  readonly tlsRpt: string;
  readonly hosts: readonly { readonly host: string; readonly dane: string }[];
  readonly actions: readonly { readonly id: string; readonly says: string }[];
  readonly notes: readonly string[];
}

let bed: Testbed;
let said: ReadonlyMap<string, Said>;
const codes = new Map<string, number | null>();

/** Label below `odd-mail.test`; verdict; the second host, or the only one; how `check` ends. */
const table = [
  ['absent', 'dane-reachable', 'address-proved-none', 0],
  ['way-in', 'dane-some', 'tlsa-absent', 1],
  ['unproved', 'dane-some', 'address-none', 1],
  ['bogus', 'dane-bogus', 'address-bogus', 3],
  ['null-mx', 'dane-reachable', 'null-mx-beside', 0],
  ['localhost', 'dane-reachable', 'localhost', 0],
  ['invalid', 'dane-reachable', 'invalid-name', 0],
  ['number', 'dane-reachable', 'number', 0],
  ['address', 'dane-reachable', 'number', 0],
  ['onion', 'dane-reachable', 'special-name', 0],
  ['alt', 'dane-reachable', 'special-name', 0],
  ['local', 'dane-reachable', 'special-name', 0],
  ['star', 'dane-reachable', 'address-proved-none', 0],
  ['at', 'dane-reachable', 'address-proved-none', 0],
  ['no-dot', 'dane-reachable', 'address-proved-none', 0],
  ['alias-domain', 'alias-nowhere', undefined, 1],
  ['no-host-alias', 'sts-no-policy-host', 'tlsa-absent', 1],
  ['many-open', 'dane-none-of-first', 'tlsa-absent', 1],
  ['many-nowhere', 'first-nowhere', 'address-proved-none', 1],
  ['only-localhost', 'no-server', 'localhost', 1],
  ['preferred-null', 'null-mx', undefined, 0],
  ['alias-unsigned', 'neither', 'tlsa-insecure', 1],
  ['alias-host', 'neither', 'tlsa-absent', 1],
  ['alias-gone', 'neither', 'tlsa-absent', 1],
  ['alias-dane', 'dane', 'authenticate', 0],
  ['wild', 'dane', 'authenticate', 0],
  ['no-host', 'sts-no-policy-host', 'tlsa-absent', 1],
  ['http-rua', 'dane', 'authenticate', 0],
] as const;

const of = (label: string): Said => said.get(`${label}.odd-mail.test`)!;

beforeAll(async () => {
  bed = await startTestbed();
  const source = ['--resolver', bed.doh, '--anchor', bed.anchorFile, '--lang', 'en'];
  const found: [string, Said][] = [];
  for (const [label] of table) {
    const domain = `${label}.odd-mail.test`;
    const { out, code } = await speak(['check', domain, '--json', ...source]);
    codes.set(label, code);
    found.push([domain, JSON.parse(out) as Said]);
  }
  said = new Map(found);
}, 180_000);
afterAll(() => bed.stop());

test.each(table)('%s: %s', (label, verdict, host, code) => {
  expect([of(label).verdict, of(label).hosts.at(-1)?.dane, codes.get(label)]).toEqual([
    verdict,
    host,
    code,
  ]);
});

test('a list says the same of each', async () => {
  const input = table.map(([label]) => `${label}.odd-mail.test`).join('\n');
  const { out } = await speak(
    ['check', '--list', '-', '--resolver', bed.doh, '--anchor', bed.anchorFile],
    { input },
  );
  const rows = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Said);
  expect(rows).toHaveLength(table.length);
  for (const row of rows) {
    const { standing, sts, tlsRpt } = said.get(row.domain)!;
    expect([row.domain, row.standing, row.sts, row.tlsRpt]).toEqual([
      row.domain,
      standing,
      sts,
      tlsRpt,
    ]);
  }
}, 60_000);

test('the advice is about what can be done, and never about a name that is no server', () => {
  const ids = (label: string) => of(label).actions.map(({ id }) => id);
  expect(ids('null-mx')).toContain('null-mx-alone');
  expect(ids('only-localhost')).toEqual(['say-null-mx']);
  expect(ids('invalid')).toContain('remove-mx');
  expect(ids('number')).toContain('replace-mx-address');
  for (const [label] of table)
    for (const { says } of of(label).actions)
      expect(says).not.toMatch(
        /^(?:Give|Mend|Check|Put the name) .*(?:localhost|invalid|\s\.\s|\b0\b)/,
      );
  for (const label of ['star', 'at', 'no-dot'])
    expect(ids(label)).toEqual(expect.arrayContaining(['replace-mx-address']));
  for (const label of ['star', 'at', 'no-dot'])
    expect(ids(label)).not.toContain('give-host-address');
  const says = (label: string, id: string) =>
    of(label).actions.find((action) => action.id === id)?.says;
  expect(says('alias-unsigned', 'sign-tlsa-alias')).toContain('_25._tcp.mx1.insecure.test');
  expect(says('alias-host', 'publish-tlsa-beyond-alias')).toContain('RFC 1034 §3.6.2');
  expect(says('alias-gone', 'mend-tlsa-alias')).toContain('does not exist');
  expect(says('no-host-alias', 'give-policy-host-alias')).toContain(
    'mta-sts.no-host-alias.odd-mail.test is an alias of gone.odd-mail.test',
  );
  expect(of('alias-domain').notes[0]).toContain('gone.odd-mail.test');
  expect(of('preferred-null').notes[0]).toContain('RFC 7505 §3');
});

test('text from a wildcard is an absence; what nobody can follow or report to is said', () => {
  expect([of('wild').sts, of('wild').tlsRpt]).toEqual(['proved-absent', 'proved-absent']);
  expect(of('no-host').sts).toBe('no-policy-host');
  expect(of('http-rua').tlsRpt).toBe('no-usable-rua');
});
