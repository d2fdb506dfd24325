import { z } from 'zod';

/**
 * How sure the catalogue is of a statement: F found in a public text · F? found second-hand ·
 * MS known well, not re-checked · MU not certain · NF looked for and not found.
 */
export const Mark = z.enum(['F', 'F?', 'MS', 'MU', 'NF']);
export type Mark = z.infer<typeof Mark>;

/** Where a statement of the catalogue comes from: the text, the place in it, and how sure we are. */
export const Source = z.strictObject({
  text: z.string().trim().min(1),
  article: z.string().trim().min(1).nullable(),
  mark: Mark,
});
export type Source = z.infer<typeof Source>;
