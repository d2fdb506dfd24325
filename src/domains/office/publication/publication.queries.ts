/** The register of publications of a year. */
import { sql, type Selectable } from 'kysely';
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { isId } from '#kernel/ids';
import { allow } from '#kernel/rights';
import type { OfficePublication } from '#kernel/schema';
import { localDate, localDateOf, yearOf } from '#kernel/time';
import type { Publication } from './publication.ts';

/** Everything of a year, by the day of the decision, newest first. A commune has some hundred. */
export async function listPublications(ctx: Ctx, year: number): Promise<Publication[]> {
  allow(ctx, 'office.publication.list');
  return readYear(ctx, year);
}

/** What everybody may read of a year: what was really published, without notes and names. */
export async function publicPublications(ctx: Ctx, year: number): Promise<Publication[]> {
  allow(ctx, 'office.publication.see');
  const today = localDateOf(ctx.now);
  return (await readYear(ctx, year))
    .filter(({ withdrawn, from }) => !withdrawn && from !== null && from <= today)
    .map((one) => ({ ...one, note: null, officialId: null, files: 0 }));
}

/** The same as a whole for a spreadsheet; each reading is written to the audit record. */
export async function exportPublications(ctx: Ctx, year: number): Promise<Publication[]> {
  allow(ctx, 'office.publication.export', { kind: 'publications', id: String(year) });
  return readYear(ctx, year);
}

async function readYear(ctx: Ctx, year: number): Promise<Publication[]> {
  const rows = await base(ctx)
    .where('decided_on', '>=', `${year}-01-01`)
    .where('decided_on', '<=', `${year}-12-31`)
    .orderBy('decided_on', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map(publicationOf);
}

/** Opens the form of a new entry. */
export async function openPublicationForm(ctx: Ctx): Promise<void> {
  allow(ctx, 'office.form.open');
}

/** The years in which something was decided, the latest first; this year always. */
export async function publicationYears(ctx: Ctx): Promise<number[]> {
  allow(ctx, 'office.publication.list');
  const rows = await ctx.db
    .selectFrom('office_publication')
    .select(sql<number>`extract(year from decided_on)::int`.as('year'))
    .distinct()
    .where('commune_id', '=', ctx.commune.id)
    .execute();
  const years = new Set([yearOf(localDateOf(ctx.now)), ...rows.map(({ year }) => year)]);
  return [...years].sort((a, b) => b - a);
}

/** One entry. @throws AppError `office.publication.not_found` (404) */
export async function getPublication(ctx: Ctx, id: string): Promise<Publication> {
  allow(ctx, 'office.publication.list');
  const row = isId(id) ? await base(ctx).where('id', '=', id).executeTakeFirst() : undefined;
  return publicationOf(mustExist(row, 'office.publication'));
}

function base(ctx: Ctx) {
  return ctx.db
    .selectFrom('office_publication')
    .selectAll()
    .select((q) =>
      q
        .selectFrom('office_file')
        .select((f) => f.fn.countAll<bigint>().as('files'))
        .whereRef('office_file.subject_id', '=', 'office_publication.id')
        .where('office_file.commune_id', '=', ctx.commune.id)
        .as('files'),
    )
    .where('office_publication.commune_id', '=', ctx.commune.id);
}

function publicationOf(row: Selectable<OfficePublication> & { files: bigint | null }): Publication {
  return {
    id: row.id,
    item: row.item,
    title: row.title,
    channels: row.channels,
    decidedOn: localDate(row.decided_on),
    from: row.from_day === null ? null : localDate(row.from_day),
    to: row.to_day === null ? null : localDate(row.to_day),
    place: row.place,
    link: row.link,
    officialId: row.official_id,
    note: row.note,
    withdrawn: row.withdrawn_at !== null,
    version: row.version,
    files: Number(row.files ?? 0n),
  };
}
