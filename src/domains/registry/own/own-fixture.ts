/** A person of the register and his sign-in, for the tests of this folder and its neighbours. */
import type { Actor } from '#kernel/context';
import { citizen, official, type World } from '#test/world';
import type { ResidentInput } from '../resident.actions.ts';
import { createResident } from '../resident.actions.ts';

export const clerk = official('clerk');
let made = 0;

/** Enters somebody new and binds a sign-in to him. */
export async function someone(world: World, more: Partial<ResidentInput> = {}, commune = world.commune) {
  const input = { fullName: 'Nguyễn Thị Đào', birthDate: '1985-03-02', sex: 'female' as const, ...more };
  const nationalId = more.nationalId ?? `019185${String(200_000 + ++made)}`;
  const id = await world.as(clerk, (ctx) => createResident(ctx, { ...input, nationalId }), { commune });
  const actor: Actor & { kind: 'person' } = { ...citizen(), residentId: id };
  return { id, actor, nationalId };
}

export const scan = { hash: 'a'.repeat(64), size: 1200, type: 'application/pdf', name: 'giay.pdf' };
