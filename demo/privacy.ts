/** What the pages about one's own data show in the demo: consents, corrections, and records that look like one person. */
import { runAs, type Runtime } from '#app/runtime';
import { createResident } from '#domain/registry';
import type { Actor, Ctx } from '#kernel/context';
import { newId } from '#kernel/ids';
import { localDateOf } from '#kernel/time';
import { giveConsent, withdrawConsent } from '../src/domains/registry/consent/consent.actions.ts';
import { textOn, type ConsentPurpose } from '../src/domains/registry/consent/consent-text.ts';
import { approveCorrection, askCorrection } from '../src/domains/registry/correction/correction.actions.ts';
import type { DemoPerson } from './accounts.ts';
import type { DemoCommune } from './communes.ts';
import type { DemoResident } from './households.ts';

const DAY_MS = 86_400_000;

export async function buildPrivacy(
  runtime: Runtime,
  { commune, residents }: DemoCommune,
  officials: readonly DemoPerson[],
  now: Date,
): Promise<void> {
  const [anh, binh, chi, dung] = residents as [DemoResident, DemoResident, DemoResident, DemoResident];
  const clerk = officials.find(({ key }) => key === 'mot-cua-1') ?? officials[0]!;
  const as = <T>(actor: Actor, daysAgo: number, work: (ctx: Ctx) => Promise<T>) =>
    runAs(runtime, { commune, actor, silent: true, now: new Date(now.getTime() - daysAgo * DAY_MS) }, work);

  await as(selfOf(anh), 40, (ctx) => agree(ctx, anh.id, 'news'));
  await as(selfOf(anh), 40, (ctx) => agree(ctx, anh.id, 'survey'));
  await as(selfOf(anh), 12, (ctx) => withdrawConsent(ctx, anh.id, 'survey'));
  const moved = {
    field: 'address',
    reason: 'Ghi thiếu số nhà (DEMO).',
    clientId: 'demo-correction-1',
  } as const;
  const waiting = {
    field: 'birthDate',
    reason: 'Ghi nhầm ngày sinh (DEMO).',
    clientId: 'demo-correction-2',
  } as const;
  const done = await as(selfOf(binh), 9, (ctx) =>
    askCorrection(ctx, { ...moved, wanted: 'Số nhà 12 (DEMO)' }),
  );
  await as(clerk.actor, 8, (ctx) => approveCorrection(ctx, done));
  await as(selfOf(chi), 2, (ctx) => askCorrection(ctx, { ...waiting, wanted: anotherDay(chi.birthDate) }));
  // The same person once more, as a clerk of former times may have written him: no accents, no numbers.
  const { sex, birthDate, hamletId } = dung;
  const fullName = dung.name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D');
  await as(clerk.actor, 5, (ctx) => createResident(ctx, { fullName, sex, birthDate, hamletId, demo: true }));
}

/** The person, signed in and bound to the record. */
function selfOf({ id, name, phone }: DemoResident): Actor {
  return { kind: 'person', userId: newId(), name, phone, residentId: id, grants: [] };
}

function agree(ctx: Ctx, residentId: string, purpose: ConsentPurpose): Promise<void> {
  const text = textOn(purpose, localDateOf(ctx.now));
  if (!text) throw new Error(`Nobody is asked for ${purpose} on that day.`);
  return giveConsent(ctx, residentId, { purpose, wording: text.version });
}

/** Another day of the same month. */
function anotherDay(day: string): string {
  return `${day.slice(0, 8)}${day.endsWith('15') ? '16' : '15'}`;
}
