/** The register's measures: households and residents as of a day. The number is the count of its list. */
import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';
import { isId } from '#kernel/ids';
import type { Measure, MeasureQuestion, MeasureRecord } from '#kernel/measures';
import { allow, hamletsWhere } from '#kernel/rights';
import { localDate, startOfDay, type LocalDate } from '#kernel/time';
import { listHamlets } from '#domain/commune';
import { householdsOn } from '../household/on-day.ts';

/** Nothing that a reader asks for can be found: a hamlet that there is not. */
const NOWHERE = '00000000-0000-0000-0000-000000000000';

type Scope = { day: LocalDate; hamletId: string | null };

/** The part of the commune and the day that a question means. */
export function scopeOf({ asOf, scope }: MeasureQuestion): Scope {
  const hamlet = scope.startsWith('hamlet:') ? scope.slice('hamlet:'.length) : null;
  return { day: localDate(asOf), hamletId: hamlet === null ? null : isId(hamlet) ? hamlet : NOWHERE };
}

/** Households that exist at the end of the day, in the part that is asked for. */
function households(ctx: Ctx, { day, hamletId }: Scope) {
  const found = householdsOn(ctx, day);
  return hamletId === null ? found : found.where('p.hamlet_id', '=', hamletId);
}

/** Members of those households at the end of the day. */
function members(ctx: Ctx, scope: Scope) {
  const { day } = scope;
  return households(ctx, scope)
    .innerJoin('registry_member as m', (on) =>
      on.onRef('m.commune_id', '=', 'h.commune_id').onRef('m.household_id', '=', 'h.id'),
    )
    .where('m.merge_id', 'is', null)
    .where('m.joined_on', '<=', day)
    .where((eb) => eb.or([eb('m.left_on', 'is', null), eb('m.left_on', '>', day)]));
}

/** Who may open the records: everybody sees how many, nobody sees whom without the right in that hamlet. */
function opens(ctx: Ctx, right: string): (hamletId: string) => boolean {
  const hamlets = hamletsWhere(ctx, right);
  return (hamletId) => hamlets === 'all' || hamlets.includes(hamletId);
}

async function hamletNames(ctx: Ctx): Promise<Map<string, string>> {
  return new Map((await listHamlets(ctx, { on: 'ever' })).map(({ id, name }) => [id, name]));
}

type Page = { offset: number; limit: number };
type Line = { id: string; day: string; hamlet_id: string; label: string; href: string };

/**
 * Lines as the reader may see them: strangers see the hamlet and nothing else, numbered in the list.
 * @param right who has it in a line's hamlet sees whom it is about
 */
export async function recordsOf(
  ctx: Ctx,
  lines: readonly Line[],
  page: Page,
  plain: string,
  right = 'registry.household.list',
): Promise<MeasureRecord[]> {
  const mayOpen = opens(ctx, right);
  const names = await hamletNames(ctx);
  return lines.map(({ id, day, hamlet_id, label, href }, at) => {
    const open = mayOpen(hamlet_id);
    const hamlet = names.get(hamlet_id) ?? '';
    return {
      id: open ? id : String(page.offset + at + 1),
      at: startOfDay(localDate(day)),
      label: open ? label : plain,
      href: open ? href : null,
      columns: { hamlet },
    };
  });
}

async function householdCount(ctx: Ctx, question: MeasureQuestion): Promise<number> {
  const { total } = await households(ctx, scopeOf(question))
    .select((eb) => eb.fn.countAll<bigint>().as('total'))
    .executeTakeFirstOrThrow();
  return Number(total);
}

async function residentCount(ctx: Ctx, question: MeasureQuestion): Promise<number> {
  const { total } = await members(ctx, scopeOf(question))
    .select((eb) => eb.fn.countAll<bigint>().as('total'))
    .executeTakeFirstOrThrow();
  return Number(total);
}

const householdMeasure: Measure = {
  name: 'registry.households',
  title: { vi: 'Số hộ', en: 'Households' },
  meaning: {
    vi: 'Số hộ có trong sổ của xã vào cuối ngày đó: đã lập, chưa kết thúc, tính theo xóm nơi hộ ở vào ngày đó.',
    en: 'Households in the commune’s register at the end of the day: opened and not closed, by the hamlet in which they lived that day.',
  },
  unit: 'count',
  scopes: ['commune', 'hamlet'],
  audience: 'public',
  compute: async (ctx, question) => {
    allow(ctx, 'registry.figures.see');
    const numerator = await householdCount(ctx, question);
    return { numerator, denominator: null, value: numerator };
  },
  list: async (ctx, question, _part, page) => {
    allow(ctx, 'registry.figures.see');
    const scope = scopeOf(question);
    const rows = await households(ctx, scope)
      .select(['h.id', 'h.number', 'h.opened_on', 'p.hamlet_id'])
      .orderBy('h.opened_on', 'desc')
      .orderBy('h.number')
      .offset(page.offset)
      .limit(page.limit)
      .execute();
    const word = ctx.locale === 'vi' ? 'Hộ' : 'Household';
    const lines = rows.map((row) => ({
      id: row.id,
      day: row.opened_on,
      hamlet_id: row.hamlet_id,
      label: `${word} ${row.number}`,
      href: `/registry/staff/households/${row.id}`,
    }));
    return {
      total: await householdCount(ctx, question),
      records: await recordsOf(ctx, lines, page, word),
    };
  },
};

const residentMeasure: Measure = {
  name: 'registry.residents',
  title: { vi: 'Số nhân khẩu', en: 'Residents' },
  meaning: {
    vi: 'Số người là thành viên của một hộ trong xã vào cuối ngày đó. Người tạm trú và người đã mất, đã chuyển đi không tính.',
    en: 'People who belong to a household of the commune at the end of the day; temporary residents and those who died or moved away are not counted.',
  },
  unit: 'count',
  scopes: ['commune', 'hamlet'],
  audience: 'public',
  compute: async (ctx, question) => {
    allow(ctx, 'registry.figures.see');
    const numerator = await residentCount(ctx, question);
    return { numerator, denominator: null, value: numerator };
  },
  list: async (ctx, question, _part, page) => {
    allow(ctx, 'registry.figures.see');
    const scope = scopeOf(question);
    const rows = await members(ctx, scope)
      .innerJoin('registry_resident as r', (on) =>
        on.onRef('r.commune_id', '=', 'm.commune_id').onRef('r.id', '=', 'm.resident_id'),
      )
      .select(['r.id', 'r.full_name', 'm.joined_on', 'p.hamlet_id'])
      .select(sql<string | null>`left(r.birth_date::text, 4)`.as('born'))
      .orderBy('m.joined_on', 'desc')
      .orderBy('r.id')
      .offset(page.offset)
      .limit(page.limit)
      .execute();
    const lines = rows.map((row) => ({
      id: row.id,
      day: row.joined_on,
      hamlet_id: row.hamlet_id,
      label: row.born ? `${row.full_name} (${row.born})` : row.full_name,
      href: `/registry/staff/${row.id}`,
    }));
    const word = ctx.locale === 'vi' ? 'Một người' : 'A resident';
    return {
      total: await residentCount(ctx, question),
      records: await recordsOf(ctx, lines, page, word),
    };
  },
};

export const MEASURES: readonly Measure[] = [householdMeasure, residentMeasure];
