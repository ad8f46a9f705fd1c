/** The rules of the house, as tests. Each failure names the file and what is wrong with it. */
import { globSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { citationsOf, rules, type RuleId } from '../src/core/rules.ts';
import { readFacts } from '../src/site/facts/read.ts';
import { readWords } from '../src/command-line/read-messages.ts';
import { fileOfRule, ruleTables } from './house/rule-strands.ts';
import { messageFiles, placesOf, wordFiles } from './house/words.ts';
import { rulesOf, runOf, scenarios } from './scenarios/every.ts';

const sources = globSync('src/**/*.{ts,svelte,astro}').sort();
const read = (file: string) => readFileSync(file, 'utf8');

/** The floors, lowest first; a file imports its own floor or a lower one. */
const floors = ['core', 'world', 'view', 'widgets', 'site', 'pages'] as const;
/** What is beside the floors, seen from none of them, and the floors that it may import. */
const beside: Readonly<Record<string, readonly string[]>> = {
  'command-line': ['core', 'world', 'view'],
  library: ['core', 'world'],
};
const floorOf = (file: string) =>
  file === 'src/content.config.ts' ? 'site' : (file.split('/')[1] ?? '');

/** The files of the project that a file imports, types included. */
function importsOf(file: string): readonly string[] {
  const text = read(file).replace(/^\s*(\/\/|\*|\/\*).*$/gm, '');
  return [...text.matchAll(/\b(?:from|import)\s*\(?\s*['"](\.[^'"?]+)['"?]/g)].map(
    ([, path = '']) => relative('.', join(dirname(file), path)),
  );
}

function mayImport(from: string, to: string): boolean {
  const [a, b] = [floorOf(from), floorOf(to)];
  if (a === b) return true;
  const side = beside[a];
  if (side) return side.includes(b);
  return (
    floors.indexOf(b as never) >= 0 && floors.indexOf(b as never) <= floors.indexOf(a as never)
  );
}

test('there is a house to look at', () => {
  expect(sources.length).toBeGreaterThan(50);
  expect(sources.flatMap(importsOf).length).toBeGreaterThan(50);
});

test('imports go one way: core ← world ← view ← widgets ← site ← pages', () => {
  const wrong = sources.flatMap((file) =>
    importsOf(file)
      .filter((to) => to.startsWith('src/') && !mayImport(file, to))
      .map((to) => `${file} imports ${to}`),
  );
  expect(wrong).toEqual([]);
});

test('the judge of imports knows a wrong one', () => {
  expect(mayImport('src/core/a.ts', 'src/world/b.ts')).toBe(false);
  expect(mayImport('src/world/a.ts', 'src/view/b.ts')).toBe(false);
  expect(mayImport('src/view/a.ts', 'src/widgets/b.ts')).toBe(false);
  expect(mayImport('src/view/a.ts', 'src/command-line/b.ts')).toBe(false);
  expect(mayImport('src/command-line/a.ts', 'src/widgets/b.ts')).toBe(false);
  expect(mayImport('src/widgets/a.ts', 'src/view/b.ts')).toBe(true);
  expect(mayImport('src/widgets/a.ts', 'src/site/b.ts')).toBe(false);
});

test('the site imports no tests and no commands', () => {
  const wrong = sources.filter((file) =>
    importsOf(file).some((to) => /^(tests|commands|conformance)\//.test(to)),
  );
  expect(wrong).toEqual([]);
});

test('the schema library reaches no page: below the site only scenario files import it, and each other', () => {
  const schemas = ['replay', 'scenario', 'scenario-change', 'scenario-file'].map(
    (name) => `src/world/simulated/${name}.ts`,
  );
  const below = sources.filter((file) => /^src\/(core|world|view|widgets)\//.test(file));
  const valuesOnly = (file: string) =>
    read(file).replace(/^\s*(?:im|ex)port type [\s\S]*?;$/gm, '');
  const needs = below.filter((file) =>
    [...valuesOnly(file).matchAll(/['"]((?:\.|astro\/zod|zod)[^'"\n]*)['"]/g)].some(
      ([, path = '']) =>
        path.startsWith('.')
          ? schemas.includes(relative('.', join(dirname(file), path)))
          : path.includes('zod'),
    ),
  );
  expect(needs).toEqual(
    ['replay', 'scenario-change', 'scenario-file', 'scenario'].map(
      (name) => `src/world/simulated/${name}.ts`,
    ),
  );
});

/** The circles in a graph of imports, each as one way round. */
function circlesIn(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const state = new Map<string, 'open' | 'done'>();
  const circles: string[] = [];
  const visit = (node: string, path: readonly string[]) => {
    if (state.get(node) === 'done') return;
    if (state.get(node) === 'open') {
      circles.push([...path.slice(path.indexOf(node)), node].join(' → '));
      return;
    }
    state.set(node, 'open');
    for (const to of graph.get(node) ?? []) visit(to, [...path, node]);
    state.set(node, 'done');
  };
  for (const node of graph.keys()) visit(node, []);
  return circles;
}

test('no file imports itself by a detour, types included', () => {
  expect(circlesIn(new Map(sources.map((file) => [file, importsOf(file)])))).toEqual([]);
});

test('no room of core or world imports itself by a detour, types included', () => {
  const rooms = new Map<string, string[]>();
  for (const file of sources) {
    const [, from = ''] = /^src\/((?:core|world)\/[\w-]+)\//.exec(file) ?? [];
    for (const to of importsOf(file)) {
      const [, other = ''] = /^src\/((?:core|world)\/[\w-]+)\//.exec(to) ?? [];
      if (from !== '' && other !== '' && from !== other)
        rooms.set(from, [...(rooms.get(from) ?? []), other]);
    }
  }
  expect(rooms.size).toBeGreaterThan(10);
  expect(circlesIn(rooms)).toEqual([]);
});

test('the site and its pages take from the widgets their components, their styles and their deferred props', () => {
  const wrong = sources
    .filter((file) => /^src\/(site|pages)\//.test(file))
    .flatMap((file) =>
      importsOf(file)
        .filter((to) => to.startsWith('src/widgets/') && !/\.(svelte|css)$/.test(to))
        .map((to) => `${file} imports ${to}`),
    );
  expect(wrong.sort()).toEqual([
    'src/site/client-use.ts imports src/widgets/deferred.ts',
    'src/site/deferred-props.ts imports src/widgets/deferred.ts',
  ]);
});

describe('the core', () => {
  const core = sources.filter((file) => file.startsWith('src/core/'));

  test('imports nothing from outside', () => {
    const outside = core.flatMap((file) =>
      [...read(file).matchAll(/\bfrom\s*['"]([^.'"][^'"]*)['"]/g)].map(
        ([, name]) => `${file}: ${name}`,
      ),
    );
    expect(outside).toEqual([]);
  });

  test('knows no screen, no network, no clock and no chance', () => {
    const forbidden =
      /\b(?:document\.|window\.|navigator|localStorage|fetch\(|process\.|Date\.now|new Date\(\)|Math\.random|performance\.|setTimeout|crypto\.)/;
    const wrong = core.filter((file) =>
      forbidden.test(read(file).replace(/\/\*[\s\S]*?\*\/|\/\/.*$|'[^'\n]*'|`[^`]*`/gm, '')),
    );
    expect(wrong).toEqual([]);
  });

  /** Exported functions without a docstring right before them. */
  const undocumented = (text: string): readonly (string | undefined)[] =>
    [
      ...text.matchAll(
        /(?<!\*\/\n)^export (?:(?:async )?function\*? *|const )(\w+)(?:.* = *(?:async )?\n? *[<(]|\(|<)/gm,
      ),
    ].map(([, name]) => name);

  test('has a docstring at each function that it exports', () => {
    expect(core.flatMap((file) => undocumented(read(file)).map((at) => `${file}: ${at}`))).toEqual(
      [],
    );
    const bare = 'export function* b() {}\nexport const c =\n  (d: string) => d;\n';
    expect(undocumented(bare)).toEqual(['b', 'c']);
    expect(undocumented(bare.replaceAll('export', '/** What. */\nexport'))).toEqual([]);
  });

  test('has no file of more than 300 lines, tables apart', () => {
    const long = core
      .filter((file) => !file.endsWith('.table.ts'))
      .map((file) => [file, read(file).split('\n').length] as const)
      .filter(([, lines]) => lines > 300);
    expect(long).toEqual([]);
  });
});

test('every room of the core says on one door what it is, what it withstands, follows and leaves out', () => {
  const rooms = readdirSync('src/core', { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  expect(rooms.length).toBeGreaterThan(10);
  const wrong = rooms.flatMap(({ name }) => {
    const doors = globSync(`src/core/${name}/*.ts`).filter((file) => {
      const [, first = ''] = /^\/\*\*([\s\S]*?)\*\//.exec(read(file)) ?? [];
      return ['The threat', 'Implements: ', 'Left out'].every((part) =>
        first.includes(`* ${part}`),
      );
    });
    return doors.length === 1 ? [] : [`${name}: ${doors.join(', ') || 'none'}`];
  });
  expect(wrong).toEqual([]);
});

test('no file has a name that says nothing', () => {
  const empty =
    /(^|[/-])(utils?|helpers?|common|manager|handler|misc|stuff)(\.|-|\/|$)|(^|\/)parts\//;
  expect(
    [...sources, ...globSync('{commands,conformance,tests}/**/*.{ts,mjs}')].filter((file) =>
      empty.test(file),
    ),
  ).toEqual([]);
});

test('nothing writes a style attribute, which the content security policy refuses', () => {
  const wrong = sources
    .filter((file) => /\.(svelte|astro)$/.test(file))
    .filter((file) => /\sstyle(=|:[a-z-]+[=}])/.test(read(file)));
  expect(wrong).toEqual([]);
});

test('no text becomes markup: what strangers write in records and files is shown, never run', () => {
  const ways =
    /\{@html|set:html|(?:inner|outer)HTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|srcdoc|javascript:|new Function|\beval\(/;
  const wrong = sources.filter((file) => ways.test(read(file)));
  // What a page says of itself to search engines is data that the build wrote (schema-org.ts).
  // A table of an article is our own markup already, with roles written into it.
  expect(wrong).toEqual(['src/site/ArticlePage.astro', 'src/site/prose/Grid.astro']);
});

test('no scenario is a special case in the code', () => {
  const ids = globSync('content/scenarios/**/*.yaml').map((file) =>
    file
      .split('/')
      .at(-1)!
      .replace(/\.yaml$/, ''),
  );
  const wrong = sources.flatMap((file) => {
    const text = read(file);
    return ids
      .filter((id) => id.includes('-') && new RegExp(`['"\`]${id}['"\`]`).test(text))
      .map((id) => `${file}: ${id}`);
  });
  expect(wrong).toEqual([]);
});

describe('every rule', () => {
  const { facts } = readFacts('content');
  const words = readWords();
  const tables = new Map(ruleTables().map(({ file, table }) => [file, table]));
  const reached = new Set(scenarios.flatMap((each) => rulesOf(runOf(each))));
  const every = (Object.keys(rules) as RuleId[]).map((rule) => [rule] as const);

  test('there are rules', () => {
    expect(every.length).toBeGreaterThan(100);
  });

  test.each(every)('%s cites sections that exist', (rule) => {
    expect(citationsOf(rule).length).toBeGreaterThan(0);
    for (const { source, section } of citationsOf(rule))
      expect(facts.sources.get(source)?.sections, `${source} ${section}`).toHaveProperty([section]);
  });

  test.each(every)('%s has one clause, or says why it has none', (rule) => {
    const own = facts.clauses?.clauses.filter(({ rules }) => rules.includes(rule)) ?? [];
    const isWithout = rule in (facts.clauses?.none ?? {});
    expect(own.length + Number(isWithout), 'content/clauses.yaml').toBe(1);
  });

  test.each(every)('%s has a sentence in both languages', (rule) => {
    for (const lang of ['nl', 'en'] as const) expect(words[lang]).toHaveProperty([`rule.${rule}`]);
  });

  test.each(every)('%s has a test table that names it and one of its sections', (rule) => {
    const table = tables.get(fileOfRule(rule));
    expect(table, fileOfRule(rule)).toBeDefined();
    expect(table?.rule).toBe(rule);
    expect(table?.cases.length).toBeGreaterThan(0);
    const cited = citationsOf(rule).map(({ source, section }) => `${source} ${section}`);
    expect(cited).toContain(table?.source);
  });

  // What a resolver proves is no step of a sender: validation has recorded lookups instead, one at
  // least in each of its tables.
  test.each(every.filter(([rule]) => !rule.startsWith('dnssec.')))(
    '%s has a scenario that reaches it',
    (rule) => {
      expect(reached).toContain(rule);
    },
  );

  test('no table is without its rule', () => {
    const strays = [...tables].filter(
      ([file, { rule }]) => !(rule in rules) || fileOfRule(rule) !== file,
    );
    expect(strays.map(([file]) => file)).toEqual([]);
  });
});

describe('the words', () => {
  /** What a key begins with: `lookup`; of rules and situations the room too, `rule.dane`. */
  const beginningOf = (key: string) => /^(?:(?:rule|situation)\.)?[\w-]+/.exec(key)?.[0] ?? '';

  test('a file holds all that begins alike, and what the core says is in the file of its room', () => {
    const places = messageFiles().flatMap((file) =>
      [...new Set(Object.keys(wordFiles(file).nl).map(beginningOf))].map((each) => [each, file]),
    );
    expect(new Set(places.map(([each]) => each)).size).toBe(places.length);
    const elsewhere = places.filter(
      ([each = '', file]) => /\./.test(each) && each.split('.')[1] !== file,
    );
    expect(elsewhere).toEqual([]);
  });

  test('every file of messages is in the type of keys', () => {
    const typed = read('src/view/messages/message-key.ts');
    const listed = [...typed.matchAll(/messages\/([\w-]+)\.nl\.json/g)].map(([, file]) => file);
    expect(listed).toEqual([...messageFiles()].sort());
  });

  test.each(messageFiles())('%s says the same things in Dutch and in English', (room) => {
    const { nl, en } = wordFiles(room);
    expect(Object.keys(en).sort()).toEqual(Object.keys(nl).sort());
  });

  test.each(messageFiles())('%s fills in the same places in Dutch and in English', (room) => {
    const { nl, en } = wordFiles(room);
    const wrong = Object.keys(nl).filter(
      (key) => placesOf(nl[key] ?? '', 'nl').join() !== placesOf(en[key] ?? '', 'en').join(),
    );
    expect(wrong).toEqual([]);
  });
});

test('a class that one component styles for all pages is styled by no other component', () => {
  // The sheet of the site is on every page: a second use of the name would take on what is not its own.
  const components = sources
    .filter((file) => /\.(astro|svelte)$/.test(file))
    .map((file) => ({ file, text: read(file) }));
  const styleOf = (text: string, mark: RegExp) =>
    [...text.matchAll(/<style([^>]*)>([\s\S]*?)<\/style>/g)]
      .filter(([, attributes = '']) => mark.test(attributes))
      .map(([, , style = '']) => style.replace(/\/\*[\s\S]*?\*\/|:global\([^)]*\)/g, ''))
      .join('\n');
  const clashes = components.flatMap(({ file, text }) =>
    [...styleOf(text, /is:global/).matchAll(/^ {2}\.([a-z][\w-]*)(?=[\s{:,>])/gm)].flatMap(
      ([, name = '']) =>
        components
          .filter((other) => other.file !== file)
          .filter((other) =>
            new RegExp(`\\.${name}(?![\\w-])`).test(styleOf(other.text, /^(?!.*is:global)/)),
          )
          .map((other) => `${name}: ${file}, ${other.file}`),
    ),
  );
  expect([...new Set(clashes)]).toEqual([]);
});
