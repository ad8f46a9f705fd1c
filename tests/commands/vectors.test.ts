import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { vectorsFolder } from '../../commands/at-hand.ts';
import { kinds, runFolder } from '../../conformance/vectors/run.ts';
import { differences } from '../../conformance/vectors/vector.ts';

const project = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const own = await runFolder(join(project, 'content/vectors'));

describe('conformance vectors of this project', () => {
  for (const { kind, vector, differences } of own)
    it(`${kind} › ${vector.name} → as expected`, () => {
      expect(differences).toEqual([]);
    });

  it('hold vectors of every kind we know', () => {
    expect([...new Set(own.map(({ kind }) => kind))].sort()).toEqual(Object.keys(kinds).sort());
  });

  it('hold nothing that belongs to another project', () => {
    expect(own.filter(({ vector }) => !['own', 'rfc'].includes(vector.origin ?? ''))).toEqual([]);
  });
});

describe.skipIf(vectorsFolder === undefined)('conformance vectors beside the checkout', () => {
  it('agree wherever nothing is disputed', async () => {
    const outcomes = await runFolder(vectorsFolder!);
    expect(outcomes.length).toBeGreaterThan(own.length);
    expect(outcomes.filter(({ verdict }) => verdict === 'disagree')).toEqual([]);
  });
});

describe('a folder of vectors', () => {
  const folderWith = (files: Readonly<Record<string, string>>): string => {
    const folder = mkdtempSync(join(tmpdir(), 'vectors-'));
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    return folder;
  };

  it.each([
    ['a kind that nobody knows', { kind: 'dkim', vectors: [{ name: 'x', expect: {} }] }],
    ['no kind', { vectors: [{ name: 'x', expect: {} }] }],
    ['no name', { kind: 'mta-sts-txt', vectors: [{ txt: [['v=STSv1; id=1;']] }] }],
    ['no vector but a word', { kind: 'mta-sts-txt', vectors: ['x'] }],
    [
      'an encoding that nobody knows',
      { kind: 'tlsrpt-report', vectors: [{ name: 'x', file: 'x', encoding: 'zip', expect: {} }] },
    ],
    [
      'a file that is not there',
      { kind: 'tlsrpt-report', vectors: [{ name: 'x', file: 'x', encoding: 'json', expect: {} }] },
    ],
  ])('counts %s as a disagreement', async (_why, file) => {
    const outcomes = await runFolder(folderWith({ 'a.json': JSON.stringify(file) }));
    expect(outcomes.map(({ verdict }) => verdict)).toEqual(['disagree']);
  });

  it('counts broken JSON as a disagreement, and other files not at all', async () => {
    const files = { 'a.json': '{', 'b.json': '{"certs": {}}', 'c.txt': 'x' };
    const outcomes = await runFolder(folderWith(files));
    expect(outcomes.map(({ verdict, vector }) => [verdict, vector.name])).toEqual([
      ['disagree', 'a.json'],
    ]);
  });

  it('may be empty or lack kinds', async () => {
    expect(await runFolder(folderWith({}))).toEqual([]);
  });
});

describe('comparison', () => {
  it('sees a wrong expectation in every kind', async () => {
    // Each vector is asked to expect what it does not: none may pass.
    const wrong = (value: unknown): unknown =>
      typeof value === 'boolean' ? !value : `${JSON.stringify(value)} and not this`;
    for (const { kind, vector } of own) {
      if (kind === 'tlsrpt-report') continue;
      const compare = kinds[kind]!;
      const file = (await import(join(project, `content/vectors/${kind}.json`), {
        with: { type: 'json' },
      })) as { default: never };
      const context = { file: file.default, folder: '' };
      const field = Object.keys(vector.expect ?? { match: true })[0] ?? '';
      const changed =
        vector.expect === undefined
          ? { ...vector, match: wrong(vector['match']) }
          : { ...vector, expect: { ...vector.expect, [field]: wrong(vector.expect[field]) } };
      const found = (await compare(changed, context)).differences;
      expect(found, `${kind} ${vector.name}`).not.toEqual([]);
    }
  });

  it('tells lists in another order apart and keys in another order not', () => {
    const isEqual = (expected: unknown, found: unknown) =>
      differences({ field: expected }, { field: found }).length === 0;
    expect(isEqual({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toBe(true);
    expect(isEqual([1, 2], [2, 1])).toBe(false);
    expect(isEqual({ a: undefined }, {})).toBe(false);
  });
});
