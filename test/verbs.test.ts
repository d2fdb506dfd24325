/**
 * Rule 4 of the house: who comes from outside is asked for a right before anything happens.
 *
 * A function is a **verb** when it takes `ctx: Ctx` first and reaches `allow(ctx, …)`, or another verb, before it
 * does anything. Before that may stand only `const` (reading the thing that the right is about) and guards: an
 * `if` that returns a value, hands on to a verb, or refuses. The two rules:
 * 1. everything that a `*.actions.ts` exports and that takes `ctx: Ctx` is a verb;
 * 2. whatever an edge (a page's server file, the API, a job) calls with a `ctx` is a verb, in whatever file it is.
 */
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { DOMAINS } from '../src/domains.ts';
import { isEdge, isTest, roomOf, sourceUnder } from './source.ts';

type Fn = { file: string; name: string; takesCtx: boolean; exported: boolean; body: ts.Block | undefined };

const sources = sourceUnder('src/domains').filter(
  ({ path }) => path.endsWith('.ts') && roomOf(path) !== null && !isTest(path),
);
const parsed = new Map(
  sources.map(({ path, text }) => [path, ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)]),
);
const functions = new Map<string, Fn>();
for (const [file, source] of parsed) {
  source.forEachChild((node) => {
    if (!ts.isFunctionDeclaration(node) || !node.name) return;
    const [first] = node.parameters;
    functions.set(`${file}#${node.name.text}`, {
      file,
      name: node.name.text,
      takesCtx: first?.type?.getText() === 'Ctx',
      exported: node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) ?? false,
      body: node.body,
    });
  });
}

/** Where an imported or own name of a file is defined; doors are followed. */
function definitionOf(file: string, name: string, seen = new Set<string>()): string | null {
  const here = `${file}#${name}`;
  if (seen.has(here)) return null;
  seen.add(here);
  if (functions.has(here)) return here;
  for (const node of parsed.get(file)?.statements ?? []) {
    const found = namedIn(node, name);
    if (found) return definitionOf(resolve(file, found.from), found.original, seen);
  }
  return null;
}

function namedIn(node: ts.Statement, name: string): { from: string; original: string } | null {
  const elements =
    ts.isImportDeclaration(node) &&
    node.importClause?.namedBindings &&
    ts.isNamedImports(node.importClause.namedBindings)
      ? node.importClause.namedBindings.elements
      : ts.isExportDeclaration(node) && node.exportClause && ts.isNamedExports(node.exportClause)
        ? node.exportClause.elements
        : [];
  const specifier =
    ts.isImportDeclaration(node) || ts.isExportDeclaration(node) ? node.moduleSpecifier : undefined;
  const element = elements.find((item) => item.name.text === name);
  if (!element || !specifier || !ts.isStringLiteral(specifier)) return null;
  return { from: specifier.text, original: (element.propertyName ?? element.name).text };
}

function resolve(file: string, specifier: string): string {
  const room = /^#domain\/(.+)$/.exec(specifier)?.[1];
  return room ? `src/domains/${room}/index.ts` : normalize(join(dirname(file), specifier));
}

/** The name called by an expression: `await f(ctx)` → f. */
function calledWithCtx(node: ts.Node | undefined): string | null {
  const call = node && ts.isAwaitExpression(node) ? node.expression : node;
  if (!call || !ts.isCallExpression(call) || !ts.isIdentifier(call.expression)) return null;
  const [first] = call.arguments;
  return first && ts.isIdentifier(first) && first.text === 'ctx' ? call.expression.text : null;
}

function isVerb(key: string, seen: ReadonlySet<string> = new Set()): boolean {
  const found = functions.get(key);
  if (!found?.body || seen.has(key)) return false;
  const asks = (name: string | null): boolean => {
    if (name === null || name === 'allow') return name === 'allow';
    const target = definitionOf(found.file, name);
    return target !== null && isVerb(target, new Set([...seen, key]));
  };
  for (const statement of found.body.statements) {
    if (statementCalls(statement).some(asks)) return true;
    if (ts.isVariableStatement(statement)) continue;
    if (!isGuard(statement, asks)) return false;
  }
  return false;
}

/** What a plain statement calls with `ctx`: `await f(ctx)`, `return f(ctx)`, `const x = await f(ctx)`. */
function statementCalls(statement: ts.Statement): (string | null)[] {
  if (ts.isExpressionStatement(statement) || ts.isReturnStatement(statement))
    return [calledWithCtx(statement.expression)];
  if (!ts.isVariableStatement(statement)) return [];
  return statement.declarationList.declarations.map(({ initializer }) => calledWithCtx(initializer));
}

/** `if (…) return …;`, `if (…) throw …;`, `if (…) refuse(…);`: nothing is done in it but by a verb. */
function isGuard(statement: ts.Statement, asks: (name: string | null) => boolean): boolean {
  if (!ts.isIfStatement(statement) || statement.elseStatement) return false;
  const then = statement.thenStatement;
  const [only, more] = ts.isBlock(then) ? then.statements : [then];
  if (!only || more) return false;
  if (ts.isThrowStatement(only)) return true;
  const called = ts.isReturnStatement(only) || ts.isExpressionStatement(only) ? only.expression : undefined;
  if (ts.isReturnStatement(only))
    return calledWithCtx(called) === null ? !mentionsCtx(only) : asks(calledWithCtx(called));
  return called !== undefined && ts.isCallExpression(called) && called.expression.getText() === 'refuse';
}

function mentionsCtx(node: ts.Node): boolean {
  return (ts.isIdentifier(node) && node.text === 'ctx') || (ts.forEachChild(node, mentionsCtx) ?? false);
}

describe('every verb asks for a right before it does anything', () => {
  it('in every *.actions.ts', () => {
    const verbs = [...functions].filter(
      ([, fn]) => fn.exported && fn.takesCtx && fn.file.endsWith('.actions.ts'),
    );
    expect(verbs.length).toBeGreaterThan(20);
    expect(verbs.map(([key]) => key).filter((key) => !isVerb(key))).toEqual([]);
  });

  it('and whatever an edge calls', () => {
    const faults = sources.filter(({ path }) => isEdge(path)).flatMap(({ path }) => unguardedCalls(path));
    expect(faults).toEqual([]);
  });
});

function unguardedCalls(file: string): string[] {
  const faults = new Set<string>();
  const visit = (node: ts.Node): void => {
    const name = calledWithCtx(node);
    const target = name && name !== 'allow' ? definitionOf(file, name) : null;
    const found = target ? functions.get(target) : undefined;
    if (target && found?.takesCtx && found.file !== file && !isVerb(target)) faults.add(`${file}: ${target}`);
    ts.forEachChild(node, visit);
  };
  visit(parsed.get(file)!);
  return [...faults];
}

describe('rights', () => {
  it('that are asked for are declared, and those declared are asked for', () => {
    const declared = new Set(DOMAINS.flatMap(({ rights }) => Object.keys(rights)));
    const text = [...sources, ...sourceUnder('src/app')].map((source) => source.text).join('\n');
    const asked = new Set(
      [...text.matchAll(/\b(?:allow|may)\(\s*\w+,\s*'([a-z_.]+)'/g)].map(([, right = '']) => right),
    );
    expect([...asked].filter((right) => !declared.has(right))).toEqual([]);
    const made = [...text.matchAll(/\ballow\(\s*\w+,\s*`([a-z_.]+)\$\{/g)].map(
      ([, beginning = '']) => beginning,
    );
    const unused = [...declared].filter(
      (right) =>
        text.split(`'${right}'`).length <= 2 && !made.some((beginning) => right.startsWith(beginning)),
    );
    expect(unused).toEqual([]);
  });
});
