/** The house's shape: which file may import what, what every room has, what every table and message file obeys. */
import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DOMAINS } from '../src/domains.ts';
import {
  exists,
  filesUnder,
  isEdge,
  isPage,
  isTest,
  roomOf,
  ROOMS,
  sourceUnder,
  type Import,
  type SourceFile,
} from './source.ts';

const rooms = sourceUnder('src/domains').filter(({ path }) => roomOf(path) !== null);
const kernel = sourceUnder('src/kernel');
const ui = sourceUnder('src/ui');

/** `file: specifier` for every import that a rule does not allow. */
function wrong(files: readonly SourceFile[], allowed: (item: Import, file: SourceFile) => boolean): string[] {
  return files.flatMap((file) =>
    file.imports.filter((item) => !allowed(item, file)).map(({ specifier }) => `${file.path}: ${specifier}`),
  );
}

describe('walls', () => {
  it('ui imports nothing of ours but itself', () => {
    expect(wrong(ui, ({ to }) => to === null || to.startsWith('src/ui/'))).toEqual([]);
  });

  it('kernel imports only packages, itself and the generated messages', () => {
    const allowed = ({ to }: Import, { path }: SourceFile) =>
      to === null ||
      /^src\/(?:kernel|paraglide)\//.test(to) ||
      (isTest(path) && /^(?:test|src\/app)\//.test(to));
    expect(wrong(kernel, allowed)).toEqual([]);
  });

  it('a room imports the kernel, the ui, other rooms’ doors and itself; its pages and edges also the frame around them', () => {
    const allowed = ({ to, specifier }: Import, { path }: SourceFile) => {
      if (to === null || /^src\/(?:kernel|ui|paraglide)\//.test(to)) return true;
      if (roomOf(to) === roomOf(path) && !specifier.startsWith('#')) return true;
      if (/^#domain\/[a-z-]+$/.test(specifier)) return roomOf(to) !== roomOf(path) && exists(to);
      if (isTest(path)) return true;
      return to.startsWith('src/app/') && (isPage(path) || isEdge(path));
    };
    expect(wrong(rooms, allowed)).toEqual([]);
  });

  it('only the catalogue’s list and a room’s own files read its manifest', () => {
    const outside = rooms.filter(({ path }) => !path.endsWith('/domain.ts') && !isTest(path));
    expect(wrong(outside, ({ to }) => to === null || !/^src\/domains\/[^/]+\/domain\.ts$/.test(to))).toEqual(
      [],
    );
  });

  it('only edges open the database, and no door leads to a server file', () => {
    const reaches = ({ to, typeOnly }: Import) =>
      !typeOnly && to !== null && /\.server(?:\.ts)?$/.test(to.replace(/\.ts$/, ''));
    const inside = rooms.filter(({ path }) => !isEdge(path) && !isTest(path) && !path.endsWith('.server.ts'));
    expect(wrong(inside, (item) => !reaches(item))).toEqual([]);
    const doors = rooms.filter(({ path }) => basename(path) === 'index.ts');
    expect(wrong(doors, (item) => !reaches(item))).toEqual([]);
  });
});

describe('rooms', () => {
  it('each has a README, a door and a manifest, and stands in the list once', () => {
    const missing = ROOMS.flatMap((room) =>
      ['README.md', 'index.ts', 'domain.ts']
        .map((file) => `src/domains/${room}/${file}`)
        .filter((file) => !exists(file)),
    );
    expect(missing).toEqual([]);
    expect(DOMAINS.map(({ name }) => name).sort()).toEqual([...ROOMS].sort());
  });

  it('have no second door: a subfolder’s index.ts would open from outside', () => {
    const inner = filesUnder('src/domains').filter(
      (path) => basename(path) === 'index.ts' && roomOf(dirname(path)) === null,
    );
    const deep = rooms
      .map(({ path }) => path)
      .filter((path) => basename(path) === 'index.ts' && path.split('/').length > 4);
    expect([...inner, ...deep]).toEqual([]);
  });

  it('have a README that says something, and no empty file', () => {
    expect(rooms.filter(({ text }) => text.trim() === '').map(({ path }) => path)).toEqual([]);
    const readmes = ROOMS.map((room) => `src/domains/${room}/README.md`).filter(exists);
    expect(readmes.filter((path) => readFileSync(path, 'utf8').trim().split('\n').length < 8)).toEqual([]);
  });
});

describe('tables', () => {
  const migrations = filesUnder('src', '.sql').map((path) => ({ path, sql: readFileSync(path, 'utf8') }));

  /** Identities are global: a file that works in the schema `auth` makes no tenant tables. */
  const isGlobal = (sql: string) => /^set local search_path = auth;$/m.test(sql);

  it('with commune_id are tenant tables, others are reference tables, in the same file', () => {
    const faults = migrations.flatMap(({ path, sql }) =>
      [...sql.matchAll(/^create table (?:if not exists )?(\S+) \(([\s\S]*?)^\);/gm)].flatMap(
        ([, name = '', body = '']) => {
          if (isGlobal(sql)) return [];
          const wanted = /^\s*commune_id\b/m.test(body) ? 'tenant_table' : 'reference_table';
          return sql.includes(`${wanted}('${name}'`)
            ? []
            : [`${path}: ${name} needs select ${wanted}('${name}')`];
        },
      ),
    );
    expect(migrations.length).toBeGreaterThan(3);
    expect(faults).toEqual([]);
  });

  it('belong to their room by name', () => {
    const faults = migrations
      .filter(({ path, sql }) => roomOf(path) !== null && !isGlobal(sql))
      .flatMap(({ path, sql }) =>
        [...sql.matchAll(/^create table (?:if not exists )?(\S+) \(/gm)]
          .map(([, name = '']) => name)
          .filter((name) => !name.startsWith(`${roomOf(path)}_`))
          .map((name) => `${path}: ${name}`),
      );
    expect(faults).toEqual([]);
  });
});

describe('words', () => {
  type Messages = Record<string, unknown>;
  const folders = filesUnder('src', 'vi.json')
    .map((path) => path.slice(0, -'vi.json'.length))
    .filter((path) => path.endsWith('/messages/'));
  const read = (folder: string, locale: string) =>
    JSON.parse(readFileSync(`${folder}${locale}.json`, 'utf8')) as Messages;
  const placeholders = (text: unknown) =>
    [...new Set(JSON.stringify(text).match(/\{[a-z]\w*\}/gi) ?? [])].sort().join(' ');

  it('are there in both languages, with the same blanks to fill', () => {
    for (const folder of folders) {
      const [vi, en] = [read(folder, 'vi'), read(folder, 'en')];
      expect(Object.keys(en).sort(), folder).toEqual(Object.keys(vi).sort());
      const differ = Object.keys(vi).filter((key) => placeholders(vi[key]) !== placeholders(en[key]));
      expect(differ, folder).toEqual([]);
    }
  });

  it('begin with their room’s name', () => {
    const foreign = ROOMS.flatMap((room) =>
      Object.keys(read(`src/domains/${room}/messages/`, 'vi')).filter(
        (key) => key !== '$schema' && !new RegExp(`^(?:error_)?${room}_`).test(key),
      ),
    );
    expect(foreign).toEqual([]);
  });

  it('of every room are known to the compiler', () => {
    const { 'plugin.inlang.messageFormat': plugin } = JSON.parse(
      readFileSync('project.inlang/settings.json', 'utf8'),
    ) as Record<string, { pathPattern: string[] }>;
    expect(plugin!.pathPattern.toSorted()).toEqual(
      folders.map((folder) => `./${folder}{locale}.json`).toSorted(),
    );
  });
});

describe('files', () => {
  it('stay under 300 lines', () => {
    const long = [
      ...sourceUnder('src'),
      ...sourceUnder('test'),
      ...sourceUnder('demo'),
      ...sourceUnder('bench'),
    ]
      .filter(({ path }) => path !== 'src/kernel/schema.ts')
      .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
      .filter(({ lines }) => lines > 300)
      .map(({ path, lines }) => `${path}: ${lines}`);
    expect(long).toEqual([]);
  });

  it('take every colour from the tokens, and set no style in markup', () => {
    const sheets = [...filesUnder('src', '.css'), ...filesUnder('src', '.svelte')].filter(
      (path) => !path.endsWith('/tokens.css'),
    );
    const faults = sheets.flatMap((path) =>
      readFileSync(path, 'utf8')
        .split('\n')
        .flatMap((line, at) =>
          /(?:[:\s"'(]#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})(?=[\s;"',)]|$)|\b(?:rgba?|hsla?|oklch|oklab|lab|lch)\()/i.test(
            line,
          ) || /\sstyle=/.test(line)
            ? [`${path}:${at + 1}: ${line.trim()}`]
            : [],
        ),
    );
    expect(faults).toEqual([]);
  });
});
