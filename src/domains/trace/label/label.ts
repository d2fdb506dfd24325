/** A sheet of labels as a paper to draw. Pure. */
import { formatDate, formatNumber } from '#kernel/format';
import type { Paper, PaperValue } from '#kernel/documents/paper';
import type { LocalDate } from '#kernel/time';
import { lotUri } from '../derive/derive.ts';
import type { LabelPaper } from './papers.ts';

export type LabelFacts = {
  product: string;
  brand: string | null;
  netG: number;
  lot: { gtin: string; code: string };
  packedOn: LocalDate;
  bestBefore: LocalDate | null;
  maker: string;
  address: string | null;
  rules: string | null;
  /** What may be said of it; null where nothing. */
  standard: string | null;
  /** One for each label; null: the same label so many times. */
  serials: readonly string[] | null;
  count: number;
  demo: boolean;
};

/** Words of a label, in Vietnamese as the law on labels asks. */
export type LabelWords = {
  title: string;
  net: string;
  lot: string;
  packed: string;
  best: string;
  scan: string;
};

/** @param origin the address that the codes lead to, such as `https://xa.example` */
export function labelSheet(
  facts: LabelFacts,
  paper: LabelPaper,
  { origin, words, issuedAt }: { origin: string; words: LabelWords; issuedAt: Date },
): Paper {
  const codes: Record<string, string> = {};
  const serials = facts.serials ?? Array.from({ length: facts.count }, () => null);
  for (const [at, serial] of (facts.serials ?? [null]).entries())
    codes[`label${at}`] = lotUri(origin, facts.lot, serial ?? undefined);
  const labels = serials.map((serial, at): PaperValue => ({
    code: `label${facts.serials ? at : 0}`,
    serial: serial === null ? null : serial.replace(/(.{4})(?=.)/g, '$1-'),
  }));
  const { gapX, gapY, ...shape } = paper;
  return {
    template: 'domains/trace/label/sheet.typ',
    title: words.title,
    issuedAt,
    correction: 'Q',
    tagged: false,
    codes,
    data: {
      paper: { ...shape, gap_x: gapX, gap_y: gapY, name: paper.code },
      labels,
      demo: facts.demo,
      product: facts.product,
      brand: facts.brand,
      standard: facts.standard,
      maker: facts.maker,
      address: facts.address,
      rules: facts.rules,
      lines: [
        `${words.net}: ${formatNumber(facts.netG)} g`,
        `${words.lot}: ${facts.lot.code}`,
        `${words.packed}: ${formatDate(facts.packedOn)}`,
        ...(facts.bestBefore ? [`${words.best}: ${formatDate(facts.bestBefore)}`] : []),
      ],
      scan: words.scan,
      alt: words.scan,
    },
  };
}
