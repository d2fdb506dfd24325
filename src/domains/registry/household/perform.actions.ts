/** From a typed form to the verb that it asks for. */
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import type { Act } from './act.ts';
import { personInput, tickedIn } from './act-form.ts';
import { changeHead, changePlace, openHousehold } from './household.actions.ts';
import type { Relation } from './household.ts';
import { addMember, moveOut, moveWithin, recordBirth, recordDeath } from './member.actions.ts';
import { findHousehold, householdThing, type ChangeOptions } from './record.ts';

type Typed = Readonly<Record<string, string>>;
type MemberRelation = Exclude<Relation, 'head'>;

/** Records what a form of the household's page says. @throws AppError those of the verb */
export async function performAct(ctx: Ctx, id: string, act: Act, typed: Typed): Promise<void> {
  const household = await findHousehold(ctx, id);
  allow(ctx, 'registry.household.edit', householdThing(id, household));
  const options: ChangeOptions = { clientId: typed.clientId || undefined };
  const on = typed.on ?? '';
  const relation = (typed.relation ?? '') as MemberRelation;
  const newHeadId = typed.newHeadId || null;
  switch (act) {
    case 'join': {
      const who = typed.residentId ? { residentId: typed.residentId } : { person: personInput(typed) };
      await addMember(ctx, id, { who, relation, on, from: typed.from }, options);
      return;
    }
    case 'birth':
      await recordBirth(ctx, id, { person: personInput(typed), relation }, options);
      return;
    case 'move':
      await performMove(ctx, id, typed, options);
      return;
    case 'out':
      return moveOut(ctx, id, { residentIds: tickedIn(typed), on, to: typed.to ?? '', newHeadId }, options);
    case 'death':
      return recordDeath(ctx, typed.residentId ?? '', { on, newHeadId }, options);
    case 'head':
      return changeHead(ctx, id, { on, headId: typed.headId ?? '' }, options);
    case 'place':
      return changePlace(ctx, id, { on, hamletId: typed.hamletId ?? '', address: typed.address }, options);
  }
}

async function performMove(ctx: Ctx, id: string, typed: Typed, options: ChangeOptions): Promise<void> {
  const residentIds = tickedIn(typed);
  const number = (typed.household ?? '').trim();
  if (number === '' && !typed.hamletId) refuseField('household', 'registry.household.where_to');
  const to =
    number === ''
      ? {
          hamletId: typed.hamletId ?? '',
          address: typed.address,
          headId: typed.headThereId || (residentIds[0] ?? ''),
        }
      : { householdId: await householdOfNumber(ctx, number) };
  await moveWithin(
    ctx,
    id,
    { residentIds, on: typed.on ?? '', to, newHeadId: typed.newHeadId || null },
    options,
  );
}

async function householdOfNumber(ctx: Ctx, typed: string): Promise<string> {
  const row = await ctx.db
    .selectFrom('registry_household')
    .select('id')
    .where('commune_id', '=', ctx.commune.id)
    .where('number', '=', typed.padStart(5, '0'))
    .executeTakeFirst();
  return row?.id ?? refuseField('household', 'registry.household.not_found');
}

/** Opens a household as its form says. @returns its id */
export async function performOpening(ctx: Ctx, typed: Typed): Promise<string> {
  allow(ctx, 'registry.household.edit', { kind: 'household', hamlet_id: typed.hamletId || null });
  const head = typed.residentId ? { residentId: typed.residentId } : { person: personInput(typed) };
  const { hamletId = '', address, on = '' } = typed;
  const id = await openHousehold(
    ctx,
    { hamletId, address, on, head },
    { clientId: typed.clientId || undefined },
  );
  return mustExist(id, 'registry.household');
}
