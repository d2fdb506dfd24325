/** Invented guests of the commune and members of households who are away, dated back from the first start. */
import type { Hamlet } from '#domain/commune';
import { createResident, recordStay } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import { addDays, localDateOf } from '#kernel/time';
import type { DemoResident } from './households.ts';
import { nameOf } from './people.ts';
import { seeded } from './random.ts';

const GUESTS = 24;
const AWAY = 18;
const PLACES = ['Bắc Ninh (DEMO)', 'Hà Nội (DEMO)', 'xã Phú Đô (DEMO)', 'phường Phan Đình Phùng (DEMO)'];

/** @param people members of households; those of the first hamlet stay, so that its published figures hold */
export async function registerStays(
  ctx: Ctx,
  hamlets: readonly Hamlet[],
  people: readonly DemoResident[],
): Promise<void> {
  const random = seeded(29);
  const today = localDateOf(ctx.now);
  for (let at = 0; at < GUESTS; at += 1) {
    const hamletId = hamlets[at % hamlets.length]!.id;
    const sex = random.chance(0.5) ? 'male' : 'female';
    const birthDate = addDays(today, -random.int(19 * 365, 50 * 365));
    const id = await createResident(ctx, {
      fullName: nameOf(random, sex),
      sex,
      birthDate,
      hamletId,
      demo: true,
    });
    const from = addDays(today, -random.int(5, 200));
    // Some have gone by now, most stay on.
    const to = addDays(from, random.int(90, 700));
    const elsewhere = PLACES[at % PLACES.length]!;
    const reason = 'Làm việc (DEMO)';
    await recordStay(ctx, id, { kind: 'residence', hamletId, elsewhere, reason, from, to, demo: true });
  }
  const away = people.filter(({ hamletId }) => hamletId !== hamlets[0]?.id).slice(-AWAY);
  for (const [at, { id, hamletId }] of away.entries()) {
    const from = addDays(today, -random.int(5, 90));
    const to = addDays(from, random.int(60, 300));
    const elsewhere = PLACES[at % PLACES.length]!;
    const reason = 'Đi làm xa (DEMO)';
    await recordStay(ctx, id, { kind: 'absence', hamletId, elsewhere, reason, from, to, demo: true });
  }
}
