/** Plots for tests. */
import { addHamlet, listHamlets } from '#domain/commune';
import { enterHouseholds } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import type { NewPlot } from './plot/new-plot.ts';
import type { Position } from './plot/geodesic.ts';

/** A closed square of about `metres` a side, its south-west corner so many steps of 0.002° from one of the commune's. */
export function square(east: number, north: number, metres = 100): NewPlot['geometry'] {
  const [x, y] = [105.75 + east * 0.002, 21.71 + north * 0.002];
  const [dx, dy] = [metres / 103_400, metres / 110_700];
  const ring: Position[] = [
    [x, y],
    [x + dx, y],
    [x + dx, y + dy],
    [x, y + dy],
    [x, y],
  ];
  return { type: 'Polygon', coordinates: [ring] };
}

/** A drawn plot of a hamlet. */
export function aPlot(hamletId: string, more: Partial<NewPlot> = {}): NewPlot {
  return { hamletId, geometry: square(0, 0), madeBy: 'draw', from: '2024-01-10', ...more };
}

/** Two hamlets, Khe Cốc and Mẫu 12, each with a household. */
export async function twoHamlets(ctx: Ctx) {
  for (const name of ['Khe Cốc', 'Mẫu 12']) await addHamlet(ctx, { name });
  const [khe, mau] = (await listHamlets(ctx)).map(({ id }) => id) as [string, string];
  const family = (hamletId: string, fullName: string) => ({
    hamletId,
    on: '2020-01-01',
    people: [
      { relation: 'head' as const, person: { fullName, birthDate: '1970-02-03', sex: 'male' as const } },
    ],
  });
  const [first, second] = await enterHouseholds(ctx, [family(khe, 'Tô Văn Mẫu'), family(mau, 'Lý Văn Mẫu')]);
  return {
    khe,
    mau,
    household: first!.householdId,
    other: second!.householdId,
    resident: first!.residentIds[0]!,
  };
}
