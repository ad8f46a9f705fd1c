/** Every format prints the same findings; each is read back by what reads it. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { badgeOf } from '../../src/command-line/badge.ts';
import { severityOfDeadline, type Finding } from '../../src/command-line/finding.ts';
import { endOf, linesOf, severityOf } from '../../src/command-line/formats.ts';
import type { Round } from '../../src/command-line/watch-state.ts';
import { worstSeverity, type Severity } from '../../src/command-line/severity.table.ts';
import { printed, recordCharactersMost } from '../../src/command-line/terminal.ts';
import { sayWith } from '../../src/view/messages/say.ts';
import { readWords } from '../../src/command-line/read-messages.ts';

const say = sayWith(readWords().en, 'en');
const finding = (domain: string, severity: Severity, more: Partial<Finding> = {}): Finding => ({
  ...{ domain, severity, checkedAtSeconds: 1_795_000_000, standing: 'dane', code: 0 },
  ...{ sentence: `${domain} is ${severity}.`, actions: [], deadlines: [] },
  problems:
    severity === 'ok'
      ? []
      : [{ id: 'dane-fails', severity, about: domain, says: `${domain} is ${severity}.` }],
  ...more,
});
const round = (...findings: readonly Finding[]): Round => ({ findings, faults: [] });
const print = (format: Parameters<typeof linesOf>[0], of: Round) =>
  printed(linesOf(format, of), recordCharactersMost);
/** What strangers put into names and sentences. */
const hostile = `a|b "c" <d> & 100%: e,f\n::error::g\\ 'h' ]]> \u0000`;
const attacked = round(
  finding('a.nl', 'critical', {
    sentence: hostile,
    actions: [hostile],
    problems: [{ id: 'x', severity: 'critical', about: hostile, says: hostile }],
    deadlines: [{ kind: 'certificate', about: hostile, endsSeconds: 2, leftSeconds: 1 }],
  }),
);

describe('severity', () => {
  test('of several the worst counts, and what is wrong is not hidden by what is not known', () => {
    expect(worstSeverity(['ok', 'unknown', 'warning'])).toBe('warning');
    expect(worstSeverity(['critical', 'unknown'])).toBe('critical');
    expect(worstSeverity(['ok', 'unknown'])).toBe('unknown');
    expect(worstSeverity([])).toBe('ok');
  });

  test.each([
    [{ leftSeconds: 100, warningSeconds: 100, criticalSeconds: 50 }, 'ok'],
    [{ leftSeconds: 99, warningSeconds: 100, criticalSeconds: 50 }, 'warning'],
    [{ leftSeconds: 49, warningSeconds: 100, criticalSeconds: 50 }, 'critical'],
    [{ leftSeconds: -1, warningSeconds: 0, criticalSeconds: 0 }, 'critical'],
    [{ leftSeconds: -1 }, 'ok'],
  ] as const)('of what runs out: %o is %s', (times, expected) => {
    expect(severityOfDeadline({ kind: 'certificate', about: 'a', endsSeconds: 0, ...times })).toBe(
      expected,
    );
  });

  test.each<[Severity, number]>([
    ['ok', 0],
    ['warning', 1],
    ['critical', 2],
    ['unknown', 3],
  ])(
    '%s ends with the code of plugins, and elsewhere with the documented one',
    (severity, code) => {
      expect(endOf('nagios', round(finding('a.nl', severity)), 1)).toBe(code);
      expect(endOf('junit', round(finding('a.nl', severity)), 1)).toBe(1);
    },
  );

  test('a fault of ours is unknown, and never critical', () => {
    expect(severityOf({ findings: [], faults: ['no such file'] })).toBe('unknown');
    const both = { findings: [finding('a.nl', 'critical')], faults: ['x'] };
    expect(severityOf(both)).toBe('critical');
  });
});

describe('nagios', () => {
  test('has one line with the state, what to do, and what runs out as performance data', () => {
    const deadlines: Finding['deadlines'] = [
      {
        ...({ kind: 'signatures', about: 'a.nl', endsSeconds: 2, leftSeconds: 3600 } as const),
        ...{ warningSeconds: 7200, criticalSeconds: 1800 },
      },
    ];
    const text = print(
      'nagios',
      round(finding('a.nl', 'warning', { actions: ['Sign.'], deadlines })),
    );
    expect(text).toBe(
      "STS-DANE WARNING - a.nl is warning. - Sign. | 'signatures a.nl'=3600s;7200:;1800:",
    );
  });

  test('of many has counts, and a line for each that is not fine', () => {
    const lines = print(
      'nagios',
      round(finding('a.nl', 'ok'), finding('b.nl', 'critical'), finding('c.nl', 'unknown')),
    ).split('\n');
    expect(lines[0]).toBe(
      'STS-DANE CRITICAL - 1 critical, 0 warning, 1 unknown, 1 ok - b.nl is critical. | critical=1 warning=0 unknown=1 ok=1',
    );
    expect(lines.slice(1)).toEqual([
      'CRITICAL b.nl: b.nl is critical.',
      'UNKNOWN c.nl: c.nl is unknown.',
    ]);
  });

  test('no text of strangers begins performance data or a line', () => {
    const [first = '', ...others] = print('nagios', attacked).split('\n');
    expect(first.split('|')).toHaveLength(2);
    expect(others.join('\n')).not.toContain('|');
    expect(others.every((line) => line.startsWith('CRITICAL '))).toBe(true);
  });
});

describe('openmetrics', () => {
  const sample = /^[a-z_]+\{(?:[a-z_]+="(?:[^"\\\n]|\\[\\"n])*",?)*\} -?\d+$/;
  test.each([
    ['fine', round(finding('a.nl', 'ok'), finding('b.nl', 'warning'))],
    ['attacked', attacked],
  ])('has help, type and unit for each family, and ends: %s', (_, of) => {
    const lines = print('openmetrics', of).split('\n');
    expect(lines.at(-1)).toBe('# EOF');
    const families = lines.flatMap((line) => /^# TYPE (\S+) gauge$/.exec(line)?.[1] ?? []);
    expect(families.length).toBeGreaterThan(5);
    for (const family of families) {
      expect(lines.filter((line) => line.startsWith(`# HELP ${family} `))).toHaveLength(1);
      const unit = lines.includes(`# UNIT ${family} seconds`);
      expect(unit).toBe(family.endsWith('_seconds'));
    }
    const samples = lines.filter((line) => !line.startsWith('#'));
    expect(samples.length).toBeGreaterThan(4);
    for (const line of samples) {
      expect(line).toMatch(sample);
      expect(families).toContain(line.split('{')[0]);
    }
    expect(new Set(samples.map((line) => line.split('} ')[0])).size).toBe(samples.length);
  });

  test('the names are those of the documentation', () => {
    const docs = readFileSync('docs/monitoring.md', 'utf8');
    const names = print('openmetrics', round()).matchAll(/^# TYPE (\S+)/gm);
    for (const [, name = ''] of names) expect(docs).toContain(`\`${name}\``);
  });
});

describe('github', () => {
  test('is one annotation a problem, and strangers write no command', () => {
    const lines = print('github', attacked).split('\n');
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^::error title=[^:,]*::/);
    expect(lines[0]).toContain('100%25');
    expect(print('github', round(finding('a.nl', 'unknown')))).toMatch(/^::warning title=a\.nl::/);
  });
});

describe('junit', () => {
  test('is well formed XML with a case for each name', () => {
    const text = print('junit', { ...attacked, faults: [hostile] });
    expect(text).toContain('tests="2" failures="1" errors="1"');
    // Nothing of what strangers wrote is left as markup.
    const bare = text.replace(
      /<\/?(?:testsuite|testcase|failure|error|system-out)(?: [a-z]+="[^"<]*")*\/?>|<\?xml [^>]*\?>/g,
      '',
    );
    expect(bare).not.toMatch(/[<>"]/);
    expect(bare.replace(/&#\d+;/g, '')).not.toContain('&');
  });

  test('what is unknown is an error, and no failure', () => {
    expect(print('junit', round(finding('a.nl', 'unknown')))).toContain('failures="0" errors="1"');
  });
});

describe('a badge', () => {
  const good = finding('a.nl', 'ok', {
    deadlines: [
      { kind: 'signatures', about: 'a.nl', endsSeconds: 1_795_086_400, leftSeconds: 86_400 },
    ],
  });
  test('says its day, when it is out of date, and what it does not cover', () => {
    const svg = badgeOf(good, { connect: false }, say);
    expect(svg).toContain('measured 2026-11-18, out of date from 2026-11-19');
    expect(svg).toContain('Only the DNS was examined');
    expect(svg).toContain('a.nl: DANE for every mail server');
    expect(badgeOf(finding('a.nl', 'ok'), { connect: true }, say)).toContain('2026-12-18');
  });

  test('holds no markup of strangers', () => {
    const svg = badgeOf(
      finding(hostile, 'critical', { sentence: hostile }),
      { connect: true, link: 'https://a.nl/?a=b&c=d' },
      say,
    );
    expect(svg.match(/<(?!\/)/g)).toHaveLength(9);
    expect(svg).not.toMatch(/&(?!#\d+;)/);
  });
});
