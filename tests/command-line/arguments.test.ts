import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { langOf, readArguments } from '../../src/command-line/arguments.ts';
import { readWords } from '../../src/command-line/read-messages.ts';

const read = (line: string) => readArguments(line.split(' ').filter(Boolean), 'nl');

describe('what was typed is a command', () => {
  test.each([
    ['check a.nl b.nl', { command: 'check', operands: ['a.nl', 'b.nl'] }],
    ['check --json a.nl --lang en', { command: 'check', lang: 'en', options: { json: true } }],
    ['check --lang=en a.nl', { lang: 'en', operands: ['a.nl'] }],
    ['check --list - --at-once 4', { options: { list: '-', atOnce: 4 } }],
    ['check a.nl --connect --port 2525', { options: { connect: true, port: 2525 } }],
    ['check a.nl', { options: { connect: false, port: 25, json: false } }],
    ['tlsa a.pem b.pem', { command: 'tlsa', operands: ['a.pem', 'b.pem'] }],
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
    ['tlsa a.pem --resolver https://x.example/', 'cli.wrong.option-elsewhere'],
    ['check a.nl --resolver', 'cli.wrong.no-value'],
    ['check --list --json', 'cli.wrong.no-value'],
    ['check a.nl --json=yes', 'cli.wrong.value'],
    ['check a.nl --lang fr', 'cli.wrong.lang'],
    ['check a.nl --list b', 'cli.wrong.list-and-names'],
    ['check --list b --connect', 'cli.wrong.list-and-connect'],
    ['check a.nl --port 25', 'cli.wrong.port-alone'],
    ['check a.nl --connect --port 0', 'cli.wrong.port'],
    ['check a.nl --connect --port 65536', 'cli.wrong.port'],
    ['check a.nl --connect --port smtp', 'cli.wrong.port'],
    ['check --list b --at-once 0', 'cli.wrong.at-once'],
    ['check a.nl --resolver http://dns.example/dns-query', 'cli.wrong.resolver'],
    ['check a.nl --resolver dns.example', 'cli.wrong.resolver'],
    ['check a.nl --resolver http://127.0.0.1.example/dns-query', 'cli.wrong.resolver'],
    ['check a.nl --resolver file:///etc/passwd', 'cli.wrong.resolver'],
    ['check a.nl --resolver https://me:secret@dns.example/', 'lookup.resolver.credentials'],
    ['check a.nl --resolver https://me@dns.example/', 'lookup.resolver.credentials'],
    ['policy a b', 'cli.wrong.one-file'],
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
