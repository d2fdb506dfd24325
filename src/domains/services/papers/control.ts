import type { Paper } from '#kernel/documents/paper';
import { dossierData, headData } from './head.ts';
import type { PaperDossier, PaperHead } from './head.ts';
import { momentWords } from './words.ts';

/** How a step stood against its time when it was handed on; null while it is at work. */
export type StepResult = 'early' | 'on_time' | 'late' | null;

/** One handing over of the dossier. */
export interface ControlStep {
  /** Unit and person who gave, and who took. */
  readonly giver: { readonly unit: string; readonly person: string | null };
  readonly taker: { readonly unit: string; readonly person: string | null };
  readonly at: Date;
  readonly result: StepResult;
  readonly note: string | null;
}

export interface ControlPaper {
  readonly head: PaperHead;
  readonly dossier: PaperDossier;
  /** The unit that handles the dossier, and those that are consulted. */
  readonly handler: string;
  readonly consulted: readonly string[];
  readonly steps: readonly ControlStep[];
  /** Empty rows for handing over on paper after printing. */
  readonly blankSteps: number;
}

const RESULT_WORDS = { early: 'Trước hạn', on_time: 'Đúng hạn', late: 'Quá hạn' } as const;

/** Phiếu kiểm soát quá trình giải quyết hồ sơ, A5: form 05 of TT 01/2018/TT-VPCP, article 9. */
export function controlPaper(data: ControlPaper): Paper {
  return {
    template: 'domains/services/papers/control.typ',
    title: `Phiếu kiểm soát quá trình giải quyết hồ sơ ${data.dossier.code}`,
    issuedAt: data.head.issuedAt,
    data: {
      ...headData(data.head),
      dossier: dossierData(data.dossier),
      handler: data.handler,
      consulted: data.consulted,
      blank: data.blankSteps,
      steps: data.steps.map(({ giver, taker, at, result, note }) => ({
        giver: { unit: giver.unit, person: giver.person },
        taker: { unit: taker.unit, person: taker.person },
        at: momentWords(at),
        result: result && RESULT_WORDS[result],
        note,
      })),
    },
  };
}
