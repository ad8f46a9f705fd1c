/**
 * Reads the data files of `content/`: for pages at build, for tests and for commands alike. A file that
 * does not fit its schema is a list of problems, each with file, line, path and reason, for whoever wrote it.
 * (Beside it: messages are read by `messages.ts`, articles by Astro.)
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'astro/zod';
import { isNode, LineCounter, parseDocument, type Document } from 'yaml';

export interface Problem {
  readonly file: string;
  readonly path: string;
  readonly reason: string;
}

export const sayProblem = ({ file, path, reason }: Problem): string =>
  `${file}: ${path === '' ? '' : `${path}: `}${reason}`;

/** Ends the build where something is wrong, with all of it said. */
export function mustHold(problems: readonly Problem[]): void {
  if (problems.length > 0)
    throw new Error(['content/ does not hold:', ...problems.map(sayProblem)].join('\n'));
}

export type ContentRead<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads the text of one YAML file; `file` is what problems call it. */
export function parseContent<Schema extends z.ZodType>(
  file: string,
  text: string,
  schema: Schema,
): ContentRead<z.infer<Schema>> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const at = (offset: number): string => `${file}:${lines.linePos(offset).line}`;
  const [broken] = document.errors;
  if (broken !== undefined)
    return {
      ok: false,
      problems: [{ file: at(broken.pos[0]), path: '', reason: broken.message }],
    };
  const read = schema.safeParse(document.toJS(), { error: sayMisfit });
  if (read.success) return { ok: true, value: read.data };
  return {
    ok: false,
    problems: read.error.issues.map(({ path, message }) => ({
      file: at(offsetOf(document, path)),
      path: path.map(String).join('.'),
      reason: message,
    })),
  };
}

/** Reads one file below `folder`, `content` in a build. */
export const readContent = <Schema extends z.ZodType>(
  folder: string,
  name: string,
  schema: Schema,
): ContentRead<z.infer<Schema>> =>
  parseContent(`content/${name}`, readFileSync(join(folder, name), 'utf8'), schema);

/** Reads one file of the build; what does not fit ends it. */
export function contentOfBuild<Schema extends z.ZodType>(
  name: string,
  schema: Schema,
): z.infer<Schema> {
  const read = readContent('content', name, schema);
  if (read.ok) return read.value;
  mustHold(read.problems);
  throw new Error(`content/${name} does not hold`);
}

/** Ids of the files in a room of `folder`: their names without `.yaml`. */
export const idsIn = (folder: string, room: string): readonly string[] =>
  existsSync(join(folder, room))
    ? readdirSync(join(folder, room))
        .filter((name) => name.endsWith('.yaml'))
        .sort()
        .map((name) => name.replace(/\.yaml$/, ''))
    : [];

/**
 * Keeps what was read for the whole build. In development, where files are edited, for a second: the many
 * components of one page read once.
 */
export function keptForBuild<Value>(read: () => Value): () => Value {
  let kept: { readonly value: Value; readonly atMilliseconds: number } | undefined;
  return () => {
    const now = performance.now();
    if (kept && (import.meta.env?.PROD || now - kept.atMilliseconds < 1000)) return kept.value;
    kept = { value: read(), atMilliseconds: now };
    return kept.value;
  };
}

/** Where the nearest part of the path stands that is there at all. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

/** As many names as one still reads; of a longer list only the nearest are offered. */
const readableList = 24;
const nearestCount = 5;

/** Do two names have parts in common: `mta-sts.testing` and `mta-sts.mode-testing` have three. */
const partsOf = (name: string): readonly string[] => name.split(/[-. ]/);
const likeness = (one: string, other: string): number => {
  const parts = partsOf(other);
  return partsOf(one).filter((part) => parts.includes(part)).length;
};

function offer(known: readonly string[], given: unknown): string {
  if (known.length <= readableList) return `one of ${known.join(', ')}`;
  const like = String(given);
  const nearest = known
    .filter((name) => likeness(like, name) > 0)
    .toSorted((one, other) => likeness(like, other) - likeness(like, one))
    .slice(0, nearestCount);
  return nearest.length > 0
    ? `near it: ${nearest.join(', ')}`
    : `one of ${known.length}, as ${known[0]}`;
}

/** The names that the object knows in which an unknown one stands. */
const shapeOf = (inst: unknown): readonly string[] =>
  Object.keys((inst as { readonly shape?: object } | undefined)?.shape ?? {});

/** What is missing, what is not known, and what would be; other reasons are said by the schema itself. */
const sayMisfit: z.core.$ZodErrorMap = (issue) => {
  const missing = issue.input === undefined;
  if (issue.code === 'invalid_value') {
    const known = issue.values.map(String);
    return missing
      ? `is missing: ${offer(known, '')}`
      : `${JSON.stringify(issue.input)} is not known; ${offer(known, issue.input)}`;
  }
  if (issue.code === 'unrecognized_keys')
    return `${issue.keys.map((key) => JSON.stringify(key)).join(', ')} is not known here; ${offer(shapeOf(issue.inst), issue.keys[0])}`;
  return missing ? 'is missing' : undefined;
};
