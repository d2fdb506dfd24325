import fc from 'fast-check';
import { expect, it } from 'vitest';
import { addDays, localDate } from '#kernel/time';
import { official, useWorld } from '#test/world';
import { MEASURES } from './figures.ts';
import { addHamlet, endHamlet } from './index.ts';

const world = useWorld();
const FIRST = localDate('2021-01-01');
const day = fc.nat(400).map((at) => addDays(FIRST, at));
const life = fc.record({ from: fc.option(day), last: fc.option(day) });

it('hamlets are counted on any day as a plain model counts them', async () => {
  const [measure] = MEASURES;
  let number = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(life, { maxLength: 12 }),
      fc.array(day, { minLength: 3 }),
      async (lives, days) => {
        const tried = world.as(official('leader'), async (ctx) => {
          const model: { id: string; from: string; last: string }[] = [];
          for (const { from, last } of lives) {
            const id = await addHamlet(ctx, { name: `Xóm ${(number += 1)}`, validFrom: from });
            const until = last === null || (from !== null && last < from) ? null : last;
            if (until !== null) await endHamlet(ctx, id, { lastDay: until });
            model.push({ id, from: from ?? '0000', last: until ?? '9999' });
          }
          for (const asOf of days) {
            const question = { asOf, scope: 'commune' };
            const want = model.filter((one) => one.from <= asOf && asOf <= one.last).map(({ id }) => id);
            const { total, records } = await measure!.list(ctx, question, 'numerator', {
              offset: 0,
              limit: 99,
            });
            expect(records.map(({ id }) => id).sort()).toEqual(want.sort());
            expect([total, (await measure!.compute(ctx, question)).numerator]).toEqual([
              want.length,
              want.length,
            ]);
          }
          throw new Undone();
        });
        await expect(tried).rejects.toBeInstanceOf(Undone);
      },
    ),
    { numRuns: 20 },
  );
});

/** Takes a tried history back, so that each begins without hamlets. */
class Undone extends Error {}
