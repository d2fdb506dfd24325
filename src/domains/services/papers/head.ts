import type { PaperValue } from '#kernel/documents/paper';
import { formatOfficialDate } from '#kernel/format';

/** What stands at the top of every paper of the desk. */
export interface PaperHead {
  /** The body above, such as `UBND xã Tức Tranh`; absent where the desk itself is the issuing body. */
  readonly authority: string | null;
  /** Who issues: `Bộ phận Tiếp nhận và Trả kết quả`, since 1/7/2025 `Trung tâm Phục vụ hành chính công`. */
  readonly desk: string;
  /** Number and symbol, such as `0007/TNHS`; absent: dots for the pen. */
  readonly number: string | null;
  /** Where it is issued, such as `Tức Tranh`. */
  readonly place: string;
  readonly issuedAt: Date;
  /** Whether the commune is a demonstration: the paper then says so on every page. */
  readonly demo: boolean;
}

/** Whose dossier it is, as the papers print it. */
export interface PaperApplicant {
  readonly name: string;
  readonly address: string | null;
  readonly phone: string | null;
  readonly email: string | null;
}

/** Which dossier a paper is about. */
export interface PaperDossier {
  /** `H55.242-260901-0007` */
  readonly code: string;
  /** What is asked for: the procedure's name. */
  readonly procedure: string;
  readonly applicant: PaperApplicant;
}

/** Who signs, such as `TM. ỦY BAN NHÂN DÂN` above `CHỦ TỊCH`. */
export interface PaperSigner {
  /** Lines above the title, such as `KT. CHỦ TỊCH`. */
  readonly above: readonly string[];
  readonly title: string;
  readonly name: string | null;
}

/** The common part of a paper's data. */
export function headData(head: PaperHead): { readonly [key: string]: PaperValue } {
  return {
    demo: head.demo,
    head: {
      authority: head.authority,
      desk: head.desk,
      number: head.number,
      place: head.place,
      date: formatOfficialDate(head.issuedAt),
    },
  };
}

/** A dossier in a paper's data. */
export function dossierData(dossier: PaperDossier): PaperValue {
  const { name, address, phone, email } = dossier.applicant;
  return { code: dossier.code, procedure: dossier.procedure, applicant: { name, address, phone, email } };
}

/** A signer in a paper's data. */
export function signerData(signer: PaperSigner): PaperValue {
  return { above: signer.above, role: signer.title, name: signer.name };
}
