/**
 * `npm run library`: the library and the command line as a package that needs nothing but Node, in `library/`, and as
 * a tarball beside it. Its subpaths are the `exports` of package.json; everything that it uses is in it.
 * `--out FOLDER` writes elsewhere.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { build, type Rolldown } from 'vite';
import { operator, siteUrl } from '../src/site/inputs.ts';
import { release } from '../src/site/release.ts';
import { casesJsonSchema, casesOf } from '../src/site/scenarios/cases.ts';
import { readScenarios } from '../src/site/scenarios/read.ts';

const { values } = parseArgs({ options: { out: { type: 'string', default: 'library' } } });
const out = resolve(values.out);
const own = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly name: string;
  readonly description: string;
  readonly license: string;
  readonly engines: object;
  readonly exports: Readonly<Record<string, string>>;
};
/** The name that the operator publishes under; without one it is a file, and in no registry. */
const name = operator().package || own.name;
const entries = Object.entries(own.exports).map(([path, source]) => ({
  subpath: path.slice('./'.length),
  source: source.slice('./'.length),
}));

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

/** Bundles entries into one folder; answers which packages went in. */
async function bundle(folder: string, input: Record<string, string>): Promise<readonly string[]> {
  const built = (await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      outDir: join(out, folder),
      emptyOutDir: true,
      // The library goes to browsers; its words are in the types.
      minify: folder === 'lib',
      target: 'es2023',
      rolldownOptions: {
        input,
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  })) as Rolldown.RolldownOutput;
  return built.output.flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []));
}

const modules = [
  ...(await bundle('lib', Object.fromEntries(entries.map((each) => [each.subpath, each.source])))),
  // Two folders deep, as in the checkout: what it reads (content/, package.json) is found from there.
  ...(await bundle('bin/command-line', {
    'sts-dane': 'src/command-line/sts-dane.mjs',
    'sts-dane-corpus': 'commands/corpus.ts',
  })),
];

// Types: the declarations that the entries reach, as the compiler writes them.
const settings = join(out, 'tsconfig.json');
writeFileSync(
  settings,
  JSON.stringify({
    extends: resolve('tsconfig.json'),
    compilerOptions: {
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      rootDir: resolve('.'),
      outDir: join(out, 'types'),
      typeRoots: [resolve('node_modules/@types')],
      types: ['node'],
    },
    include: [],
    files: entries.map(({ source }) => resolve(source)),
  }),
);
execFileSync(process.execPath, ['node_modules/@typescript/native/bin/tsc', '-p', settings], {
  stdio: 'inherit',
});
rmSync(settings);

for (const file of ['content/messages', 'content/anchors.json', 'content/resolvers.yaml'])
  cpSync(file, join(out, file), { recursive: true });
for (const file of ['LICENSE.md', 'CHANGELOG.md', 'CITATION.cff', 'docs/corpus.md'])
  cpSync(file, join(out, file));
const readme = readFileSync('docs/library.md', 'utf8');
writeFileSync(
  join(out, 'README.md'),
  operator().package === ''
    ? readme
    : readme
        .replaceAll(`${own.name}/`, `${name}/`)
        .replace(/(?<=^## Install\n)[\s\S]*?(?=^\| Import)/m, `\n    npm install ${name}\n\n`),
);
mkdirSync(join(out, 'corpus'));
const write = (file: string, json: unknown) =>
  writeFileSync(join(out, file), `${JSON.stringify(json)}\n`);
write(
  'corpus/cases.json',
  casesOf(readScenarios('content').scenarios, { site: siteUrl(), release }),
);
write('corpus/cases.schema.json', casesJsonSchema());

/** The folders of packages below node_modules that a module of the bundle lies in. */
const packages = new Set(
  modules.flatMap((id) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id)?.[0] ?? []),
);
const licenceOf = (folder: string): string => {
  const { name, version, license } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  ) as { readonly name: string; readonly version: string; readonly license: string };
  const file = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'license'].find((each) =>
    existsSync(join(folder, each)),
  );
  const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim();
  return `## ${name} ${version} (${license})\n\n${text}\n`;
};
writeFileSync(
  join(out, 'LICENSES-of-others.md'),
  `# Licences of what is in this package\n\n${[...packages].sort().map(licenceOf).join('\n')}`,
);

const { description, license, engines } = own;
write('package.json', {
  name,
  version: release,
  description,
  license,
  type: 'module',
  engines,
  sideEffects: false,
  bin: {
    'sts-dane': 'bin/command-line/sts-dane.js',
    'sts-dane-corpus': 'bin/command-line/sts-dane-corpus.js',
  },
  exports: {
    ...Object.fromEntries(
      entries.map(({ subpath, source }) => [
        `./${subpath}`,
        {
          types: `./types/${source.replace(/\.ts$/, '.d.ts')}`,
          default: `./lib/${subpath}.js`,
        },
      ]),
    ),
    './corpus/cases.json': './corpus/cases.json',
    './package.json': './package.json',
  },
});
const packed = execFileSync('npm', ['pack', '--silent', '--pack-destination', dirname(out)], {
  cwd: out,
  encoding: 'utf8',
}).trim();
console.log(join(dirname(out), packed));
