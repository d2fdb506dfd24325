/** Who gave: the desk knows the names, the public those only who agreed. */
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { givenInKind, sumsOf, type Line } from './ledger.ts';
import type { Entry } from './ledger.queries.ts';

export type Shown = 'none' | 'name' | 'gift';
export type Donor = { id: string; name: string; kind: string; hamletId: string | null; shown: Shown };

/** The donors with what they agreed to, by name. */
export async function listDonors(ctx: Ctx): Promise<Donor[]> {
  allow(ctx, 'criteria.donor.see', { kind: 'criteria_donor' });
  return readDonors(ctx);
}

async function readDonors(ctx: Ctx): Promise<Donor[]> {
  const donors = await ctx.db
    .selectFrom('criteria_donor')
    .select(['id', 'name', 'kind', 'hamlet_id'])
    .where('commune_id', '=', ctx.commune.id)
    .orderBy('name')
    .orderBy('id')
    .execute();
  const thanks = await ctx.db
    .selectFrom('criteria_thanks')
    .select(['donor_id', 'shown'])
    .where('commune_id', '=', ctx.commune.id)
    .orderBy('entered_at')
    .orderBy('id')
    .execute();
  const agreed = new Map(thanks.map(({ donor_id, shown }) => [donor_id, shown as Shown]));
  return donors.map(({ id, name, kind, hamlet_id }) => {
    return { id, name, kind, hamletId: hamlet_id, shown: agreed.get(id) ?? 'none' };
  });
}

/** Fewer unnamed givers than this are not counted in public. */
const LEAST_GROUP = 5;

/** What everybody may read of the givers of some entries: named ones, and the others as one sum. */
export type Givers = {
  /** Those who agreed to be named, by name. */
  named: string[];
  /** Entries that may stand in public with the giver's name. */
  gifts: Map<string, string>;
  /** Entries that everybody sees as part of a sum only. */
  hidden: Set<string>;
  /** The sum of what is hidden; `count` of people is null where they are few. */
  rest: { received: bigint; labourDays: number; landM2: number; count: number | null } | null;
};

/** Splits entries by what their givers agreed to, as known now. @param entries those that still stand */
export async function giversOf(ctx: Ctx, entries: readonly Entry[]): Promise<Givers> {
  allow(ctx, 'criteria.money.see');
  const donors = new Map((await readDonors(ctx)).map((one) => [one.id, one]));
  const gifts = new Map<string, string>();
  const hidden: Entry[] = [];
  const named = new Set<string>();
  for (const entry of entries) {
    const donor = entry.donorId === null ? undefined : donors.get(entry.donorId);
    if (!donor) continue;
    if (donor.shown !== 'none' && entry.step === 'received') named.add(donor.name);
    if (donor.shown === 'gift') gifts.set(entry.id, donor.name);
    else hidden.push(entry);
  }
  return {
    named: [...named].toSorted((a, b) => a.localeCompare(b, 'vi')),
    gifts,
    hidden: new Set(hidden.map(({ id }) => id)),
    rest: restOf(hidden),
  };
}

function restOf(hidden: readonly (Line & { donorId: string | null })[]): Givers['rest'] {
  const received = hidden.filter(({ step }) => step === 'received');
  if (received.length === 0) return null;
  const { labourDays, landM2 } = givenInKind(received);
  const people = new Set(received.map(({ donorId }) => donorId)).size;
  const count = people < LEAST_GROUP ? null : people;
  return { received: sumsOf(received).received, labourDays, landM2, count };
}
