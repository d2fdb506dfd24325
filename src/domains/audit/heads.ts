/** Heads: what is kept of the chain outside the database, one line of JSON each. */
import { z } from 'zod';

export const Head = z.object({
  commune: z.string().min(1),
  /** The last link that this head covers, and its hash. */
  seq: z.number().int().min(1),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  taken_at: z.iso.datetime(),
  /** The marks (eight signs each) of the links `from` … `seq`. */
  from: z.number().int().min(1),
  marks: z.string(),
});
export type Head = z.infer<typeof Head>;

/**
 * Reads the lines of a kept file. A last line without its end was cut off while it was written, and is left out.
 * @throws Error naming the line that is none
 */
export function parseHeads(text: string): Head[] {
  const lines = text.split('\n').slice(0, -1);
  return lines
    .map((line, index) => ({ line, number: index + 1 }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, number }) => {
      try {
        return Head.parse(JSON.parse(line));
      } catch (cause) {
        throw new Error(`line ${number} is not an audit head`, { cause });
      }
    });
}

/** The kept marks by place in the chain. */
export function marksOf(heads: readonly Head[]): Map<number, string> {
  const marks = new Map<number, string>();
  for (const { from, marks: text } of heads) {
    for (let at = 0; at * 8 < text.length; at += 1) marks.set(from + at, text.slice(at * 8, at * 8 + 8));
  }
  return marks;
}
