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

/** What stands on the paper of a document out: the same words for the PDF and for the file that can be edited. */
export type OutgoingSheet = {
  title: string;
  issuedAt: Date;
  /** Not issued yet: it says so, and number and date are left open. */
  draft: boolean;
  demo: boolean;
  agency: string;
  /** Null while it has none. */
  number: string | null;
  /** What follows the number: `/QĐ-UBND`. */
  symbol: string;
  place: string;
  date: string | null;
  urgency: string | null;
  form: 'letter' | 'decision' | 'named';
  /** What stands before the articles of a decision. */
  verb: string;
  type: string;
  summary: string;
  addressees: string[];
  grounds: string[];
  body: SheetLine[];
  copies: string[];
  signer: { above: string[]; role: string; name: string | null };
};

/** A paragraph; what stands at its head in bold (`Điều 1.`, a heading) apart from the rest. */
export type SheetLine = { head: string; rest: string };

/** A document out as it is laid out; while it is a draft it says so, and number and date are left open. */
export function outgoingSheet(document: Document, around: Around): OutgoingSheet {
  const said = document.outgoing!;
  const type = documentType(said.type);
  const symbol = document.symbol ?? symbolOf(type, 0, said.unitSign).replace(/^\d+/, '');
  const { addressees } = said;
  return {
    title: `${type.name.vi} ${symbol}`.trim(),
    issuedAt: document.doneAt ?? around.now,
    draft: document.state !== 'issued',
    demo: around.commune.demo,
    agency: `Ủy ban nhân dân xã ${around.commune.name}`,
    number: document.number === null ? null : String(document.number).padStart(2, '0'),
    symbol: symbol.replace(/^\d*\//, '/'),
    place: around.place,
    date: document.issuedOn ? formatOfficialDate(localDate(document.issuedOn)) : null,
    urgency: URGENCY_STAMPS[said.urgency],
    form: formOf(said.type),
    verb: said.type === 'resolution' ? 'QUYẾT NGHỊ' : 'QUYẾT ĐỊNH',
    type: type.name.vi,
    summary: said.summary,
    addressees: addressees.length > 1 ? enumerated(addressees) : addressees,
    grounds: enumerated(said.grounds),
    body: said.body.split('\n').flatMap((line) => (line.trim() === '' ? [] : sheetLine(line))),
    copies: enumerated(said.copies),
    signer: signerLines(around.signer),
  };
}

/** The sheet as PDF, with the template beside this file. */
export function outgoingPaper({ title, issuedAt, ...data }: OutgoingSheet): Paper {
  return {
    template: 'domains/office/document/outgoing.typ',
    title,
    issuedAt,
    archival: !data.draft,
    data,
  };
}

/** Lines of a list as the decree closes them: a semicolon each, a full stop the last (annex I, II.5, II.8, II.9). */
function enumerated(lines: readonly string[]): string[] {
  return lines.map((line, at) => line.replace(/[\s;.,]+$/u, '') + (at < lines.length - 1 ? ';' : '.'));
}

/** Articles and headings of parts stand in bold. */
function sheetLine(line: string): SheetLine {
  const head = /^(?:Điều \d+\.|[IVX]+\. [^.]{1,120}$)/u.exec(line)?.[0] ?? '';
  return { head, rest: line.slice(head.length).trim() };
}

/** Letters have no type name and carry their summary under the number; decisions decide in articles. */
function formOf(type: string): OutgoingSheet['form'] {
  if (type === 'letter') return 'letter';
  return type === 'decision' || type === 'resolution' ? 'decision' : 'named';
}

/**
 * The authority of who signs (annex I, II.7): the chairman on behalf of the Committee (TM.), a vice-chair in
 * his place (KT.), others by his order (TL.).
 */
function signerLines(signer: Signer | null): OutgoingSheet['signer'] {
  if (!signer) return { above: ['TM. ỦY BAN NHÂN DÂN'], role: 'CHỦ TỊCH', name: null };
  const { name, post } = signer;
  if (/^phó chủ tịch/i.test(post))
    return { above: ['TM. ỦY BAN NHÂN DÂN', 'KT. CHỦ TỊCH'], role: 'PHÓ CHỦ TỊCH', name };
  if (/^chủ tịch/i.test(post)) return { above: ['TM. ỦY BAN NHÂN DÂN'], role: 'CHỦ TỊCH', name };
  return { above: ['TL. CHỦ TỊCH'], role: post.toUpperCase(), name };
}
