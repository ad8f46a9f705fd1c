import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readWords } from '../../src/command-line/read-messages.ts';
import { runFolder } from '../../conformance/vectors/run.ts';

const project = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const read = (path: string) => readFileSync(join(project, path), 'utf8');
const disputes = parse(read('content/disputes.yaml')) as readonly {
  readonly situation: string;
  readonly source: string;
  readonly section: string;
  readonly decision: string;
}[];
const situations = disputes.map(({ situation }) => situation);

describe('every dispute', () => {
  const table = read('docs/decisions/disputes.md');
  const { nl, en } = readWords();
  for (const { situation, source, section } of disputes)
    it(`${situation} has a decision, a section on file and words in both languages`, () => {
      expect(table).toContain(`| \`${situation}\``);
      expect(nl[`situation.${situation}`]).toBeTruthy();
      expect(en[`situation.${situation}`]).toBeTruthy();
      const { sections } = parse(read(`content/sources/${source}.yaml`)) as {
        readonly sections: Readonly<Record<string, unknown>>;
      };
      expect(Object.keys(sections)).toContain(section);
    });

  it('stands once in the list, and the table has no other', () => {
    expect(new Set(situations).size).toBe(situations.length);
    const rows = [...table.matchAll(/^\| `([^`]+)`/gm)].map(([, situation]) => situation);
    expect(rows.sort()).toEqual([...situations].sort());
  });
});

describe('every disputed vector', () => {
  const beside = join(project, '..', 'shared', 'vectors');
  const folders = [join(project, 'content/vectors'), beside].filter((folder) => existsSync(folder));
  it('meets a situation that we decided, and takes the reading recorded', async () => {
    const outcomes = (await Promise.all(folders.map(runFolder))).flat();
    const disputed = outcomes.filter(({ verdict }) => verdict === 'disputed');
    expect(disputed.length).toBeGreaterThan(5);
    const undecided = disputed.filter(
      (outcome) => !outcome.situations.some((situation) => situations.includes(situation)),
    );
    expect(undecided.map(({ vector }) => vector.name)).toEqual([]);
    const otherwise = disputed.filter(({ differences }) => differences.length > 0);
    expect(otherwise.map(({ vector }) => vector.name)).toEqual([]);
  });
});

/** Literals that name a situation in the parsers: whatever a parser can say must have words. */
describe('every situation that a parser can name', () => {
  const rooms: Readonly<Record<string, readonly string[]>> = {
    'mta-sts': [
      'mta-sts/record.ts',
      'mta-sts/policy.ts',
      'mta-sts/policy-lines.ts',
      'mta-sts/policy-fields.ts',
      'mta-sts/near-miss.ts',
      'mta-sts/match.ts',
      'grammar/versioned-record.ts',
    ],
    'tls-rpt': ['tls-rpt/record.ts', 'tls-rpt/report.ts', 'grammar/versioned-record.ts'],
    'sts-2016': ['sts-2016/record.ts'],
    dane: ['dane/tlsa.ts', 'dane/usable.ts', 'dane/match.ts', 'pkix/path.ts'],
  };
  const isSituation = /'([a-z]+(?:-[a-z0-9]+)+)'/g;
  const { nl } = readWords();
  for (const [room, files] of Object.entries(rooms))
    it(`of ${room} has words`, () => {
      const named = files.flatMap((file) =>
        [...read(`src/core/${file}`).matchAll(isSituation)].map(([, name = '']) => name),
      );
      const ofOthers = Object.keys(nl)
        .filter((key) => key.startsWith('situation.'))
        .map((key) => key.split('.').at(-1));
      // Names of parts, codes and fields look alike; a situation is one that some room has words for.
      const spoken = named.filter((name) => ofOthers.includes(name));
      const silent = spoken.filter((name) => nl[`situation.${room}.${name}`] === undefined);
      expect([...new Set(silent)]).toEqual([]);
    });
});
