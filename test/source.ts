/** The source as the tests of its shape see it: files, what they import, where that leads. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import ts from 'typescript';

export type SourceFile = { path: string; text: string; imports: Import[] };
/** `to` is the file or folder inside the checkout that is meant, or null for a package. */
export type Import = { specifier: string; to: string | null; typeOnly: boolean };

export const ROOMS = readdirSync('src/domains', { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !entry.name.startsWith('('))
  .map(({ name }) => name);

/** Every file under a folder, as paths with `/`. */
export function filesUnder(folder: string, ending = ''): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.startsWith('src/paraglide/'))
    .sort();
}

/** Every TypeScript and Svelte file under a folder, with its imports. */
export function sourceUnder(folder: string): SourceFile[] {
  return [...filesUnder(folder, '.ts'), ...filesUnder(folder, '.svelte')].map(readSource);
}

function readSource(path: string): SourceFile {
  const text = readFileSync(path, 'utf8');
  const scripts = path.endsWith('.svelte') ? scriptsOf(text) : text;
  const parsed = ts.createSourceFile(path, scripts, ts.ScriptTarget.Latest, true);
  const imports: Import[] = [];
  const visit = (node: ts.Node): void => {
    const found = importOf(node);
    if (found) imports.push({ ...found, to: whereTo(path, found.specifier) });
    ts.forEachChild(node, visit);
  };
  visit(parsed);
  return { path, text, imports };
}

function importOf(node: ts.Node): { specifier: string; typeOnly: boolean } | null {
  if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
    const clause = node.importClause;
    return { specifier: node.moduleSpecifier.text, typeOnly: clause?.isTypeOnly ?? false };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier && ts.isStringLiteral(node.moduleSpecifier))
    return { specifier: node.moduleSpecifier.text, typeOnly: node.isTypeOnly };
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [argument] = node.arguments;
    if (argument && ts.isStringLiteral(argument)) return { specifier: argument.text, typeOnly: false };
  }
  return null;
}

function scriptsOf(svelte: string): string {
  return [...svelte.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, script]) => script).join('\n');
}

const ALIASES: readonly [string, (rest: string) => string][] = [
  ['#domain/', (rest) => `src/domains/${rest}/index.ts`],
  ['#kernel/', (rest) => `src/kernel/${rest}.ts`],
  ['#ui/', (rest) => `src/ui/${rest}`],
  ['#app/', (rest) => `src/app/${rest}.ts`],
  ['#i18n/', (rest) => `src/paraglide/${rest}.js`],
  ['#test/', (rest) => `test/${rest}.ts`],
];

function whereTo(from: string, specifier: string): string | null {
  if (specifier.startsWith('.')) return normalize(join(dirname(from), specifier));
  const alias = ALIASES.find(([prefix]) => specifier.startsWith(prefix));
  return alias ? alias[1](specifier.slice(alias[0].length)) : null;
}

/** The room that a file belongs to, or null. */
export function roomOf(path: string): string | null {
  const [, , room = ''] = path.split('/');
  return path.startsWith('src/domains/') && ROOMS.includes(room) ? room : null;
}

export function isTest(path: string): boolean {
  return /\.test\.ts$|(?:^|[/-])fixtures?\.ts$/.test(path);
}

/** A page's or layout's own file of SvelteKit. */
export function isPage(path: string): boolean {
  return basename(path).startsWith('+');
}

/** Where the outside comes in: pages' servers, the API, jobs. Only these see requests and open transactions. */
export function isEdge(path: string): boolean {
  const name = basename(path);
  const inApi = path.includes('/api/');
  return /^\+.*server\.ts$/.test(name) || /^(?:api|jobs|edge)(?:\..+)?\.ts$/.test(name) || inApi;
}

export function exists(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}
