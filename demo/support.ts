/** Invented groups and gifts: a few dozen households and people, one in a hundred of the register. */
import { endSupport, recordAid, recordSupport, type GroupCode, type Subject } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import { addDays, localDateOf } from '#kernel/time';
import type { DemoResident } from './households.ts';

const POOR = 18;
const NEAR_POOR = 14;
/** Of the poor ones so many came out of poverty and are near-poor now. */
const RISEN = 5;
const PERSONAL: readonly GroupCode[] = ['disability', 'merit', 'disability', 'merit', 'lonely_elder'];
const PEOPLE = 20;
/** Households whose house was temporary until it was replaced in 2023. */
const REHOUSED = 7;

/** @param people heads of households, from each hamlet in turn */
export async function registerSupport(ctx: Ctx, people: readonly DemoResident[]): Promise<void> {
  const today = localDateOf(ctx.now);
  const heads = people.slice(-(POOR + NEAR_POOR + PEOPLE));
  for (const [at, { householdId }] of heads.slice(0, REHOUSED).entries()) {
    const home: Subject = { kind: 'household', id: householdId };
    const found = { group: 'temporary_house', from: '2022-10-01', decision: `KL ${at + 1}/DEMO`, demo: true };
    const id = await recordSupport(ctx, home, found);
    await endSupport(ctx, id, { until: `2023-0${at + 3}-15`, decision: `BB ${at + 1}/DEMO` });
  }
  const year = Number(today.slice(0, 4));
  for (const [at, { householdId }] of heads.slice(0, POOR + NEAR_POOR).entries()) {
    const home: Subject = { kind: 'household', id: householdId };
    const group = at < POOR ? 'poor_household' : 'near_poor_household';
    const decision = `QĐ ${at + 1}/DEMO`;
    const id = await recordSupport(ctx, home, { group, from: `${year - 3}-01-01`, decision, demo: true });
    if (at < RISEN) {
      const until = `${year - 1}-01-01`;
      await endSupport(ctx, id, { until, decision: `QĐ 9${at}/DEMO` });
      await recordSupport(ctx, home, { group: 'near_poor_household', from: until, decision, demo: true });
    }
    if (at % 2 === 0) await give(ctx, home, { at, day: addDays(today, -20 - at), what: 'Quà Tết (DEMO)' });
  }
  for (const [at, { id, birthDate }] of heads.slice(POOR + NEAR_POOR).entries()) {
    const person: Subject = { kind: 'resident', id };
    const asked = PERSONAL[at % PERSONAL.length]!;
    const group = asked === 'lonely_elder' && birthDate > '1964-01-01' ? 'disability' : asked;
    const decision = `GCN ${at + 1}/DEMO`;
    await recordSupport(ctx, person, { group, from: `${year - 2}-07-01`, decision, demo: true });
    if (at % 3 === 0)
      await give(ctx, person, { at: at + 100, day: addDays(today, -10 - at), what: 'Trợ cấp tháng (DEMO)' });
  }
}

async function give(
  ctx: Ctx,
  subject: Subject,
  { at, day, what }: { at: number; day: string; what: string },
): Promise<void> {
  await recordAid(ctx, subject, {
    day,
    what,
    amount: 500_000n,
    source: 'Ngân sách xã (DEMO)',
    decision: `QĐ ${at + 200}/DEMO`,
    clientId: `demo-${at}`,
    demo: true,
  });
}
