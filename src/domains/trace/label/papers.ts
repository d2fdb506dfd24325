/** Label papers as data: sheets and rolls that common printers take. Pure. */
import { z } from 'zod';
import { Bilingual } from '#kernel/bilingual';
import data from '../catalog/label-papers.json' with { type: 'json' };

/** Millimetres. */
const Paper = z.strictObject({
  code: z.string(),
  name: Bilingual,
  page: z.strictObject({ width: z.number(), height: z.number() }),
  label: z.strictObject({ width: z.number().min(45), height: z.number().min(26) }),
  columns: z.int().min(1),
  rows: z.int().min(1),
  top: z.number(),
  left: z.number(),
  gapX: z.number(),
  gapY: z.number(),
});
export type LabelPaper = z.infer<typeof Paper>;

export const LABEL_PAPERS: readonly LabelPaper[] = z.array(Paper).parse(data.papers);

export function findPaper(code: string): LabelPaper | undefined {
  return LABEL_PAPERS.find((paper) => paper.code === code);
}
