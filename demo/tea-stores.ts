/** What the households of the demo's diaries bought for the year: lots with supplier and expiry, named by their entries. */
import { addStock } from '#domain/farming';
import type { Ctx } from '#kernel/context';
import { addDays, localDateOf, type LocalDate } from '#kernel/time';

/** By product, the lot that a household uses. */
export type Shelf = ReadonlyMap<string, string>;
type Buyer = { householdId: string; areaM2: number; organic: boolean };
type Bought = { productCode: string; quantity: number; unit: 'l' | 'kg' };

/** Enough for some sprayings and half a dozen fertilisings of the whole garden. */
function listOf({ areaM2, organic }: Buyer): Bought[] {
  const litres = Math.max(1, Math.ceil(areaM2 * 0.0004));
  return [
    { productCode: 'matrine', quantity: litres, unit: 'l' },
    { productCode: 'bt', quantity: litres, unit: 'kg' },
    { productCode: 'azadirachtin', quantity: litres, unit: 'l' },
    {
      productCode: organic ? 'phan_huu_co_vi_sinh' : 'npk_16_16_8',
      quantity: 50 * Math.ceil(areaM2 / 280),
      unit: 'kg',
    },
  ];
}

/**
 * Buys for a year; must run before the year's entries. Some lots end soon, one is over: both are to be seen.
 * @param today the first start; `ctx.now` lies a year before
 */
export async function buyForTheYear(
  ctx: Ctx,
  buyers: readonly Buyer[],
  today: LocalDate,
): Promise<Map<string, Shelf>> {
  const shelves = new Map<string, Shelf>();
  const boughtOn = addDays(localDateOf(ctx.now), -5);
  for (const [at, buyer] of buyers.entries()) {
    const shelf = new Map<string, string>();
    const common = { householdId: buyer.householdId, boughtOn, supplier: 'Cửa hàng vật tư (DEMO)' };
    for (const bought of listOf(buyer)) {
      const soon = at % 4 === 0 && bought.productCode === 'bt';
      const lot = { lot: `DEMO-${at + 1}`, expiry: addDays(today, soon ? 18 : 200) };
      shelf.set(bought.productCode, await addStock(ctx, { ...common, ...bought, ...lot }));
    }
    if (at === 0) {
      const old = { productCode: 'matrine', quantity: 1, unit: 'l' as const };
      await addStock(ctx, { ...common, ...old, lot: 'DEMO-0', expiry: addDays(today, -40) });
    }
    shelves.set(buyer.householdId, shelf);
  }
  return shelves;
}
