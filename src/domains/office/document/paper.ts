/** A document out as paper, laid out as NĐ 30/2020/NĐ-CP, annex I, asks. */
import type { CommuneRef } from '#kernel/context';
import type { Paper } from '#kernel/documents/paper';
import { formatOfficialDate } from '#kernel/format';
import { localDate } from '#kernel/time';
import type { Document, Outgoing } from './document.ts';
import { documentType, symbolOf } from './kinds.ts';

/** Who signs, as the register of officials knows him. */
export type Signer = { name: string; post: string };

/** What the paper needs besides the document. */
export type Around = {
  commune: CommuneRef;
  /** Where the office is, as it stands before the date. */
  place: string;
  signer: Signer | null;
  now: Date;
};

const URGENCY_STAMPS: Record<Outgoing['urgency'], string | null> = {
  normal: null,
  urgent: 'KHẨN',
  very_urgent: 'THƯỢNG KHẨN',
  express: 'HỎA TỐC',
};

/** The paper of a document out; while it is a draft it says so, and number and date are left open. */
export function outgoingPaper(document: Document, around: Around): Paper {
  const said = document.outgoing!;
  const type = documentType(said.type);
  const symbol = document.symbol ?? symbolOf(type, 0, said.unitSign).replace(/^\d+/, '');
  const issued = document.state === 'issued';
  return {
    template: 'domains/office/document/outgoing.typ',
    title: `${type.name.vi} ${symbol}`.trim(),
    issuedAt: document.doneAt ?? around.now,
    archival: issued,
    data: {
      demo: around.commune.demo,
      draft: !issued,
      agency: `Ủy ban nhân dân xã ${around.commune.name}`,
      number: document.number === null ? null : String(document.number).padStart(2, '0'),
      symbol: symbol.replace(/^\d*\//, '/'),
      place: around.place,
      date: document.issuedOn ? formatOfficialDate(localDate(document.issuedOn)) : null,
      urgency: URGENCY_STAMPS[said.urgency],
      form: formOf(said.type),
      type: type.name.vi,
      summary: said.summary,
      addressees: said.addressees,
      grounds: said.grounds,
      body: said.body.split('\n').filter((line) => line.trim() !== ''),
      copies: said.copies,
      signer: signerLines(around.signer),
    },
  };
}

/** Letters have no type name and carry their summary under the number; decisions decide in articles. */
function formOf(type: string): 'letter' | 'decision' | 'named' {
  if (type === 'letter') return 'letter';
  return type === 'decision' || type === 'resolution' ? 'decision' : 'named';
}

/**
 * The authority of who signs (annex I, II.7): the chairman on behalf of the Committee (TM.), a vice-chair in
 * his place (KT.), others by his order (TL.).
 */
function signerLines(signer: Signer | null) {
  if (!signer) return { above: ['TM. ỦY BAN NHÂN DÂN'], role: 'CHỦ TỊCH', name: null };
  const { name, post } = signer;
  if (/^phó chủ tịch/i.test(post))
    return { above: ['TM. ỦY BAN NHÂN DÂN', 'KT. CHỦ TỊCH'], role: 'PHÓ CHỦ TỊCH', name };
  if (/^chủ tịch/i.test(post)) return { above: ['TM. ỦY BAN NHÂN DÂN'], role: 'CHỦ TỊCH', name };
  return { above: ['TL. CHỦ TỊCH'], role: post.toUpperCase(), name };
}
