import { readFileSync, readdirSync } from 'node:fs';
import type { FormDefinition } from '#kernel/forms/definition';
import { type FormFile, parseFormFile, parseProcedureFile } from './exchange.ts';
import { unaskedBy } from './procedure-papers.ts';
import type { ProcedureFile, ProcedureVersion } from './procedure.ts';

/** The reference catalogue that comes with the program; a commune's own lives in its database. */
export interface Catalog {
  procedures: ProcedureFile[];
  forms: FormFile[];
}

/**
 * Loads and checks the catalogue from the files beside this one. It reads the disk from where the
 * source stands, so only what runs from source may call it (server start, migration, command line),
 * never a page: a bundle has moved.
 * @throws Error that names the file, when one is not as it must be.
 */
export function loadCatalog(folder: URL = new URL('./catalog/', import.meta.url)): Catalog {
  const catalog = {
    procedures: readAll(new URL('procedures/', folder), parseProcedureFile, (file) => file.code),
    forms: readAll(new URL('forms/', folder), parseFormFile, (file) => file.id),
  };
  const problems = catalogProblems(catalog);
  if (problems.length > 0) throw new Error(`the catalogue does not fit together:\n${problems.join('\n')}`);
  return catalog;
}

function readAll<T>(folder: URL, parse: (text: string) => T, nameOf: (file: T) => string): T[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.toSorted().map((name) => {
    const file = readOne(new URL(name, folder), parse);
    if (`${nameOf(file)}.json` !== name) throw new Error(`${name} holds ${nameOf(file)}`);
    return file;
  });
}

function readOne<T>(path: URL, parse: (text: string) => T): T {
  try {
    return parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    const detail = cause instanceof Error && 'params' in cause ? JSON.stringify(cause.params) : '';
    throw new Error(`${path.pathname} ${detail}`, { cause });
  }
}

/** The form that a version of a procedure asks for; undefined when the forms do not hold it. */
export function findForm(
  forms: readonly FormFile[],
  ref: ProcedureVersion['form'],
): FormDefinition | undefined {
  const file = forms.find((one) => one.id === ref.id);
  return file?.versions.find((one) => one.version === ref.version);
}

/** What does not fit together: forms that are missing, conditions of papers on questions that nobody asks. */
export function catalogProblems(catalog: Catalog): string[] {
  return catalog.procedures
    .flatMap((file) => file.versions)
    .flatMap((version) => {
      const name = `${version.code} version ${version.version}`;
      const form = findForm(catalog.forms, version.form);
      if (!form) return [`${name} asks for form ${version.form.id} ${version.form.version}`];
      return unaskedBy(form, version).map((ref) => `${name} has a paper that depends on ${ref}`);
    });
}
