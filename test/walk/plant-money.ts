/** Works of hamlets with what people gave to them: the work is public, who gave is not. */
import {
  addContract,
  addDonor,
  addFund,
  addResult,
  addWork,
  enterMoney,
  recordThanks,
} from '#domain/criteria';
import { named } from './marks.ts';
import { as, FROM, type Planted, type Planter } from './planter.ts';

/** A source for the commune; in each hamlet a work, a giver who did not agree to be named, a contract, a result. */
export async function plantMoney(planter: Planter, hamlets: readonly Planted[]): Promise<void> {
  await as(planter, async (ctx) => {
    const words = { titleVi: 'Nhân dân', titleEn: 'People' };
    await addFund(ctx, { ...words, code: 'nhan-dan', kind: 'people', paper: 'Biên bản' });
    for (const { place, hamletId, ids } of hamlets) {
      const name = named(place, 'work');
      const id = await addWork(ctx, { hamletId, titleVi: name, titleEn: name, beginsOn: FROM });
      const donorId = await addDonor(ctx, { name: named(place, 'giver'), kind: 'household', hamletId });
      await recordThanks(ctx, donorId, { shown: 'none', how: named(place, 'giver') });
      const entry = { fund: 'nhan-dan', onDay: FROM, amount: 1000n, what: 'Sổ của xóm' } as const;
      await enterMoney(ctx, id, { ...entry, step: 'promised' });
      ids.set(await enterMoney(ctx, id, { ...entry, step: 'received', donorId }), 'work');
      await addContract(ctx, id, {
        number: name,
        contractor: 'Công ty',
        what: 'Thi công',
        amount: 1000n,
        signedOn: FROM,
      });
      await addResult(ctx, id, { onDay: FROM, what: name });
      ids.set(id, 'work').set(donorId, 'giver');
    }
  });
}
