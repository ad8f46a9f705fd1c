/**
 * What one more page costs the build: the site as it is, then with 40 and with 400 more pages, each in
 * a copy of this tree. A page more is what an author would add: an article in both languages, a page
 * file, a route, a name in the menu; its text is that of an article that needs no component of its own.
 */
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Bench } from '../bench.ts';

const goalMilliseconds = 60;
const sizes = [0, 40, 400] as const;
const texts = ['privacy', 'about', 'method', 'accessibility'] as const;

/** This tree as git sees it, with the packages beside it; caches of earlier builds stay behind. */
function copyTree(place: string): void {
  const { stdout } = spawnSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  const files = stdout.split('\0').filter((file) => file !== '');
  if (files.length === 0) throw new Error('git lists no files here');
  for (const file of files) {
    mkdirSync(join(place, dirname(file)), { recursive: true });
    copyFileSync(file, join(place, file));
  }
  mkdirSync(join(place, 'node_modules'));
  for (const name of readdirSync('node_modules'))
    if (!['.astro', '.vite'].includes(name))
      symlinkSync(resolve('node_modules', name), join(place, 'node_modules', name));
}

const edit = (file: string, change: (text: string) => string) => {
  const before = readFileSync(file, 'utf8');
  const after = change(before);
  if (after === before) throw new Error(`${file} is not written as this expects`);
  writeFileSync(file, after);
};

function addArticles(place: string, count: number): void {
  const ids = Array.from({ length: count }, (_, index) => `extra-${index + 1}`);
  for (const [index, id] of ids.entries()) {
    const text = texts[index % texts.length]!;
    for (const lang of ['nl', 'en'])
      copyFileSync(
        join(place, `content/articles/${lang}/${text}.mdx`),
        join(place, `content/articles/${lang}/${id}.mdx`),
      );
    writeFileSync(
      join(place, `src/pages/[...${id.replace('-', '')}].astro`),
      readFileSync(join(place, 'src/pages/[...privacy].astro'), 'utf8').replaceAll('privacy', id),
    );
  }
  const lines = ids.map(
    (id) => `  { id: '${id}', nl: '/${id}/', en: '/en/${id}/', group: 'none' },`,
  );
  edit(join(place, 'src/site/routes.ts'), (text) =>
    text.replace('] as const satisfies readonly RouteShape[]', `${lines.join('\n')}\n$&`),
  );
  for (const lang of ['nl', 'en'])
    edit(join(place, `content/messages/site.${lang}.json`), (text) =>
      text.replace('{', `{\n${ids.map((id) => `  "page.${id}": "${id}",`).join('\n')}`),
    );
}

interface Built {
  readonly pages: number;
  readonly seconds: number;
  /** Of all threads of the build. */
  readonly processorSeconds: number;
}

function build(place: string): Built {
  const told = join(place, 'processor.txt');
  // Says at its end what it used; the machine may be shared, and then time alone says little.
  const tell = join(place, 'tell.mjs');
  writeFileSync(
    tell,
    `import { appendFileSync } from 'node:fs';
process.on('exit', () => {
  const { user, system } = process.cpuUsage();
  appendFileSync(${JSON.stringify(told)}, (user + system) / 1e6 + '\\n');
});`,
  );
  appendFileSync(told, '');
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', tell, 'node_modules/astro/bin/astro.mjs', 'build'],
    {
      cwd: place,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      env: { ...process.env, ASTRO_TELEMETRY_DISABLED: '1' },
    },
  );
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(`the copy does not build:\n${stdout}\n${stderr}`);
  const processorSeconds = readFileSync(told, 'utf8')
    .split('\n')
    .reduce((sum, line) => sum + Number(line), 0);
  return { pages: globSync('dist/**/*.html', { cwd: place }).length, seconds, processorSeconds };
}

function measured(): readonly string[] {
  const built: Built[] = [];
  for (const size of sizes) {
    const place = mkdtempSync(join(tmpdir(), 'sts-dane-build-'));
    try {
      copyTree(place);
      if (size > 0) addArticles(place, size / 2);
      built.push(build(place));
    } finally {
      rmSync(place, { recursive: true, force: true });
    }
  }
  const [bare] = built;
  return built.map(({ pages, seconds, processorSeconds }, index) => {
    const more = pages - bare!.pages;
    const whole = `${pages} pages: ${seconds.toFixed(1)} s, ${processorSeconds.toFixed(1)} s of processor`;
    if (index === 0) return whole;
    if (more !== sizes[index]) throw new Error(`${more} pages came of ${sizes[index]}`);
    const each = (value: number, base: number) => (((value - base) * 1000) / more).toFixed(0);
    return `${whole}; a page more: ${each(seconds, bare!.seconds)} ms, ${each(processorSeconds, bare!.processorSeconds)} ms of processor`;
  });
}

export const bench: Bench = {
  title: `what a page more costs the build; the goal is ${goalMilliseconds} ms, alike at 40 and at 400`,
  onlyWhenNamed: true,
  run: () => Promise.resolve(measured()),
};
