/** The register as a list, in the shape in which lists are taken in. */
import type { Ctx } from '#kernel/context';
import { isId } from '#kernel/ids';
import { maskId, maskPhone } from '#kernel/mask';
import { homePhone } from '#kernel/phone';
import { allow, hamletsWhere, may, type Thing } from '#kernel/rights';
import { localDate, type LocalDate } from '#kernel/time';
import { listHamlets } from '#domain/commune';
import type { Sex } from '../resident.ts';
import type { Relation } from './household.ts';

export type ExportedPerson = {
  hamlet: string;
  household: string;
  name: string;
  relation: Relation;
  birthDate: LocalDate | null;
  birthKnown: 'day' | 'year';
  sex: Sex | null;
  nationalId: string | null;
  phone: string | null;
  address: string | null;
};

/**
 * Everybody who belongs to a household today, by hamlet, household and relation. Whole numbers are for those who
 * write the register; others get them masked, and a hamlet's head his hamlet only.
 */
export async function exportPeople(ctx: Ctx, hamletId?: string): Promise<ExportedPerson[]> {
  const hamlets = hamletsWhere(ctx, 'registry.household.export');
  const asked = hamletId ?? (hamlets === 'all' ? null : (hamlets[0] ?? null));
  // The hamlet is written down, so that its people can see that a list with them was taken out.
  allow(ctx, 'registry.household.export', listThing(asked));
  if (hamletId !== undefined && !isId(hamletId)) return [];
  let found = peopleOfHouseholds(ctx);
  if (hamlets !== 'all') {
    for (const one of hamletId === undefined ? hamlets.slice(1) : [])
      allow(ctx, 'registry.household.export', listThing(one));
    found = found.where('p.hamlet_id', 'in', [...hamlets]);
  }
  if (hamletId !== undefined) found = found.where('p.hamlet_id', '=', hamletId);
  const rows = await found.execute();
  const order = new Map(
    (await listHamlets(ctx, { on: 'ever' })).map(({ id, name }, at) => [id, { at, name }]),
  );
  const place = (row: (typeof rows)[number]) => order.get(row.hamlet_id)?.at ?? 0;
  const whole = may(ctx, 'registry.resident.edit');
  return rows
    .toSorted((a, b) => place(a) - place(b) || inHousehold(a, b))
    .map((row) => ({
      hamlet: order.get(row.hamlet_id)?.name ?? '',
      household: row.number,
      name: row.full_name,
      relation: row.relation as Relation,
      birthDate: row.birth_date === null ? null : localDate(row.birth_date),
      birthKnown: row.birth_known === 'year' ? 'year' : 'day',
      sex: row.sex as Sex | null,
      nationalId: row.national_id && (whole ? row.national_id : maskId(row.national_id)),
      phone: row.phone && (whole ? homePhone(row.phone) : maskPhone(row.phone)),
      address: row.address,
    }));
}

/** What an export is about: the people of a hamlet, or everybody. */
function listThing(hamletId: string | null): Thing {
  return { kind: 'household_list', ...(hamletId !== null && { id: hamletId }), hamlet_id: hamletId };
}

type Placed = { number: string; relation: string; birth_date: string | null };

function inHousehold(a: Placed, b: Placed): number {
  return (
    a.number.localeCompare(b.number) ||
    Number(b.relation === 'head') - Number(a.relation === 'head') ||
    (a.birth_date ?? '').localeCompare(b.birth_date ?? '')
  );
}

function peopleOfHouseholds(ctx: Ctx) {
  return ctx.db
    .selectFrom('registry_household as h')
    .innerJoin('registry_household_place as p', (on) =>
      on
        .onRef('p.commune_id', '=', 'h.commune_id')
        .onRef('p.household_id', '=', 'h.id')
        .on('p.until_day', 'is', null),
    )
    .innerJoin('registry_member as m', (on) =>
      on.onRef('m.commune_id', '=', 'h.commune_id').onRef('m.household_id', '=', 'h.id'),
    )
    .innerJoin('registry_resident as r', (on) =>
      on.onRef('r.commune_id', '=', 'm.commune_id').onRef('r.id', '=', 'm.resident_id'),
    )
    .select(['h.number', 'p.hamlet_id', 'p.address', 'm.relation', 'r.full_name', 'r.birth_date'])
    .select(['r.birth_known', 'r.sex', 'r.national_id', 'r.phone'])
    .where('h.commune_id', '=', ctx.commune.id)
    .where('m.left_on', 'is', null)
    .where('m.merge_id', 'is', null);
}
