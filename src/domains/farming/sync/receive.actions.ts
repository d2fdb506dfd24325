import { z } from 'zod';
import { actorId, type Ctx } from '#kernel/context';
import { refuse } from '#kernel/errors';
import { checked, Id, line, optional } from '#kernel/input';
import { allow } from '#kernel/rights';
import type { Outcome } from '../diary/entry.ts';
import { MOST_ENTRIES, recordEntries } from '../diary/record.actions.ts';
import { useDevice } from './device.actions.ts';

const Sending = z.object({
  device_id: Id,
  device_name: optional(line(60)).default(null),
  /** Whose outbox it is: somebody else may have signed in on the same phone meanwhile. */
  person_id: optional(z.string().max(100)).default(null),
  /** By the phone's clock. */
  sent_at: z.iso.datetime({ offset: true }),
  entries: z.array(z.unknown()).max(MOST_ENTRIES, 'input.too_big'),
});

/**
 * Takes what a phone sends. @throws AppError `input.invalid`, `farming.device.shut_out`, `farming.sync.other_person`
 * (403) for the outbox of somebody else than who is signed in
 */
export async function receive(ctx: Ctx, sent: unknown): Promise<Outcome[]> {
  allow(ctx, 'farming.diary.send', { kind: 'diary' });
  const { device_id, device_name, person_id, sent_at, entries } = checked(Sending, sent);
  if (person_id !== null && person_id !== actorId(ctx.actor)) refuse('farming.sync.other_person', 403);
  await useDevice(ctx, { id: device_id, name: device_name ?? '?' });
  const sending = { deviceId: device_id, sentAt: new Date(sent_at) };
  return recordEntries(ctx, entries as Record<string, unknown>[], sending);
}
