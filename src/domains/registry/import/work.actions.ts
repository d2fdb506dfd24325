/** The import's jobs: every step is a transaction of its own and can be done again. */
import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';
import { mustExist, refuse } from '#kernel/errors';
import { allow } from '#kernel/rights';
import { foldText } from '#kernel/text';
import { localDateOf, type LocalDate } from '#kernel/time';
import { listHamlets } from '#domain/commune';
import { planAnew } from '../plan-anew.ts';
import { enterHouseholds, type EnteredHousehold, type EnteredPerson } from '../household/enter.actions.ts';
import type { Cell } from './columns.ts';
import { findImport, type Import } from './import.queries.ts';
import { knownPeople } from './known.queries.ts';
import { readList, type Finding, type Line, type Person } from './read-list.ts';
import { settle, type Settled } from './settle.ts';

export type Verdict = {
  row_no: number;
  state: string;
  person: Person | null;
  findings: Finding[];
  group_no: number | null;
};

/** Reads a list as a whole beside the register. Writes nothing. @returns what becomes of every row */
export async function judgeList(ctx: Ctx, id: string): Promise<Verdict[]> {
  allow(ctx, 'registry.import.work', { kind: 'import', id });
  await planAnew(ctx);
  const found = mustExist(await findImport(ctx, id), 'registry.import');
  const rows = await ctx.db
    .selectFrom('registry_import_row')
    .select(['row_no', 'cells'])
    .where('commune_id', '=', ctx.commune.id)
    .where('import_id', '=', id)
    .orderBy('row_no')
    .execute();
  const lines = readList({
    rows: rows
      .filter(({ row_no }) => row_no > found.headRow)
      .map(({ row_no, cells }) => ({ row: row_no, cells: cells as Cell[] })),
    columns: found.columns,
    today: localDateOf(ctx.now),
    hamletId: found.hamletId,
    hamletOf: await hamletNamer(ctx),
  });
  const settled = settle(lines, await knownPeople(ctx, lines), found.columns);
  const byRow = new Map(settled.map((one) => [one.line.row, one]));
  return rows.map(({ row_no }): Verdict => {
    const one = byRow.get(row_no);
    if (!one) return { row_no, state: 'skipped', person: null, findings: [], group_no: null };
    const { person, findings, group } = one.line;
    return { row_no, state: one.state, person, findings, group_no: group };
  });
}

/** A text as a hamlet's id, by its present or a former name, with or without the word xóm. */
async function hamletNamer(ctx: Ctx): Promise<(text: string) => string | null> {
  const bare = (text: string) => foldText(text).replace(/^(xom|thon|ban|to dan pho) /, '');
  const ids = new Map<string, string>();
  for (const { id, name, formerNames } of await listHamlets(ctx, { on: 'ever' }))
    for (const one of [name, ...formerNames.map((former) => former.name)]) ids.set(bare(one), id);
  return (text) => ids.get(bare(text)) ?? null;
}

/** Writes some verdicts down, and how far the work has come. */
export async function writeVerdicts(
  ctx: Ctx,
  id: string,
  verdicts: readonly Verdict[],
  { progress, last }: { progress: number; last: boolean },
): Promise<void> {
  allow(ctx, 'registry.import.work', { kind: 'import', id });
  const found = mustExist(await findImport(ctx, id, { lock: true }), 'registry.import');
  if (found.state !== 'checking') refuse('registry.import.not_checked', 409);
  await sql`
    update registry_import_row r
    set state = x.state, person = x.person, findings = x.findings, group_no = x.group_no
    from jsonb_to_recordset(${JSON.stringify(verdicts)}::jsonb)
      as x (row_no int, state text, person jsonb, findings jsonb, group_no int)
    where r.commune_id = ${ctx.commune.id} and r.import_id = ${id} and r.row_no = x.row_no`.execute(ctx.db);
  await goOn(ctx, id, { progress, ...(last && { state: 'checked' }) });
}

type Progress = { progress: number; state?: string; finished_at?: Date };

async function goOn(ctx: Ctx, id: string, set: Progress): Promise<void> {
  await ctx.db
    .updateTable('registry_import')
    .set({ ...set, worked_at: ctx.now })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
}

/**
 * Enters the next households of a list, some at a time. The register is asked again, so that a job that was cut
 * short and began anew finds what it had entered.
 * @param houses how many; everything that is left when not told
 * @returns whether more are left
 */
export async function enterSome(ctx: Ctx, id: string, houses: number | null): Promise<boolean> {
  allow(ctx, 'registry.import.work', { kind: 'import', id });
  await planAnew(ctx);
  // One job at a time: a second one waits here and then finds less to do.
  const found = mustExist(await findImport(ctx, id, { lock: true }), 'registry.import');
  if (found.state !== 'entering') return false;
  const lines = await nextLines(ctx, id, houses);
  if (lines.length === 0) {
    await goOn(ctx, id, { progress: found.total, state: 'done', finished_at: ctx.now });
    return false;
  }
  const settled = settle(lines, await knownPeople(ctx, lines), found.columns);
  const faulty = settled.filter(({ state }) => state === 'faulty');
  if (found.mode === 'whole' && faulty.length > 0) {
    // The register changed since the list was checked: nothing is entered, a person looks at it again.
    await markDone(ctx, id, faulty, new Map());
    await goOn(ctx, id, { progress: 0, state: 'checked' });
    return false;
  }
  const ids = await enterSettled(ctx, found, settled);
  await fillIn(ctx, settled);
  await markDone(ctx, id, settled, ids);
  await goOn(ctx, id, { progress: Math.min(found.total, found.progress + lines.length) });
  return true;
}

async function nextLines(ctx: Ctx, id: string, houses: number | null): Promise<Line[]> {
  let groups = ctx.db
    .selectFrom('registry_import_row')
    .select('group_no')
    .distinct()
    .where('commune_id', '=', ctx.commune.id)
    .where('import_id', '=', id)
    .where('state', 'in', ['new', 'joins', 'same'])
    .orderBy('group_no');
  if (houses !== null) groups = groups.limit(houses);
  const numbers = (await groups.execute()).flatMap(({ group_no }) => group_no ?? []);
  if (numbers.length === 0) return [];
  const rows = await ctx.db
    .selectFrom('registry_import_row')
    .select(['row_no', 'person', 'findings', 'group_no'])
    .where('commune_id', '=', ctx.commune.id)
    .where('import_id', '=', id)
    .where('state', 'in', ['new', 'joins', 'same'])
    .where('group_no', '>=', numbers[0]!)
    .where('group_no', '<=', numbers.at(-1)!)
    .orderBy('row_no')
    .execute();
  return rows.map((row) => ({
    row: row.row_no,
    person: row.person as Person,
    findings: (row.findings ?? []) as Finding[],
    group: row.group_no!,
  }));
}

/** @returns the resident of each row */
async function enterSettled(
  ctx: Ctx,
  { id, on }: Import,
  settled: readonly Settled[],
): Promise<Map<number, string>> {
  const ids = new Map<number, string>();
  const houses: { house: EnteredHousehold; rows: number[] }[] = [];
  for (const group of Map.groupBy(settled, ({ line }) => line.group).values()) {
    const [first] = group;
    const coming = group.filter(({ state }) => state === 'new' || state === 'joins');
    for (const { line, known } of group) if (known) ids.set(line.row, known.id);
    if (coming.length === 0) continue;
    const { hamletId, address, household } = first!.line.person;
    houses.push({
      house: {
        householdId: first!.householdId ?? undefined,
        hamletId: hamletId!,
        address,
        on,
        listNumber: household.slice(0, 30) || null,
        people: coming.map((one) => personOf(one, on)),
      },
      rows: coming.map(({ line }) => line.row),
    });
  }
  const entered = await enterHouseholds(
    ctx,
    houses.map(({ house }) => house),
    { importId: id },
  );
  for (const [at, { rows }] of houses.entries())
    for (const [index, row] of rows.entries()) ids.set(row, entered[at]!.residentIds[index]!);
  return ids;
}

function personOf({ line, known }: Settled, on: LocalDate): EnteredPerson {
  const { name, relation, birth, sex, nationalId, phone } = line.person;
  const kin = relation ?? 'relative';
  if (known) {
    // Known, and in no household now: not before he left the last one, nor before he was born.
    const days = [on, known.leftOn, known.birth].filter((day) => day !== null);
    return { residentId: known.id, relation: kin, on: days.toSorted().at(-1)! };
  }
  return {
    relation: kin,
    person: {
      fullName: name,
      birthDate: birth?.day ?? null,
      birthKnown: birth?.known ?? 'day',
      sex,
      nationalId,
      phone,
    },
  };
}

/** What the register did not know of somebody and the list says; what it knows is never overwritten. */
async function fillIn(ctx: Ctx, settled: readonly Settled[]): Promise<void> {
  for (const { line, known, state } of settled) {
    if (known === null || state === 'faulty') continue;
    const { nationalId, sex, phone, birth } = line.person;
    const set = {
      ...(known.nationalId === null && nationalId !== null && { national_id: nationalId }),
      ...(known.sex === null && sex !== null && { sex }),
      ...(known.phone === null && phone !== null && { phone: `+84${phone.slice(1)}` }),
      ...(known.birthKnown === 'year' &&
        birth?.known === 'day' && { birth_date: birth.day, birth_known: 'day' }),
    };
    if (Object.keys(set).length === 0) continue;
    await ctx.db
      .updateTable('registry_resident')
      .set((eb) => ({ ...set, version: eb('version', '+', 1) }))
      .where('commune_id', '=', ctx.commune.id)
      .where('id', '=', known.id)
      .execute();
  }
}

async function markDone(
  ctx: Ctx,
  id: string,
  settled: readonly Settled[],
  ids: ReadonlyMap<number, string>,
): Promise<void> {
  const rows = settled.map(({ line, state }) => ({
    row_no: line.row,
    state: state === 'faulty' ? 'faulty' : 'done',
    findings: line.findings,
    resident_id: state === 'faulty' ? null : (ids.get(line.row) ?? null),
  }));
  await sql`
    update registry_import_row r set state = x.state, findings = x.findings, resident_id = x.resident_id
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as x (row_no int, state text, findings jsonb, resident_id uuid)
    where r.commune_id = ${ctx.commune.id} and r.import_id = ${id} and r.row_no = x.row_no`.execute(ctx.db);
}
