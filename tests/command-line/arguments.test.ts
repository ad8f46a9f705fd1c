import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { langOf, readArguments } from '../../src/command-line/arguments.ts';
import { readWords } from '../../src/command-line/read-messages.ts';

const read = (line: string) => readArguments(line.split(' ').filter(Boolean), 'nl');

describe('what was typed is a command', () => {
  test.each([
    ['check a.nl b.nl', { command: 'check', operands: ['a.nl', 'b.nl'] }],
    ['check --json a.nl --lang en', { command: 'check', lang: 'en', options: { format: 'json' } }],
    ['check --lang=en a.nl', { lang: 'en', operands: ['a.nl'] }],
    ['check --list - --at-once 4', { options: { list: '-', atOnce: 4 } }],
    ['check a.nl --connect --port 2525', { options: { connect: true, port: 2525 } }],
    ['check a.nl', { options: { connect: false, port: 25, format: 'text' } }],
    ['tlsa a.pem b.pem', { command: 'tlsa', operands: ['a.pem', 'b.pem'] }],
    ['check -q a.nl --format nagios', { options: { quiet: true, format: 'nagios' } }],
    [
      'watch a --interval 60 --warning-days 0',
      { command: 'watch', options: { interval: 60, warningDays: 0 } },
    ],
    ['policy -', { command: 'policy', operands: ['-'] }],
    ['check -- -a.nl', { operands: ['-a.nl'] }],
  ])('%s', (line, expected) => {
    expect(read(line)).toMatchObject({ kind: 'run', ...expected });
  });

  test.each([
    ['--help', undefined],
    ['-h', undefined],
    ['help check', 'check'],
    ['check --help', 'check'],
    ['tlsa -h', 'tlsa'],
  ])('%s asks for help', (line, command) => {
    expect(read(line)).toEqual({ kind: 'help', lang: 'nl', ...(command && { command }) });
  });
});

describe('what was typed is no command, and that is told', () => {
  test.each([
    ['', 'cli.wrong.no-command'],
    ['chekc a.nl', 'cli.wrong.command'],
    ['check', 'cli.wrong.nothing.check'],
    ['simulate', 'cli.wrong.nothing.simulate'],
    ['policy', 'cli.wrong.nothing.policy'],
    ['tlsa', 'cli.wrong.nothing.tlsa'],
    ['report', 'cli.wrong.nothing.report'],
    ['check a.nl --frob', 'cli.wrong.option'],
    ['tlsa a.pem --resolver https://x.example/', 'cli.wrong.needs'],
    ['policy a --resolver https://x.example/', 'cli.wrong.option-elsewhere'],
    ['check a.nl --resolver', 'cli.wrong.no-value'],
    ['check --list --json', 'cli.wrong.no-value'],
    ['check a.nl --json=yes', 'cli.wrong.value'],
    ['check a.nl --lang fr', 'cli.wrong.lang'],
    ['check a.nl --list b', 'cli.wrong.list-and-names'],
    ['check --list b --connect', 'cli.wrong.list-and-connect'],
    ['check a.nl --port 25', 'cli.wrong.needs'],
    ['check a.nl --every-address', 'cli.wrong.needs'],
    ['check a.nl --link https://a.nl/', 'cli.wrong.needs'],
    ['tlsa a.pem --ttl 60', 'cli.wrong.needs'],
    ['tlsa a.pem --host a.nl --check-deploy', 'cli.wrong.needs'],
    ['check a.nl --connect --port 0', 'cli.wrong.number'],
    ['check a.nl --connect --port 65536', 'cli.wrong.number'],
    ['check a.nl --connect --port smtp', 'cli.wrong.number'],
    ['check a.nl --warning-days -1', 'cli.wrong.no-value'],
    ['check a.nl --critical-days=-1', 'cli.wrong.number'],
    ['check a.nl --warning-days 1.5', 'cli.wrong.number'],
    ['check --list b --at-once 0', 'cli.wrong.number'],
    ['check a.nl --format yaml', 'cli.wrong.format'],
    ['check a.nl --format text --json', 'cli.wrong.format'],
    ['tlsa a.pem --format nagios', 'cli.wrong.format'],
    ['check --list b --format nagios', 'cli.wrong.list-and-format'],
    ['check a.nl --connect --certificates dsa', 'cli.wrong.certificates'],
    ['check a.nl b.nl --badge b.svg', 'cli.wrong.badge'],
    ['watch', 'cli.wrong.nothing.watch'],
    ['watch a b', 'cli.wrong.one-file'],
    ['watch a --interval 9', 'cli.wrong.number'],
    ['plan', 'cli.wrong.nothing.plan'],
    ['schema', 'cli.wrong.nothing.schema'],
    ['check a.nl --resolver http://dns.example/dns-query', 'cli.wrong.resolver'],
    ['check a.nl --resolver dns.example', 'cli.wrong.resolver'],
    ['check a.nl --resolver http://127.0.0.1.example/dns-query', 'cli.wrong.resolver'],
    ['check a.nl --resolver file:///etc/passwd', 'cli.wrong.resolver'],
    ['check a.nl --resolver https://me:secret@dns.example/', 'lookup.resolver.credentials'],
    ['check a.nl --resolver https://me@dns.example/', 'lookup.resolver.credentials'],
    ['simulate a b', 'cli.wrong.one-file'],
  ])('%s', (line, key) => {
    const given = read(line);
    expect(given).toMatchObject({ kind: 'wrong', key });
    for (const words of Object.values(readWords())) expect(words).toHaveProperty([key]);
  });

  test('whatever it is, reading it never throws', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (argv) => {
        expect(['run', 'help', 'version', 'wrong']).toContain(readArguments(argv, 'en').kind);
      }),
    );
  });
});

test('the language is that of the system where it is ours, else Dutch', () => {
  expect(langOf({ LANG: 'en_GB.UTF-8' })).toBe('en');
  expect(langOf({ LC_ALL: 'nl_NL', LANG: 'en_GB' })).toBe('nl');
  expect(langOf({ LANG: 'C' })).toBe('nl');
  expect(langOf({})).toBe('nl');
});
