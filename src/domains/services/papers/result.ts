import type { Paper } from '#kernel/documents/paper';
import { formatDateTime } from '#kernel/format';
import { headData, signerData } from './head.ts';
import type { PaperHead, PaperSigner } from './head.ts';

export interface ResultPaper {
  readonly head: PaperHead;
  /** Kind of paper in capitals, such as `GIẤY XÁC NHẬN`, `TRÍCH LỤC KHAI SINH (BẢN SAO)`. */
  readonly kind: string;
  /** What it is about, below the kind. */
  readonly subject: string | null;
  /** The grounds (Căn cứ …), each a line of its own. */
  readonly grounds: readonly string[];
  /** The sentence before the facts, such as `Ủy ban nhân dân xã Tức Tranh xác nhận:`. */
  readonly opening: string | null;
  /** What is certified, line by line. */
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  /** What follows: purpose, validity, closing words. */
  readonly paragraphs: readonly string[];
  readonly signer: PaperSigner;
  /** Where copies go (Nơi nhận). */
  readonly recipients: readonly string[];
  /** Set on a paper that will be signed electronically: who signs and when; printed where the seal would be. */
  readonly electronic: { readonly signer: string; readonly signedAt: Date } | null;
  /** The public genuineness check: its address with the random token, drawn as QR, and the token to be read out. */
  readonly check: { readonly url: string; readonly shortCode: string; readonly site: string };
}

/**
 * A result on A4 in the layout of NĐ 30/2020/NĐ-CP, annex I. It is kept for years (PDF/A-2b).
 * Drawing it refuses a text with letters that no font has, rather than print boxes.
 */
export function resultPaper(data: ResultPaper): Paper {
  const { electronic } = data;
  return {
    template: 'domains/services/papers/result.typ',
    title: [data.kind, data.head.number].filter(Boolean).join(' '),
    issuedAt: data.head.issuedAt,
    archival: true,
    codes: { check: data.check.url },
    data: {
      ...headData(data.head),
      kind: data.kind,
      subject: data.subject,
      grounds: data.grounds,
      opening: data.opening,
      facts: data.facts.map(({ label, value }) => ({ label, value })),
      paragraphs: data.paragraphs,
      signer: signerData(data.signer),
      recipients: data.recipients,
      electronic: electronic && { signer: electronic.signer, at: formatDateTime(electronic.signedAt) },
      shortCode: data.check.shortCode,
      site: data.check.site,
    },
  };
}
