import { z } from 'zod';
import type { Ctx } from '#kernel/context';
import { checked, Id, line, optional } from '#kernel/input';
import { allow } from '#kernel/rights';
import type { Outcome } from '../diary/entry.ts';
import { MOST_ENTRIES, recordEntries } from '../diary/record.actions.ts';
import { useDevice } from './device.actions.ts';

const Sending = z.object({
  device_id: Id,
  device_name: optional(line(60)).default(null),
  /** By the phone's clock. */
  sent_at: z.iso.datetime({ offset: true }),
  entries: z.array(z.unknown()).max(MOST_ENTRIES, 'input.too_big'),
});

/** Takes what a phone sends. @throws AppError `input.invalid`, `farming.device.shut_out` */
export async function receive(ctx: Ctx, sent: unknown): Promise<Outcome[]> {
  allow(ctx, 'farming.diary.send', { kind: 'diary' });
  const { device_id, device_name, sent_at, entries } = checked(Sending, sent);
  await useDevice(ctx, { id: device_id, name: device_name ?? '?' });
  const sending = { deviceId: device_id, sentAt: new Date(sent_at) };
  return recordEntries(ctx, entries as Record<string, unknown>[], sending);
}
