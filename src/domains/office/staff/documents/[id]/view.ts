/** One document as its page shows it. */
import type { Official } from '#domain/registry';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { formatDate, formatDateTime, type Locale } from '#kernel/format';
import { localDate } from '#kernel/time';
import type { DocumentRow } from '../../../document/document.queries.ts';
import type { DocumentState } from '../../../document/document.ts';
import type { Loaded } from '../../../document/record.ts';
import { stateLabel, typeName } from '../../../document/words.ts';
import { dueView, URGENCY_WORDS } from '../../../words.ts';

type Around = { names: ReadonlyMap<string, string>; locale: Locale; now: Date; soon: Date };

export function headOf({ document }: Loaded, { locale, now, soon }: Around) {
  const said = document.incoming ?? document.outgoing!;
  const { direction, number, year, state, symbol } = document;
  const registered = number === null ? null : `${String(number).padStart(2, '0')}/${year}`;
  const kickers = {
    in: m.office_document_kicker_in({ number: registered ?? '–' }),
    out: registered ? m.office_document_kicker_out({ number: registered }) : m.office_document_kicker_draft(),
  };
  return {
    title: said.summary,
    kicker: kickers[direction],
    symbol,
    urgency: said.urgency === 'normal' ? null : URGENCY_WORDS[said.urgency](),
    state: stateLabel(state),
    due: dueView(
      { due: document.due, open: state === 'registered' || state === 'routed', now, soon },
      locale,
    ),
    out: direction === 'out',
  };
}

type Fact = { label: string; value: string | null };

export function factsOf(loaded: Loaded, around: Around): Fact[] {
  const { locale, names } = around;
  const { document, row } = loaded;
  const said = document.incoming ?? document.outgoing!;
  const day = (text: string | null) => text && formatDate(localDate(text), locale);
  const common: Fact[] = [
    { label: m.office_document_type(), value: typeName(said.type, locale) },
    { label: m.office_document_symbol(), value: document.symbol },
    { label: m.office_document_issued_on(), value: day(document.issuedOn) },
  ];
  if (document.incoming)
    return [
      { label: m.office_document_sender(), value: document.incoming.sender },
      ...common,
      { label: m.office_document_arrived(), value: formatDateTime(row.made_at, locale) },
      { label: m.office_document_due(), value: document.due && formatDateTime(document.due, locale) },
      {
        label: m.office_document_done_at(),
        value: document.doneAt && formatDateTime(document.doneAt, locale),
      },
    ];
  const outgoing = document.outgoing!;
  return [
    ...common,
    { label: m.office_document_addressees(), value: outgoing.addressees.join('\n') || null },
    { label: m.office_document_signer(), value: names.get(outgoing.signerId) ?? null },
    { label: m.office_document_copies(), value: outgoing.copies.join('\n') || null },
    { label: m.office_document_body(), value: outgoing.body },
  ];
}

const PARTS = {
  handler: m.office_part_handler,
  with: m.office_part_with,
  informed: m.office_part_informed,
};

/** Who has it, and who has opened it. */
export function peopleOf({ document }: Loaded, officials: readonly Official[], locale: Locale) {
  const known = new Map(officials.map((one) => [one.id, one]));
  const order = ['handler', 'with', 'informed'];
  return document.people
    .toSorted((a, b) => order.indexOf(a.part) - order.indexOf(b.part))
    .map(({ officialId, part, seenAt }) => ({
      id: officialId,
      name: known.get(officialId)?.fullName ?? '…',
      post: known.get(officialId)?.post ?? '',
      part: PARTS[part](),
      seen: seenAt && formatDateTime(seenAt, locale),
    }));
}

export function linksOf(rows: readonly DocumentRow[], locale: Locale) {
  return rows.map((row) => ({
    id: row.id,
    href: localizeHref(`/office/staff/documents/${row.id}`),
    title: row.symbol ?? row.summary,
    about: `${row.direction === 'in' ? m.office_document_asked() : m.office_document_answer()}, ${typeName(row.type, locale)}`,
    state: stateLabel(row.state as DocumentState),
  }));
}
