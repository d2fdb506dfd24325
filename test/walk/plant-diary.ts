/** What the household of the first person of a hamlet does on its tea: its own people read it, and its officials. */
import {
  addPlot,
  CHECKLISTS,
  getInspection,
  recordEntries,
  recordInspection,
  recordLabel,
} from '#domain/farming';
import { newId } from '#kernel/ids';
import { jpeg } from '../pictures.ts';
import { named } from './marks.ts';
import { as, FROM, type Planted, type Planter } from './planter.ts';

/** A plot of its own with one piece of work and an inspection on it, and the label of a product, which everybody may read. */
export async function plantDiary(
  planter: Planter,
  { place, hamletId, householdId, ids }: Planted,
): Promise<void> {
  const words = named(place, 'own');
  const photo = await planter.runtime.files.put(await jpeg(24, 8));
  const geometry = { type: 'Point', coordinates: [105.775, 21.725] };
  await as(planter, async (ctx) => {
    const where = { geometry, areaM2: 900, madeBy: 'typed', from: FROM, hamletId, householdId } as const;
    const { id: plotId } = await addPlot(ctx, { ...where, name: words });
    const at = ctx.now.toISOString();
    const entry = newId(ctx.now);
    const work = { kind: 'care', household_id: householdId, plot_ids: [plotId], details: { what: words } };
    await recordEntries(ctx, [{ ...work, id: entry, happened_at: at, recorded_at: at }]);
    const label = { productCode: 'matrine', phiDays: 5, dose: named(place, 'shown') };
    ids.set(await recordLabel(ctx, label, photo), 'shown');
    const [checklist] = CHECKLISTS;
    const inspection = await recordInspection(ctx, {
      householdId,
      checklist: checklist!.code,
      on: FROM,
      inspector: words,
      answers: Object.fromEntries(checklist!.items.map(({ code }, at) => [code, at === 0 ? 'no' : 'yes'])),
      findings: { [checklist!.items[0]!.code]: words },
      dueOn: FROM,
    });
    for (const { id } of (await getInspection(ctx, inspection)).found) ids.set(id, 'own');
    ids.set(inspection, 'own').set(plotId, 'own').set(entry, 'own');
  });
}
