#!/usr/bin/env node
/**
 * `npm run corpus -- [--case ID]… [--kind KIND]… [--cases FILE] [--seconds N] -- PROGRAM [ARGUMENT…]`, in the package
 * `sts-dane-corpus`: holds another implementation to the cases of the corpus (docs/corpus.md).
 *
 * One case at a time, so that a program that dies or hangs is told which case it was at; it is started again for the
 * next one. Ends with 1 where an answer is wrong or does not come, with 2 where nothing could be run.
 */
import { isJsonObject } from '../src/core/grammar/json.ts';
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { differences } from '../conformance/vectors/vector.ts';
import type { CorpusCases, CorpusCase } from '../src/site/scenarios/cases.ts';
import { readArguments } from './run.ts';

/** In the package the cases lie beside the runner, in the checkout a build has them. */
const usual = ['../../corpus/cases.json', '../dist/corpus/cases.json'].map(
  (path) => new URL(path, import.meta.url),
);

const stop = (why: string): never => {
  console.error(`sts-dane-corpus: ${why}`);
  process.exit(2);
};

const { values, positionals } = readArguments(
  {
    allowPositionals: true,
    options: {
      case: { type: 'string', multiple: true },
      kind: { type: 'string', multiple: true },
      cases: { type: 'string' },
      seconds: { type: 'string', default: '10' },
    },
  },
  stop,
);
const [program, ...programArguments] = positionals;
if (program === undefined) stop('no program: … -- PROGRAM [ARGUMENT…]');
const seconds = Number(values.seconds);
if (!(seconds > 0)) stop(`--seconds: not a number of seconds: ${values.seconds}`);

const file = values.cases ?? usual.find((each) => existsSync(each)) ?? 'corpus/cases.json';
let corpus: CorpusCases;
try {
  corpus = JSON.parse(readFileSync(file, 'utf8')) as CorpusCases;
  const cases: unknown = (corpus as Partial<CorpusCases> | null)?.cases;
  if (
    !Array.isArray(cases) ||
    !cases.every((each) => isJsonObject(each) && isJsonObject(each['expect']))
  )
    throw new Error(`no list of cases in ${file}`);
} catch (fault) {
  corpus = stop(`the cases cannot be read: ${(fault as Error).message}`);
}
const { case: ids, kind: wantedKinds } = values;
for (const id of ids ?? [])
  if (!corpus.cases.some((each) => each.id === id)) stop(`there is no case ${id}`);
for (const kind of wantedKinds ?? [])
  if (!corpus.cases.some((each) => each.kind === kind)) stop(`there is no kind ${kind}`);
const chosen = corpus.cases.filter(
  ({ id, kind }) => (ids?.includes(id) ?? true) && (wantedKinds?.includes(kind) ?? true),
);

/** The program, while it lives; what it writes, line by line. */
interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  /** The next line, or in words why there is none. */
  next(): Promise<{ readonly line: string } | { readonly why: string }>;
}

function start(): Running {
  const child = spawn(program ?? '', programArguments, { stdio: 'pipe' });
  let end: string | undefined;
  const lines: string[] = [];
  let tell: () => void = () => undefined;
  const ended = (why: string) => {
    end ??= why;
    tell();
  };
  child.stderr.pipe(process.stderr);
  child.stdin.on('error', () => undefined);
  child.once('error', (fault) => ended(`could not be started: ${fault.message}`));
  child.once('close', (code, signal) => ended(`ended, with ${signal ?? `code ${code}`}`));
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    tell();
  });
  return {
    child,
    async next() {
      const timer = setTimeout(() => ended(`gave no answer in ${seconds} seconds`), seconds * 1000);
      while (lines.length === 0 && end === undefined)
        await new Promise<void>((resolve) => (tell = resolve));
      clearTimeout(timer);
      const line = lines.shift();
      return line === undefined ? { why: end ?? '' } : { line };
    },
  };
}

/** What is wrong with the line that answers a case; empty where nothing is, `skipped` where the program said so. */
function judge({ id, expect }: CorpusCase, line: string): readonly string[] | 'skipped' {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return [`no JSON: ${line.slice(0, 200)}`];
  }
  if (!isJsonObject(json) || json['id'] !== id)
    return [`no answer to this case: ${line.slice(0, 200)}`];
  if (json['skip'] === true) return 'skipped';
  const { answer } = json;
  if (!isJsonObject(answer)) return ['no answer in it'];
  return differences(expect as Readonly<Record<string, unknown>>, answer).map(
    ({ field, expected, ours }) =>
      `${field}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(ours) ?? 'nothing'}`,
  );
}

const count = { passed: 0, failed: 0, skipped: 0 };
let running: Running | undefined;
for (const each of chosen) {
  running ??= start();
  const { id, kind, input } = each;
  running.child.stdin.write(`${JSON.stringify({ id, kind, input })}\n`);
  const came = await running.next();
  const wrong = 'line' in came ? judge(each, came.line) : [`the program ${came.why}`];
  if (wrong === 'skipped') count.skipped += 1;
  else if (wrong.length === 0) count.passed += 1;
  else {
    count.failed += 1;
    console.log(`failed ${id} (${each.source}): ${wrong.join('; ')}`);
  }
  if ('why' in came) {
    running.child.kill('SIGKILL');
    // What cannot be started once cannot be started for the next case either.
    if (running.child.pid === undefined) process.exit(2);
    running = undefined;
  }
}
running?.child.stdin.end();
console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
process.exitCode = chosen.length === 0 ? 2 : count.failed > 0 ? 1 : 0;
