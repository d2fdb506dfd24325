import type { Paper, PaperValue } from '#kernel/documents/paper';
import { formatOfficialDate } from '#kernel/format';
import { dossierData, headData, signerData } from './head.ts';
import type { PaperDossier, PaperHead, PaperSigner } from './head.ts';
import { capitalized, momentWords } from './words.ts';

/** Whom the citizen asks when something is unclear. */
export interface PaperContact {
  readonly name: string;
  readonly phone: string;
}

export interface SupplementPaper {
  readonly head: PaperHead;
  readonly dossier: PaperDossier;
  /** What is missing or wrong, each with the reason where it needs one. Asked once and completely (NĐ 61/2018, art. 15.3). */
  readonly items: readonly { readonly what: string; readonly why: string | null }[];
  /** The reason that holds for the whole request. */
  readonly reason: string;
  readonly contact: PaperContact;
  /** Who guides the citizen and signs. */
  readonly guide: string | null;
}

/** Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ, A5: form 02 of TT 01/2018/TT-VPCP, article 9. */
export function supplementPaper(data: SupplementPaper): Paper {
  return slip('supplement', `Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ ${data.dossier.code}`, data, {
    items: data.items.map(({ what, why }) => ({ what, why })),
    reason: data.reason,
    contact: { name: data.contact.name, phone: data.contact.phone },
    guide: data.guide,
  });
}

export interface RefusalPaper {
  readonly head: PaperHead;
  readonly dossier: PaperDossier;
  /** Why, in words that the citizen understands. */
  readonly reasons: readonly string[];
  /** The article that says so. */
  readonly legalBasis: string;
  readonly contact: PaperContact | null;
  readonly submitter: string | null;
  readonly receiver: string | null;
}

/** Phiếu từ chối tiếp nhận, giải quyết hồ sơ, A5: form 03 of TT 01/2018/TT-VPCP, article 9. */
export function refusalPaper(data: RefusalPaper): Paper {
  return slip('refusal', `Phiếu từ chối tiếp nhận, giải quyết hồ sơ ${data.dossier.code}`, data, {
    reasons: data.reasons,
    legalBasis: data.legalBasis,
    contact: data.contact && { name: data.contact.name, phone: data.contact.phone },
    submitter: data.submitter,
    receiver: data.receiver,
  });
}

export interface ApologyPaper {
  readonly head: PaperHead;
  readonly dossier: PaperDossier;
  readonly receivedAt: Date;
  /** The time promised on the receipt. */
  readonly promisedAt: Date;
  readonly reason: string;
  /** The new time; there is no second re-appointment (NĐ 61/2018, art. 19.9). */
  readonly newDueAt: Date;
  /** Who apologises: the body that handles the dossier, such as `Ủy ban nhân dân xã Tức Tranh`. */
  readonly body: string;
  readonly contact: PaperContact | null;
  readonly signer: PaperSigner;
}

/** Phiếu xin lỗi và hẹn lại ngày trả kết quả, A5: form 04 of TT 01/2018/TT-VPCP, article 9. */
export function apologyPaper(data: ApologyPaper): Paper {
  return slip('apology', `Phiếu xin lỗi và hẹn lại ngày trả kết quả ${data.dossier.code}`, data, {
    received: capitalized(formatOfficialDate(data.receivedAt)),
    promised: momentWords(data.promisedAt),
    reason: data.reason,
    due: momentWords(data.newDueAt),
    body: data.body,
    contact: data.contact && { name: data.contact.name, phone: data.contact.phone },
    signer: signerData(data.signer),
  });
}

function slip(
  name: string,
  title: string,
  { head, dossier }: { readonly head: PaperHead; readonly dossier: PaperDossier },
  data: { readonly [key: string]: PaperValue },
): Paper {
  return {
    template: `domains/services/papers/${name}.typ`,
    title,
    issuedAt: head.issuedAt,
    data: { ...headData(head), dossier: dossierData(dossier), ...data },
  };
}
