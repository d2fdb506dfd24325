/**
 * Merging communes in one guarded step. The dry run counts and says what will be; the merger itself counts again and
 * goes through only with the word that the dry run gave, so never on figures that nobody has seen. One transaction
 * of the database's owner: either everything is done or nothing.
 */
import { CompiledQuery, sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import {
  broughtNames,
  closeIntoSuccessor,
  confirmationOf,
  foundFromPredecessors,
  listHamlets,
  listOfficeHours,
  MergerPlan,
  openWork,
  takeStock,
  type BroughtHamlet,
  type MergerPlanInput,
  type MergerReport,
  type NewOfficeHours,
} from '#domain/commune';
import { importCatalogue } from '#domain/services';
import { writeTrail } from '#kernel/audit';
import type { CommuneRef, Ctx, Db, Wiring } from '#kernel/context';
import { openDatabase } from '#kernel/db.server';
import { newId } from '#kernel/ids';
import { checked } from '#kernel/input';
import type { OfficeHours } from '#kernel/office-time';
import { localDateOf } from '#kernel/time';
import { loadCatalog } from '../domains/services/catalog.ts';

/** What merging needs of the process. */
export type MergePlace = { ownerUrl: string; wiring: Wiring; now: Date };

export type DryRun = {
  plan: MergerPlan;
  report: MergerReport;
  /** Work that nobody can finish after the day. */
  open: ReturnType<typeof openWork>;
  /** What has to be typed for the merger to happen. */
  confirmation: string;
};

const OPERATOR = { kind: 'system', name: 'operator' } as const;

/** @throws MergeRefused when the plan cannot be carried out; AppError `input.invalid` for a malformed plan */
export async function dryRun(place: MergePlace, input: MergerPlanInput): Promise<DryRun> {
  const plan = checked(MergerPlan, input);
  return asOwner(place, async (db) => (await lookInto(place, db, plan)).dry);
}

/** Why a merger did not happen; nothing was changed. */
export class MergeRefused extends Error {}

/**
 * Carries the merger out.
 * @param given.confirmation what the dry run gave
 * @param given.acceptOpenWork open work may stay where nobody can finish it
 * @returns the new commune, and the report as counted in the merger's own transaction
 * @throws MergeRefused when the word is another one, or open work was not accepted
 */
export async function mergeCommunes(
  place: MergePlace,
  input: MergerPlanInput,
  given: { confirmation: string; acceptOpenWork: boolean },
): Promise<{ commune: CommuneRef; report: MergerReport }> {
  const plan = checked(MergerPlan, input);
  return asOwner(place, async (db) => {
    // Nobody may file or sign while it is counted: whoever writes waits until the merger is done.
    await lockTables(db);
    const { dry, predecessors, brought, hours } = await lookInto(place, db, plan);
    if (given.confirmation.trim() !== dry.confirmation)
      throw new MergeRefused(
        'The confirmation is not that of this plan and these figures: look at the dry run again.',
      );
    if (dry.open.length > 0 && !given.acceptOpenWork)
      throw new MergeRefused('There is open work: finish it first, or merge with --accept-open-work.');
    const { report } = dry;
    const mergerId = newId(place.now);
    const commune = await addCommune(
      db,
      plan,
      predecessors.every(({ demo }) => demo),
    );
    const { procedures, forms } = loadCatalog();
    await within(place, db, commune, async (ctx) => {
      await foundFromPredecessors(ctx, { plan, mergerId, report, brought, hours });
      await importCatalogue(ctx, { procedures, forms: forms.flatMap(({ versions }) => versions) });
    });
    for (const predecessor of predecessors)
      await within(place, db, predecessor, (ctx) => closeIntoSuccessor(ctx, { plan, mergerId, report }));
    await db
      .updateTable('commune')
      .set({ closed_from: plan.day, successor_id: commune.id, successor_reads: plan.readPredecessors })
      .where(
        'id',
        'in',
        predecessors.map(({ id }) => id),
      )
      .execute();
    return { commune, report };
  });
}

async function lookInto(place: MergePlace, db: Db, plan: MergerPlan) {
  const predecessors = await predecessorsOf(db, plan, place.now);
  const stocks: MergerReport['predecessors'] = [];
  const brought: BroughtHamlet[] = [];
  const hours: OfficeHours[][] = [];
  for (const commune of predecessors)
    await within(place, db, commune, async (ctx) => {
      const { slug, name, agencyCode, hosts } = commune;
      stocks.push({ slug, name, agencyCode, hosts, ...(await takeStock(ctx)) });
      for (const hamlet of await listHamlets(ctx, { on: localDateOf(place.now) }))
        brought.push({ commune, hamlet });
      hours.push(await listOfficeHours(ctx));
    });
  const names = broughtNames(brought);
  const report: MergerReport = {
    successor: { slug: plan.slug, name: plan.name, hosts: plan.hosts, officialCode: plan.officialCode },
    day: plan.day,
    predecessors: stocks,
    hamlets: brought.map(({ commune }, at) => ({ name: names[at]!, from: commune.name })),
  };
  const dry: DryRun = {
    plan,
    report,
    open: openWork(report),
    confirmation: confirmationOf(plan, report),
  };
  return { dry, predecessors, brought, hours: hours[0]!.map(hoursInput) };
}

/** As the verb takes them; what was kept passed its checks once. */
function hoursInput(hours: OfficeHours): NewOfficeHours {
  const { from, work, desk, source, verified } = hours;
  return {
    from,
    work: work as NewOfficeHours['work'],
    desk: desk as NewOfficeHours['desk'],
    source,
    verified,
  };
}

type Predecessor = CommuneRef & { hosts: string[] };

/** @throws MergeRefused when one is unknown or closed, or the new commune's names are taken */
async function predecessorsOf(db: Db, plan: MergerPlan, now: Date): Promise<Predecessor[]> {
  const rows = await db.selectFrom('commune').selectAll().execute();
  const taken = rows.find(
    ({ slug, hosts, agency_code }) =>
      slug === plan.slug ||
      agency_code === plan.agencyCode ||
      hosts.some((host) => plan.hosts.includes(host)),
  );
  if (taken)
    throw new MergeRefused(
      `${taken.slug} has the short name, the agency code or a host of the new commune: a merger makes a new one.`,
    );
  if (plan.day < localDateOf(now)) throw new MergeRefused('The day of the merger is past.');
  return plan.predecessors.map((slug) => {
    const row = rows.find((one) => one.slug === slug);
    if (!row) throw new MergeRefused(`There is no commune ${slug}.`);
    if (row.closed_from !== null) throw new MergeRefused(`${slug} became part of another commune already.`);
    const { id, name, hosts, agency_code: agencyCode, demo } = row;
    return { id, slug, name, hosts, agencyCode, demo };
  });
}

async function addCommune(db: Db, plan: MergerPlan, demo: boolean): Promise<CommuneRef> {
  const { slug, name, hosts, agencyCode } = plan;
  const { id } = await db
    .insertInto('commune')
    .values((values) => ({
      id: values
        .selectFrom('commune')
        .select((select) => select(select.fn.max<number>('id'), '+', 1).as('id')),
      slug,
      name,
      hosts,
      agency_code: agencyCode,
      demo,
    }))
    .returning('id')
    .executeTakeFirstOrThrow();
  return { id, slug, name, agencyCode, demo };
}

/** Writers wait, readers do not. */
async function lockTables(db: Db): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select tablename::text as name from pg_policies where schemaname = 'public' and policyname = 'tenant'
    order by tablename`.execute(db);
  await sql`lock table commune in share row exclusive mode`.execute(db);
  for (const { name } of rows)
    await sql`lock table ${sql.table(name)} in share row exclusive mode`.execute(db);
}

/** Runs work in one commune inside the owner's transaction, and writes its trail there. */
async function within<T>(
  { wiring, now }: MergePlace,
  db: Db,
  commune: CommuneRef,
  work: (ctx: Ctx) => Promise<T>,
): Promise<T> {
  await db.executeQuery(CompiledQuery.raw(`set local app.commune_id = '${Number(commune.id)}'`));
  const ctx: Ctx = {
    commune,
    actor: OPERATOR,
    now,
    db,
    locale: 'vi',
    requestId: randomUUID(),
    purpose: null,
    silent: false,
    wiring,
    trail: [],
    recall: (_, workOut) => workOut(),
  };
  const result = await work(ctx);
  await writeTrail(ctx, ctx.trail);
  return result;
}

async function asOwner<T>({ ownerUrl }: MergePlace, work: (db: Db) => Promise<T>): Promise<T> {
  const handle = openDatabase(ownerUrl, 1);
  try {
    return await handle.db.transaction().execute(work);
  } finally {
    await handle.close();
  }
}
