import { z } from 'zod';
import { AppError } from '#kernel/errors';
import { FormDefinition } from '#kernel/forms/definition';
import { faultsOf } from '#kernel/input';
import { ProcedureFile } from './procedure.ts';

/** One form with its history: the file of the catalogue. What was filed on a version keeps it. */
export const FormFile = z
  .strictObject({ id: z.string(), versions: z.array(FormDefinition).min(1) })
  .refine((file) => file.versions.every((form) => form.id === file.id), 'a version has another id')
  .refine(
    (file) => file.versions.every((form, at) => form.version > (file.versions[at - 1]?.version ?? 0)),
    'the version numbers do not rise',
  );
export type FormFile = z.infer<typeof FormFile>;

/** A file larger than this is no procedure. */
const MOST_CHARACTERS = 2_000_000;

/**
 * Reads an exchanged procedure file.
 * @throws AppError `services.procedure.file_invalid` with a code for each place that is wrong, and the places
 *   in English, one a line, for whoever reads a terminal.
 */
export function parseProcedureFile(text: string): ProcedureFile {
  return parseFile(ProcedureFile, text);
}

/** Reads an exchanged form file. @throws AppError `services.procedure.file_invalid` */
export function parseFormFile(text: string): FormFile {
  return parseFile(FormFile, text);
}

/** Writes a file for exchange; reading it gives the same again. */
export function printFile(file: ProcedureFile | FormFile): string {
  return `${JSON.stringify(file, null, 2)}\n`;
}

function parseFile<S extends z.ZodType>(schema: S, text: string): z.infer<S> {
  if (text.length > MOST_CHARACTERS) throw invalid('the file is too large', { '': 'input.too_large' });
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    throw invalid('the file is not JSON', { '': 'input.not_json' });
  }
  const read = schema.safeParse(data, { reportInput: true });
  if (!read.success) throw invalid(z.prettifyError(read.error), faultsOf(read.error));
  return read.data;
}

function invalid(problems: string, fields: Record<string, string>): AppError {
  return new AppError('services.procedure.file_invalid', 422, { problems: problems.slice(0, 2000) }, fields);
}
