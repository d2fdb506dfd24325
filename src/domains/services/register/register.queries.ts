/** Sổ theo dõi hồ sơ (form 06 of TT 01/2018/TT-VPCP): one book a calendar year, numbered from 01 by reception. */
import { listHamlets } from '#domain/commune';
import { listOfficials } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { instantAt, localDate, localDateOf, yearOf, yearRange } from '#kernel/time';
import { handlerSql } from '../figures/handler.ts';
import { getProcedureVersion } from '../procedure.queries.ts';

/** One line of the book. */
export type RegisterLine = {
  number: number;
  id: string;
  code: string;
  procedure: string;
  name: string;
  hamlet: string | null;
  phone: string | null;
  handler: string | null;
  receivedAt: Date;
  dueAt: Date | null;
  returnedAt: Date | null;
  way: 'counter' | 'electronic' | 'post' | null;
  /** How it ended; null while it is open. */
  outcome: string | null;
  apologised: boolean;
};

/** Lines that a book may have: far more than a commune's year, and what a spreadsheet still takes. */
export const MOST_LINES = 30_000;

/** The years in which something was received, the latest first; this year always. */
export async function registerYears(ctx: Ctx): Promise<number[]> {
  allow(ctx, 'services.register.read');
  const span = await ctx.db
    .selectFrom('services_dossier')
    .select((q) => [q.fn.min('received_at').as('first'), q.fn.max('received_at').as('last')])
    .where('commune_id', '=', ctx.commune.id)
    .executeTakeFirst();
  const now = yearOf(localDateOf(ctx.now));
  const first = span?.first ? yearOf(localDateOf(span.first)) : now;
  return Array.from({ length: Math.max(now - first, 0) + 1 }, (_, at) => now - at);
}

/**
 * The lines of a year in the order of reception; numbers run on without gaps from page to page.
 * It bears names and telephones, so each reading is written to the audit record.
 */
export async function registerOf(
  ctx: Ctx,
  year: number,
  { offset, limit }: { offset: number; limit: number } = { offset: 0, limit: MOST_LINES },
): Promise<{ total: number; lines: RegisterLine[] }> {
  allow(ctx, 'services.register.read', { kind: 'register', id: String(year) }, { offset, limit });
  const { total } = await receivedIn(ctx, year)
    .select((q) => q.fn.countAll<bigint>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await rowsOf(ctx, year, { offset, limit });
  const officials = new Map((await listOfficials(ctx, 'ever')).map((one) => [one.id, one.fullName]));
  const hamlets = new Map((await listHamlets(ctx, { on: 'ever' })).map(({ id, name }) => [id, name]));
  const lines: RegisterLine[] = [];
  for (const [at, row] of rows.entries()) {
    const procedure = await getProcedureVersion(ctx, row.procedure_code, row.procedure_version);
    lines.push({
      number: offset + at + 1,
      id: row.id,
      code: row.code,
      procedure: procedure.name.vi,
      name: row.applicant_name,
      hamlet: (row.hamlet_id && hamlets.get(row.hamlet_id)) || null,
      phone: row.applicant_phone,
      handler: officials.get(row.handler_id ?? row.assignee_id ?? '') ?? null,
      receivedAt: row.received_at!,
      dueAt: row.due_at,
      returnedAt: row.returned_at,
      way: (row.given as { way?: RegisterLine['way'] } | null)?.way ?? null,
      outcome: row.outcome,
      apologised: Boolean(row.apologised),
    });
  }
  return { total: Number(total), lines };
}

/** The rows with how the result was given, and whether a letter of apology went out. */
async function rowsOf(ctx: Ctx, year: number, { offset, limit }: { offset: number; limit: number }) {
  return receivedIn(ctx, year)
    .leftJoin('services_action as given', (join) =>
      join
        .onRef('given.commune_id', '=', 'd.commune_id')
        .onRef('given.dossier_id', '=', 'd.id')
        .on('given.kind', '=', 'return'),
    )
    .leftJoin('services_action as letter', (join) =>
      join
        .onRef('letter.commune_id', '=', 'd.commune_id')
        .onRef('letter.dossier_id', '=', 'd.id')
        .on('letter.kind', '=', 'apologise'),
    )
    .select(['d.id', 'd.code', 'd.procedure_code', 'd.procedure_version', 'd.applicant_name'])
    .select(['d.applicant_phone', 'd.hamlet_id', 'd.assignee_id', 'd.received_at', 'd.due_at'])
    .select(handlerSql(ctx.now).as('handler_id'))
    .select(['d.returned_at', 'd.outcome', 'given.data as given', 'letter.seq as apologised'])
    .orderBy('d.received_at')
    .orderBy('d.id')
    .offset(offset)
    .limit(limit)
    .execute();
}

function receivedIn(ctx: Ctx, year: number) {
  const { first, last } = yearRange(year);
  return ctx.db
    .selectFrom('services_dossier as d')
    .where('d.commune_id', '=', ctx.commune.id)
    .where('d.received_at', '>=', instantAt(localDate(first), 0))
    .where('d.received_at', '<', instantAt(localDate(last), 1440));
}
