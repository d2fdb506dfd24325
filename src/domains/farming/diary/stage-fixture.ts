/** A household with plots, its grower, the technician of its cooperative, a stranger; for tests. */
import { addMember, addProducer } from '#domain/producers';
import type { Actor, Ctx } from '#kernel/context';
import { citizen, official, system, type World } from '#test/world';
import { aPlot, square, twoHamlets } from '../fixtures.ts';
import { addPlot } from '../plot/plot.actions.ts';
import type { EntryInput, Outcome } from './entry.ts';
import { recordEntries } from './record.actions.ts';
import { appointTechnician } from './technician.actions.ts';

type More = Parameters<World['as']>[2];
type Given = readonly (EntryInput | Record<string, unknown>)[];

export const NOW = new Date('2026-11-23T08:00:00+07:00');

export async function diaryStage(world: World) {
  const as = <T>(actor: Actor, work: (ctx: Ctx) => Promise<T>, more: More = {}) =>
    world.as(actor, work, { now: NOW, ...more });
  const specialist = official('specialist');
  const technician = citizen('+84911111111');
  const { khe, mau, household, other, resident } = await as(system, twoHamlets);
  const grower = { ...citizen(), residentId: resident };
  const producerId = await as(specialist, async (ctx) => {
    const id = await addProducer(ctx, { kind: 'cooperative', name: 'HTX Mẫu', from: '2020-01-01' });
    await addMember(ctx, id, { householdId: household, name: 'Tô Văn Mẫu', from: '2020-02-01' });
    const who = { userId: technician.userId, name: 'Cán bộ kỹ thuật', from: '2024-01-01' };
    await appointTechnician(ctx, { ...who, producerId: id });
    return id;
  });
  let placed = 0;
  const plot = async (householdId = household, hamletId = khe): Promise<string> => {
    placed += 1;
    const geometry = square(placed % 20, Math.floor(placed / 20), 50);
    return (await as(specialist, (ctx) => addPlot(ctx, aPlot(hamletId, { householdId, geometry })))).id;
  };
  const send = (entries: Given, actor: Actor = grower, more: More = {}) =>
    as(actor, (ctx) => recordEntries(ctx, entries), more);
  const neighbour = citizen('+84922222222');
  const people = { specialist, technician, grower, neighbour };
  return { as, plot, send, khe, mau, household, other, producerId, ...people };
}

/** States with their codes, without the room's name. */
export function bare(outcomes: readonly Outcome[]): string[][] {
  return outcomes.map(({ state, codes }) => [
    state,
    ...codes.map(({ code }) => code.replace('farming.', '')),
  ]);
}
