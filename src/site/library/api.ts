/**
 * What the library offers, read from its own sources: every name that a subpath exports, with its declaration and its
 * docstring. The page of the library is made from this, so that it cannot say otherwise than the code.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

export interface Documented {
  readonly name: string;
  readonly kind: 'function' | 'value' | 'type';
  /** As a reader of types sees it, without a body. */
  readonly declaration: string;
  /** The docstring, in paragraphs. */
  readonly says: readonly string[];
}

export interface Subpath {
  /** `dnssec` of `sts-dane/dnssec`. */
  readonly name: string;
  readonly says: string;
  readonly members: readonly Documented[];
}

const sources = new Map<string, ts.SourceFile>();
function sourceOf(file: string): ts.SourceFile {
  const known = sources.get(file);
  if (known !== undefined) return known;
  const text = readFileSync(file, 'utf8');
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true);
  sources.set(file, source);
  return source;
}

const isNamed = (statement: ts.Statement, name: string): boolean =>
  ts.isVariableStatement(statement)
    ? statement.declarationList.declarations.some((each) => each.name.getText() === name)
    : (ts.isFunctionDeclaration(statement) ||
        ts.isInterfaceDeclaration(statement) ||
        ts.isTypeAliasDeclaration(statement)) &&
      statement.name?.text === name;

const pathFrom = (file: string, specifier: ts.Expression | undefined): string | undefined =>
  specifier !== undefined && ts.isStringLiteral(specifier)
    ? join(dirname(file), specifier.text)
    : undefined;

/** The names that an import or an export of another file brings. */
const broughtBy = (statement: ts.Statement): readonly string[] => {
  const bindings = ts.isExportDeclaration(statement)
    ? statement.exportClause
    : ts.isImportDeclaration(statement)
      ? statement.importClause?.namedBindings
      : undefined;
  return bindings !== undefined && (ts.isNamedExports(bindings) || ts.isNamedImports(bindings))
    ? bindings.elements.map(({ name }) => name.text)
    : [];
};

/** Where a name is declared, through files that only hand it on. */
function declarationOf(file: string, name: string): ts.Statement {
  const source = sourceOf(file);
  const own = source.statements.find((statement) => isNamed(statement, name));
  if (own !== undefined) return own;
  for (const statement of source.statements) {
    if (!ts.isExportDeclaration(statement) && !ts.isImportDeclaration(statement)) continue;
    const from = pathFrom(file, statement.moduleSpecifier);
    if (from !== undefined && broughtBy(statement).includes(name)) return declarationOf(from, name);
  }
  throw new Error(`${file}: ${name} is declared nowhere`);
}

/** The text of the last docstring before a node, by paragraphs; its lines are joined. */
function docstringOf(text: string): readonly string[] {
  const [comment = ''] = /\/\*\*(?:(?!\*\/)[\s\S])*\*\/(?=\s*$)/.exec(text) ?? [];
  return comment
    .replace(/^\/\*\*|\*\/$/g, '')
    .replace(/^[ \t]*\* ?/gm, '')
    .split(/\n\s*\n|\n(?=(?:Shape|Errors|Source|Throws): )/)
    .map((paragraph) => paragraph.replace(/\s*\n\s*/g, ' ').trim())
    .filter(Boolean);
}

/** A declaration without `export` and without what it does. */
function shownOf(statement: ts.Statement): string {
  const whole = statement.getText();
  const start = statement.getStart();
  const upTo = (node: ts.Node | undefined) =>
    node === undefined ? whole : whole.slice(0, node.getStart() - start);
  let text = whole;
  if (ts.isFunctionDeclaration(statement)) text = upTo(statement.body);
  else if (ts.isVariableStatement(statement)) {
    const [first] = statement.declarationList.declarations;
    const made = first?.initializer;
    if (made !== undefined && ts.isArrowFunction(made)) text = upTo(made.body).replace(/=>\s*$/, '');
    else if (first !== undefined) text = upTo(made).replace(/=\s*$/, '');
  }
  return text.replace(/^export (?:declare )?/, '').trim();
}

function documented(file: string, name: string): Documented {
  const statement = declarationOf(file, name);
  const isType = ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement);
  const declaration = shownOf(statement);
  const isFunction = !isType && /^(?:async )?function|^const \w+ = (?:<[^>]*>)?(?:async )?\(/.test(declaration);
  return {
    name,
    kind: isType ? 'type' : isFunction ? 'function' : 'value',
    declaration,
    says: docstringOf(statement.getFullText().slice(0, statement.getLeadingTriviaWidth())),
  };
}

const order: readonly Documented['kind'][] = ['function', 'value', 'type'];

/** Every subpath of the package with what it exports: functions first, then values, then types. */
export function subpaths(): readonly Subpath[] {
  const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    readonly exports: Readonly<Record<string, string>>;
  };
  return Object.entries(exports).map(([path, file]) => {
    const source = sourceOf(join(file));
    const names = source.statements.flatMap((statement) => {
      if (ts.isExportDeclaration(statement)) return broughtBy(statement);
      if (!ts.isVariableStatement(statement)) return [];
      return statement.declarationList.declarations.map((each) => each.name.getText());
    });
    const members = names.map((name) => documented(join(file), name));
    return {
      name: path.replace('./', ''),
      says: docstringOf(/^\/\*\*[\s\S]*?\*\//.exec(source.text)?.[0] ?? '').join(' '),
      members: order.flatMap((kind) => members.filter((each) => each.kind === kind)),
    };
  });
}

export interface Example {
  readonly title: string;
  readonly says: readonly string[];
  readonly code: string;
}

/** The examples of docs/library.md, which the tests run as they stand. */
export function examples(): readonly Example[] {
  const [, part = ''] =
    /^## Examples\n([\s\S]*?)^## /m.exec(readFileSync('docs/library.md', 'utf8')) ?? [];
  return [...part.matchAll(/^### (.+)\n([\s\S]*?)```js\n([\s\S]*?)```/gm)].map(
    ([, title = '', says = '', code = '']) => ({
      title,
      says: says
        .split(/\n\s*\n/)
        .map((each) => each.replaceAll('\n', ' ').trim())
        .filter(Boolean),
      code: code.trim(),
    }),
  );
}
