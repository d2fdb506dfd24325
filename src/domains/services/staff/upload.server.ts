/** Files that officials hand in. */
import type { GivenFile } from '../attachment/take.server.ts';

/** The file of a form's field; undefined when none was chosen. */
export function fileIn(form: FormData, name: string): File | undefined {
  const file = form.get(name);
  return file instanceof File && file.size > 0 ? file : undefined;
}

/** A form's file as it is taken in. */
export async function givenOf(file: File): Promise<GivenFile> {
  return { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
}
