import type { Paper } from '#kernel/documents/paper';
import { headData } from './head.ts';
import type { PaperHead } from './head.ts';

/** One thing to rate, with the answers to choose from, best first. */
export interface SatisfactionQuestion {
  readonly text: string;
  readonly answers: readonly string[];
}

export interface SatisfactionPaper {
  readonly head: PaperHead;
  readonly procedure: string;
  /** What is asked (NĐ 61/2018, art. 31; TT 01/2018, art. 13), in the order in which it is typed in. */
  readonly questions: readonly SatisfactionQuestion[];
  /**
   * The address of the same slip online, drawn as QR, and the slip's short random code, under which a clerk
   * types a filled paper in. Neither names the dossier: the paper is anonymous to whoever finds it.
   */
  readonly slip: { readonly url: string; readonly shortCode: string };
  /** Where the filled paper goes, such as `hòm phiếu tại Bộ phận Một cửa`. */
  readonly returnTo: string;
}

/** The satisfaction slip on paper, A5; the citizen ticks, nobody's name stands on it. */
export function satisfactionPaper(data: SatisfactionPaper): Paper {
  return {
    template: 'domains/services/papers/satisfaction.typ',
    title: `Phiếu đánh giá việc giải quyết thủ tục hành chính ${data.slip.shortCode}`,
    issuedAt: data.head.issuedAt,
    codes: { slip: data.slip.url },
    data: {
      ...headData(data.head),
      procedure: data.procedure,
      questions: data.questions.map(({ text, answers }) => ({ text, answers })),
      shortCode: data.slip.shortCode,
      returnTo: data.returnTo,
    },
  };
}
