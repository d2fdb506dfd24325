/** What the register holds about the reader, and who looked at it. */
import { viewsOf, type View, type ViewedThing } from '#domain/audit';
import { findHamlet } from '#domain/commune';
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { localDate, localDateOf, startOfDay, type LocalDate } from '#kernel/time';
import { readConsents, type Consent } from '../consent/consent.queries.ts';
import type { Correction } from '../correction/correction.ts';
import { readCorrections } from '../correction/correction.queries.ts';
import type { Relation } from '../household/household.ts';
import { readBook, type BookEntry } from '../household/household.queries.ts';
import { findHousehold, membershipOf } from '../household/record.ts';
import { readOfficials } from '../official.queries.ts';
import { inOffice, type Official } from '../official.ts';
import type { Resident } from '../resident.ts';
import { readStaysOf, type Stay } from '../stay/stay.queries.ts';
import { readSupport, type SupportRecord } from '../support/support.queries.ts';
import { ownRecord, recordIds, thingOfPerson } from './records.queries.ts';

/** The household as its member may see it: who belongs to it and as what, nothing else of the others. */
export type OwnHousehold = {
  number: string;
  relation: Relation;
  joinedOn: LocalDate;
  members: { name: string; relation: Relation }[];
};

/** Groups and aid of the person, and those of the household that he belongs to. */
export type OwnSupport = { own: SupportRecord; household: SupportRecord };

export type OwnData = {
  resident: Resident;
  hamlet: string | null;
  household: OwnHousehold | null;
  book: BookEntry[];
  stays: Stay[];
  support: OwnSupport;
  consents: Consent[];
  corrections: Correction[];
};

/** Everything that the register holds about the reader. @throws AppError `registry.own.not_bound` (409) */
export async function ownData(ctx: Ctx): Promise<OwnData> {
  const resident = await ownRecord(ctx);
  allow(ctx, 'registry.own.see', await thingOfPerson(ctx, resident.id, resident));
  return {
    resident,
    hamlet: resident.hamletId ? ((await findHamlet(ctx, resident.hamletId))?.name ?? null) : null,
    household: await ownHousehold(ctx, resident.id),
    book: await readBook(ctx, 'resident_id', resident.id),
    stays: await readStaysOf(ctx, resident.id),
    support: await ownSupport(ctx, resident.id),
    consents: await readConsents(ctx, resident.id),
    corrections: await readCorrections(ctx, resident.id),
  };
}

async function ownSupport(ctx: Ctx, residentId: string): Promise<OwnSupport> {
  const membership = await membershipOf(ctx, residentId);
  return {
    own: await readSupport(ctx, { kind: 'resident', id: residentId }),
    household: membership
      ? await readSupport(ctx, { kind: 'household', id: membership.householdId })
      : { groups: [], aid: [] },
  };
}

async function ownHousehold(ctx: Ctx, residentId: string): Promise<OwnHousehold | null> {
  const membership = await membershipOf(ctx, residentId);
  const household = membership && (await findHousehold(ctx, membership.householdId));
  if (!household) return null;
  const people = await ctx.db
    .selectFrom('registry_resident')
    .select(['id', 'full_name'])
    .where('commune_id', '=', ctx.commune.id)
    .where(
      'id',
      'in',
      household.members.map((one) => one.residentId),
    )
    .execute();
  const names = new Map(people.map((row) => [row.id, row.full_name]));
  return {
    number: household.number,
    relation: membership.relation,
    joinedOn: membership.joinedOn,
    members: household.members
      .map((one) => ({ name: names.get(one.residentId) ?? '', relation: one.relation }))
      .toSorted((a, b) => Number(b.relation === 'head') - Number(a.relation === 'head')),
  };
}

/** Who did it, as far as the person may know: an official by post and name, never another citizen. */
export type Viewer =
  | { kind: 'official'; post: string; postEn: string | null; name: string | null }
  | { kind: 'staff' }
  | { kind: 'program' }
  | { kind: 'system' };

export type OwnView = Pick<View, 'id' | 'at' | 'action' | 'outcome' | 'purpose'> & { viewer: Viewer };

/**
 * Who looked at the reader's record, household or a list with them, and who changed it, newest first.
 * @throws AppError `registry.own.not_bound` (409)
 */
export async function viewsOfOwn(
  ctx: Ctx,
  range: { offset: number; limit: number },
): Promise<{ items: OwnView[]; total: number }> {
  const own = await ownRecord(ctx);
  const person = await thingOfPerson(ctx, own.id, own);
  const { items, total } = await viewsOf(ctx, person, await thingsWith(ctx, own), range);
  const officials = await readOfficials(ctx);
  return { total, items: items.map((view) => ({ ...view, viewer: viewerOf(view, officials) })) };
}

/** The records of the person, his households since he came (their pages show former members too), and lists of his hamlet. */
async function thingsWith(ctx: Ctx, own: Resident): Promise<ViewedThing[]> {
  const ids = await recordIds(ctx, own.id);
  const memberships = await ctx.db
    .selectFrom('registry_member')
    .select(['household_id', 'joined_on'])
    .where('commune_id', '=', ctx.commune.id)
    .where('resident_id', 'in', ids)
    .execute();
  const since = memberships.map((row) => row.joined_on).toSorted()[0];
  const listed = since === undefined ? {} : { from: startOfDay(localDate(since)) };
  const { stays, support } = await ownSince(ctx, own);
  return [
    ...ids.map((id) => ({ kind: 'resident', id })),
    ...listsWith('stay_list', own.hamletId, stays),
    ...listsWith('support_list', own.hamletId, support),
    ...memberships.map((row) => ({
      kind: 'household',
      id: row.household_id,
      from: startOfDay(localDate(row.joined_on)),
    })),
    ...(since === undefined ? [] : [{ kind: 'household_list', id: null, ...listed }]),
    ...(since === undefined || own.hamletId === null
      ? []
      : [{ kind: 'household_list', id: own.hamletId, ...listed }]),
  ];
}

/** Since when the person stands in the lists of stays and of groups. */
async function ownSince(ctx: Ctx, own: Resident) {
  const first = (days: readonly LocalDate[]) => days.toSorted()[0];
  const { own: mine, household } = await ownSupport(ctx, own.id);
  return {
    stays: first((await readStaysOf(ctx, own.id)).map(({ from }) => from)),
    support: first([...mine.groups, ...household.groups].map(({ from }) => from)),
  };
}

/** The lists of one kind with the person in them: that of the whole commune and that of his hamlet. */
function listsWith(kind: string, hamletId: string | null, since: LocalDate | undefined): ViewedThing[] {
  if (since === undefined) return [];
  const from = startOfDay(since);
  const whole = { kind, id: null, from };
  return hamletId === null ? [whole] : [whole, { kind, id: hamletId, from }];
}

/** The official that a sign-in was on that day. Whose entry in the directory is not public is told by the post alone. */
function viewerOf({ actorKind, actorId, at }: View, officials: readonly Official[]): Viewer {
  if (actorKind === 'system') return { kind: 'system' };
  if (actorKind === 'api') return { kind: 'program' };
  const terms = officials.filter((one) => one.userId !== null && one.userId === actorId);
  const official = terms.find((one) => inOffice(one, localDateOf(at))) ?? terms[0];
  if (!official) return { kind: 'staff' };
  const { post, postEn, fullName, public: isPublic } = official;
  return { kind: 'official', post, postEn, name: isPublic ? fullName : null };
}
