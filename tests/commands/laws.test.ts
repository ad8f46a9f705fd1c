import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

/** The command as a maintainer runs it. */
function laws(...given: readonly string[]) {
  const { status, stdout, stderr } = spawnSync('node', ['commands/laws.ts', ...given], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('npm run laws', () => {
  it('prints the weakest attackers, their days, and what it counted', () => {
    const { status, stdout } = laws('secrecy', '--protection', 'dane');
    expect(status).toBe(0);
    expect(stdout).toContain('broken by LK, DZ');
    expect(stdout).toContain('day 0  line.mitm-server-key: attacker (believes proven)');
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('128 laws, 72 hold, 56 broken, 0 differ');
  });

  it.each([
    ['an unknown law', ['secrecie', 'secrecy'], 'There is no law "secrecie". There are: secrecy,'],
    [
      'an unknown protection',
      ['secrecy', '--protection', 'dnae'],
      'There is no protection "dnae".',
    ],
    ['what is no set of powers', ['secrecy', '--powers', 'LX'], '"LX" is no set of powers.'],
    ['a set with one power twice', ['secrecy', '--powers', 'LL'], '"LL" is no set of powers.'],
    ['a lifetime that is none', ['secrecy', '--lifetime', 'week'], '"week" is no lifetime'],
    ['an unknown option', ['--spim'], "Unknown option '--spim'"],
    ['a part to be written', ['secrecy', '--write'], 'the site reads the whole table only'],
  ])('says of %s what is wrong, and ends with 2', (_what, given, sentence) => {
    const own = given.includes('--protection') ? [] : ['--protection', 'dane'];
    const { status, stderr } = laws(...given, ...own);
    expect(stderr).toContain(sentence);
    expect(status).toBe(2);
  });

  it('goes on with the rest', () => {
    const { status, stdout } = laws('secrecie', 'secrecy', '--protection', 'dane');
    expect(status).toBe(2);
    expect(stdout).toContain('128 laws');
  });

  it('says before it starts that a scope is too large, and goes on with the others', () => {
    const given = ['--protection', 'mta-sts', '--protection', 'dane', '--lifetime', '30000'];
    const { status, stdout, stderr } = laws('secrecy', ...given);
    expect(stderr).toContain('mta-sts with a lifetime of 30000 days is too large to explore');
    expect(stdout).toContain('dane  (1 memories');
    expect(stdout).not.toContain('mta-sts  (');
    expect(status).toBe(2);
  });

  it('prints a counterexample as a scenario', () => {
    const given = ['--protection', 'sts-2016', '--powers', 'D', '--scenario'];
    const { status, stdout } = laws('heals', ...given);
    expect(status).toBe(0);
    const scenario = JSON.parse(stdout) as { past: { deliveries: unknown[] } };
    expect(scenario.past.deliveries.length).toBe(1);
  });
});
