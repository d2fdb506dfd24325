/** Which household of the register a member is: searched, and chosen by its number. */
import { listHouseholds, type HouseholdLine } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { hamletNames } from '../desk.queries.ts';

export type HouseholdOption = {
  id: string;
  number: string;
  /** The head's name; of a household without one its number. */
  name: string;
  hamletId: string;
  hamlet: string;
  address: string | null;
};

export type HouseholdChoice = {
  find: string;
  found: HouseholdOption[];
  /** How many there are; more than are shown asks for more words. */
  total: number;
  chosen: HouseholdOption | null;
};

const SHOWN = 10;

/**
 * What a search for households finds, and the one that was chosen.
 * @param asked words of a name or a number, and the number of the chosen one
 */
export async function householdChoice(
  ctx: Ctx,
  asked: { find: string; number: string },
): Promise<HouseholdChoice> {
  allow(ctx, 'producers.producer.list');
  const find = asked.find.trim().slice(0, 100);
  const number = asked.number.trim();
  const names = await hamletNames(ctx);
  const option = (one: HouseholdLine) => optionOf(one, names);
  const found = find === '' ? { items: [], total: 0 } : await listHouseholds(ctx, { q: find, limit: SHOWN });
  const near = /^\d{1,9}$/.test(number) ? (await listHouseholds(ctx, { q: number })).items : [];
  const chosen = near.find((one) => one.number === number);
  return {
    find,
    found: found.items.map(option),
    total: found.total,
    chosen: chosen ? option(chosen) : null,
  };
}

function optionOf(one: HouseholdLine, names: ReadonlyMap<string, string>): HouseholdOption {
  const { id, number, hamletId, address, head } = one;
  return { id, number, name: head?.name ?? number, hamletId, hamlet: names.get(hamletId) ?? '', address };
}
