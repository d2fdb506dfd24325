/** The register of a year, as a spreadsheet. */
import { officeCalendar } from '#domain/commune';
import { m } from '#i18n/messages';
import { answering } from '#app/answering';
import { fileResponse, XLSX } from '#app/file-response';
import type { Locale } from '#kernel/context';
import type { SheetColumn } from '#kernel/documents/sheet';
import { writeSheet } from '#kernel/documents/xlsx.server';
import { localDateOf, yearOf } from '#kernel/time';
import { itemOf } from '../../../publication/items.ts';
import { stateOf, type Publication, type PublicationState } from '../../../publication/publication.ts';
import { exportPublications } from '../../../publication/publication.queries.ts';
import { channelWords, publicationLabel } from '../../../publication/words.ts';
import type { RequestHandler } from './$types';

type Line = Publication & { state: PublicationState };

export const GET: RequestHandler = (event) =>
  answering(event, async ({ locals, url }) => {
    const asked = Number(url.searchParams.get('year'));
    const { lines, year } = await locals.run(async (ctx) => {
      const today = localDateOf(ctx.now);
      const calendar = await officeCalendar(ctx);
      const of = Number.isInteger(asked) && asked > 1990 && asked < 2200 ? asked : yearOf(today);
      const all = await exportPublications(ctx, of);
      return { year: of, lines: all.map((one) => ({ ...one, state: stateOf(calendar, one, today) })) };
    });
    const bytes = await writeSheet(columns(locals.locale), lines, String(year));
    return fileResponse(bytes, { name: `cong-khai-${year}.xlsx`, type: XLSX });
  });

function columns(locale: Locale): SheetColumn<Line>[] {
  return [
    {
      label: m.office_publication_item(),
      kind: 'text',
      value: ({ item }) => itemOf(item).name[locale],
      width: 50,
    },
    { label: m.office_publication_title(), kind: 'text', value: ({ title }) => title, width: 50 },
    {
      label: m.office_publication_channels(),
      kind: 'text',
      value: ({ channels }) => channelWords(channels, locale),
      width: 40,
    },
    { label: m.office_publication_decided_on(), kind: 'date', value: ({ decidedOn }) => decidedOn },
    { label: m.office_publication_from(), kind: 'date', value: ({ from }) => from },
    { label: m.office_publication_to(), kind: 'date', value: ({ to }) => to },
    { label: m.office_publication_place(), kind: 'text', value: ({ place }) => place },
    {
      label: m.office_publication_state(),
      kind: 'text',
      value: ({ state }) => publicationLabel(state).label,
    },
    { label: m.office_publication_evidence(), kind: 'number', value: ({ files }) => files },
  ];
}
