/**
 * The two halves of a merger: a new commune is founded, and its predecessors close. Only whoever owns the database
 * carries both out, in one transaction (`npm run xa -- commune merge`): the list of communes is theirs.
 */
import type { Ctx } from '#kernel/context';
import { newId } from '#kernel/ids';
import { allow } from '#kernel/rights';
import { addDays, type LocalDate } from '#kernel/time';
import { slugOf, type Hamlet } from '../hamlet.ts';
import type { NewOfficeHours } from '../office-hours.actions.ts';
import { setUpCommune } from '../set-up.actions.ts';
import { bumpVersion } from '../version.ts';
import { namesTogether, type MergerPlan, type MergerReport } from './merger.ts';

/** A hamlet of a predecessor, on the day of the merger. */
export type BroughtHamlet = { commune: { id: number; name: string }; hamlet: Hamlet };

/** What the hamlets will be called in the new commune, in the order of the predecessors. */
export function broughtNames(brought: readonly BroughtHamlet[]): string[] {
  return namesTogether(
    brought.map(({ commune, hamlet }) => ({
      name: hamlet.name,
      key: slugOf(hamlet.name),
      commune: commune.name,
    })),
  );
}

/**
 * Sets up the new commune: its unit with its predecessors' hamlets and the first one's office hours. The hamlets are
 * new ones that know where they came from; people and papers of the old ones stay with the old ones.
 * @throws AppError `commune.already_set_up` (409)
 */
export async function foundFromPredecessors(
  ctx: Ctx,
  given: {
    plan: MergerPlan;
    mergerId: string;
    report: MergerReport;
    brought: readonly BroughtHamlet[];
    hours: readonly NewOfficeHours[];
  },
): Promise<void> {
  allow(ctx, 'commune.merger.carry_out', { kind: 'commune', id: String(ctx.commune.id) });
  const { plan, brought } = given;
  const names = broughtNames(brought);
  await setUpCommune(ctx, {
    units: [
      {
        officialCode: plan.officialCode,
        name: `xã ${plan.name}`,
        province: plan.province,
        validFrom: plan.lawfulFrom ?? plan.day,
        source: plan.source,
        verified: plan.verified,
      },
    ],
    hamlets: brought.map(({ hamlet }, at) => ({
      name: names[at]!,
      demoName: hamlet.demoName,
      position: at + 1,
      validFrom: plan.day,
    })),
    hours: given.hours,
    settings: plan.address ? { address: plan.address } : {},
  });
  await sayWhereFrom(ctx, brought);
  await remember(ctx, 'successor', given);
}

/** Each new hamlet remembers the one it was; their positions are those of the list. */
async function sayWhereFrom(ctx: Ctx, brought: readonly BroughtHamlet[]): Promise<void> {
  for (const [at, { commune, hamlet }] of brought.entries())
    await ctx.db
      .updateTable('commune_hamlet')
      .set({
        came_from: JSON.stringify({
          commune: commune.id,
          communeName: commune.name,
          hamlet: hamlet.id,
          name: hamlet.name,
        }),
      })
      .where('commune_id', '=', ctx.commune.id)
      .where('position', '=', at + 1)
      .execute();
}

/**
 * Writes into a predecessor what it became part of. That it takes nothing in from the day on stands in the list of
 * communes; everything it has stays its own.
 */
export async function closeIntoSuccessor(
  ctx: Ctx,
  given: { plan: MergerPlan; mergerId: string; report: MergerReport },
): Promise<void> {
  allow(
    ctx,
    'commune.merger.carry_out',
    { kind: 'commune', id: String(ctx.commune.id) },
    { successor: given.plan.slug, day: given.plan.day },
  );
  await endUnit(ctx, given.plan, addDays(given.plan.lawfulFrom ?? given.plan.day, -1));
  await remember(ctx, 'predecessor', given);
}

/** The unit that still held ends; one that the catalogue had ended already keeps its day. */
async function endUnit(ctx: Ctx, plan: MergerPlan, lastDay: LocalDate): Promise<void> {
  await ctx.db
    .updateTable('commune_unit')
    .set({ valid_to: lastDay, successor_code: plan.officialCode })
    .where('commune_id', '=', ctx.commune.id)
    .where('valid_to', 'is', null)
    .where((where) => where.or([where('valid_from', 'is', null), where('valid_from', '<=', lastDay)]))
    .execute();
  await bumpVersion(ctx, 'site');
}

async function remember(
  ctx: Ctx,
  role: 'successor' | 'predecessor',
  { plan, mergerId, report }: { plan: MergerPlan; mergerId: string; report: MergerReport },
): Promise<void> {
  await ctx.db
    .insertInto('commune_merger')
    .values({
      commune_id: ctx.commune.id,
      id: newId(ctx.now),
      merger_id: mergerId,
      role,
      day: plan.day,
      source: plan.source,
      report: JSON.stringify(report),
      done_at: ctx.now,
    })
    .execute();
}
