/** What the room's tests stand on: two hamlets, a clerk, a day, and short ways to enter producers and papers. */
import { beforeAll } from 'vitest';
import { addHamlet } from '#domain/commune';
import { openHousehold } from '#domain/registry';
import type { Actor, Ctx } from '#kernel/context';
import { newId } from '#kernel/ids';
import { official, system, useWorld } from '#test/world';
import { addProducer, type NewProducer, type PaperInput } from './index.ts';

/** The day of all that is done unless a test says otherwise. */
export const NOW = { now: new Date('2024-03-31T09:00:00+07:00') };
export const clerk = official('clerk');

/** A VietGAP certificate of two years. */
export function paper(more: Partial<PaperInput> = {}): PaperInput {
  return {
    kind: 'vietgap',
    number: 'VG-01',
    issuer: 'Tổ chức chứng nhận',
    validFrom: '2023-01-01',
    validTo: '2024-12-31',
    ...more,
  };
}

/** A world of its own for the calling file, with the hamlets `khe` and `dap`; producers are in the first unless told. */
export function useProducers() {
  const world = useWorld();
  const hamlets = { khe: '', dap: '' };
  const as = <T>(actor: Actor, work: (ctx: Ctx) => Promise<T>, now = NOW) => world.as(actor, work, now);
  const producer = (more: Partial<NewProducer> = {}): NewProducer => ({
    kind: 'group',
    name: `Tổ hợp tác ${newId()}`,
    from: '2020-01-01',
    hamletId: hamlets.khe,
    ...more,
  });
  const add = (more: Partial<NewProducer> = {}, actor: Actor = clerk) =>
    as(actor, (ctx) => addProducer(ctx, producer(more)));
  /** A household of the register, in the first hamlet unless told. */
  const household = (fullName: string, hamletId = hamlets.khe) =>
    as(clerk, (ctx) => openHousehold(ctx, { hamletId, on: '2020-01-01', head: { person: { fullName } } }));
  beforeAll(async () => {
    hamlets.khe = await as(system, (ctx) => addHamlet(ctx, { name: 'Khe Cốc' }));
    hamlets.dap = await as(system, (ctx) => addHamlet(ctx, { name: 'Đập Tràn' }));
  });
  return { world, hamlets, as, producer, add, household };
}
