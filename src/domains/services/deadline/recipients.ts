/** Whom the desk's own notices go to: whoever works a desk today, and the leaders. */
import { coverOf, listAbsences, listOfficials, type Official } from '#domain/registry';
import type { Ctx } from '#kernel/context';
import { localDateOf } from '#kernel/time';

/** Where an official is told: the inbox of the sign-in, and the mailbox. */
export type DeskRecipient = { userId: string | null; email: string | null };

export type DeskRecipients = {
  /** Who works the desk of that official today; the leaders where nobody does. */
  of: (officialId: string | null) => DeskRecipient[];
  leaders: DeskRecipient[];
  nameOf: (officialId: string | null) => string | null;
};

/** Reads the officials of today once, with who covers for whom. */
export async function deskRecipients(ctx: Ctx): Promise<DeskRecipients> {
  const today = localDateOf(ctx.now);
  const officials = await listOfficials(ctx, today);
  const byId = new Map(officials.map((one) => [one.id, one]));
  const covers = new Map<string, Official>();
  for (const { officialId } of await listAbsences(ctx, today, today)) {
    const { cover } = await coverOf(ctx, officialId, today);
    if (cover) covers.set(officialId, cover);
  }
  const leaders = officials.filter(({ unit }) => unit === 'leaders').flatMap(recipient);
  return {
    leaders,
    of: (id) => {
      const official = id === null ? undefined : (covers.get(id) ?? byId.get(id));
      const found = official ? recipient(official) : [];
      return found.length > 0 ? found : leaders;
    },
    nameOf: (id) => (id === null ? null : (byId.get(id)?.fullName ?? null)),
  };
}

/** Nobody to tell where there is neither sign-in nor mailbox. */
export function recipient({ userId, email }: Official): DeskRecipient[] {
  return userId || email ? [{ userId, email }] : [];
}
