/** Anchors: heads of the public log as they are kept outside the database, one line of JSON each. */
import { z } from 'zod';

export const Anchor = z.object({
  commune: z.string().min(1),
  size: z.number().int().min(1),
  /** Hex. */
  root: z.string().regex(/^[0-9a-f]{64}$/),
  /** The checkpoint, signed. */
  checkpoint: z.string().min(1),
  taken_at: z.iso.datetime(),
});
export type Anchor = z.infer<typeof Anchor>;

/** Reads a kept file; a last line without its end was cut off while it was written. @throws Error naming the line */
export function parseAnchors(text: string): Anchor[] {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line, at) => {
      try {
        return Anchor.parse(JSON.parse(line));
      } catch (cause) {
        throw new Error(`line ${at + 1} is not an anchor of the public log`, { cause });
      }
    });
}
