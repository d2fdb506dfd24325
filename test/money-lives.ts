/** Random ledgers of works, through the verbs: what the figures of money are tried on. */
import { addDonor, addFund, addPilot, addWork, counterEntry, enterMoney } from '#domain/criteria';
import { isAppError } from '#kernel/errors';
import { addDays, instantAt } from '#kernel/time';
import { seeded } from '../demo/random.ts';
import { FIRST_DAY, type Lived } from './lives.ts';
import { official, type World } from './world.ts';

const KINDS = ['state', 'other', 'people'] as const;

/** Two works, one of a pilot, and so many tries to enter or take back, spread over six weeks. @returns how many were taken */
export async function liveByMoney(world: World, lived: Lived, count: number): Promise<number> {
  const random = seeded(65);
  const leader = official('leader');
  const begun = { now: instantAt(FIRST_DAY, 480) };
  const { works, donors } = await world.as(
    leader,
    async (ctx) => {
      for (const kind of KINDS)
        await addFund(ctx, { code: kind, titleVi: kind, titleEn: kind, kind, paper: 'QĐ' });
      const lines = [
        { source: 'state' as const, what: 'Ngân sách', amount: 3000n },
        { source: 'other' as const, what: 'Khác', amount: 500n },
      ];
      const words = { titleVi: 'Chợ', titleEn: 'Market', source: 'KH' };
      await addPilot(ctx, { ...words, code: 'p1', lifts: [], decidedOn: addDays(FIRST_DAY, 3), lines });
      const work = { titleVi: 'Đường', titleEn: 'Road', beginsOn: FIRST_DAY };
      return {
        works: [await addWork(ctx, { ...work, pilot: 'p1' }), await addWork(ctx, work)],
        donors: [null, await addDonor(ctx, { name: 'Hộ A', kind: 'household', hamletId: lived.hamlets[0]! })],
      };
    },
    begun,
  );
  const entered: string[] = [];
  for (let at = 0; at < count; at += 1) {
    const day = addDays(FIRST_DAY, Math.floor((at * 42) / count));
    const fund = random.pick(KINDS);
    const step = random.pick(['promised', 'promised', 'received', 'received', 'spent'] as const);
    const inKind = fund === 'people' && step !== 'spent' && random.chance(0.5);
    const given = {
      fund,
      step,
      form: inKind ? ('labour' as const) : ('money' as const),
      quantity: inKind ? random.int(1, 30) : null,
      amount: BigInt(random.int(1, 900)),
      donorId: fund === 'people' && step !== 'spent' ? random.pick(donors) : null,
      onDay: addDays(day, -random.int(0, 2)),
      what: `Khoản ${at}`,
    };
    const back = entered.length > 0 && random.chance(0.15) ? random.pick(entered) : null;
    const work = random.pick(works);
    await world.as(
      leader,
      async (ctx) => {
        try {
          if (back !== null) await counterEntry(ctx, back, { reason: 'Nhầm' });
          else entered.push(await enterMoney(ctx, work, given));
        } catch (thrown) {
          // What the ledger does not allow.
          if (!isAppError(thrown)) throw thrown;
        }
      },
      { now: instantAt(day, 600 + (at % 200)) },
    );
  }
  return entered.length;
}
