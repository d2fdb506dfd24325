/** Reminders 90, 30 and 7 days before a paper ends, each once: to the producer, and to the officials in charge. */
import { notifyMany, type Notice } from '#domain/notifications';
import { listOfficials } from '#domain/registry';
import { localizeHref } from '#i18n/runtime';
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { addDays, daysBetween, localDateOf } from '#kernel/time';
import { paperWords } from '../words.ts';
import { certificateOf } from './certificate.queries.ts';
import { FIRST_REMINDER, reminderOn, type Certificate } from './certificate.ts';

/** What is told in one run; the rest waits for the next day's. */
const AT_ONCE = 500;

type Due = { paper: Certificate; days: number; name: string; phone: string | null; email: string | null };

/** The job, every morning. @returns how many papers were told of */
export async function remindOfExpiry(ctx: Ctx): Promise<number> {
  allow(ctx, 'producers.certificate.remind');
  const due = await markTold(ctx, await dueToday(ctx));
  if (due.length === 0) return 0;
  const officials = (await listOfficials(ctx, localDateOf(ctx.now))).filter(({ unit }) => unit === 'land');
  const notices = due.flatMap((one): Notice[] => {
    const key = `${one.paper.id}:${one.paper.validTo}:${one.days}`;
    const params = paramsOf(ctx, one);
    const staff = officials.map(({ userId, email }) => ({
      event: 'producers.certificate.expiring' as const,
      key,
      to: { userId, email },
      params: {
        ...params,
        link: localizeHref(`/producers/staff/${one.paper.producerId}`, { locale: 'vi' }),
      },
    }));
    const { phone, email } = one;
    const own = { event: 'producers.certificate.expiring_own' as const, key, to: { phone, email }, params };
    return [own, ...staff];
  });
  await notifyMany(ctx, notices);
  return due.length;
}

function paramsOf(ctx: Ctx, { paper, name }: Due): Notice['params'] {
  return {
    producer: name,
    paper: paperWords(paper.kind, 'vi'),
    number: paper.number,
    until: paper.validTo!,
    days: daysBetween(localDateOf(ctx.now), paper.validTo!),
  };
}

/** Valid papers of working producers that end within the time of the first reminder. */
async function dueToday(ctx: Ctx): Promise<Due[]> {
  const today = localDateOf(ctx.now);
  const rows = await ctx.db
    .selectFrom('producers_certificate as c')
    .innerJoin('producers_producer as p', (join) =>
      join.onRef('p.commune_id', '=', 'c.commune_id').onRef('p.id', '=', 'c.producer_id'),
    )
    .where('c.commune_id', '=', ctx.commune.id)
    .where('c.valid_to', '>=', today)
    .where('c.valid_to', '<=', addDays(today, FIRST_REMINDER))
    .where((eb) => eb.or([eb('p.last_day', 'is', null), eb('p.last_day', '>=', today)]))
    .selectAll('c')
    .select(['p.name', 'p.phone', 'p.email'])
    .orderBy('c.valid_to')
    .orderBy('c.id')
    .execute();
  return rows.flatMap((row) => {
    const paper = certificateOf(row);
    const days = reminderOn(paper, today);
    return days === null ? [] : [{ paper, days, name: row.name, phone: row.phone, email: row.email }];
  });
}

/** Of two runs at the same moment only one gets a row. */
async function markTold(ctx: Ctx, due: readonly Due[]): Promise<Due[]> {
  const fresh: Due[] = [];
  for (const one of due) {
    if (fresh.length === AT_ONCE) break;
    const made = await ctx.db
      .insertInto('producers_reminder')
      .values({
        commune_id: ctx.commune.id,
        certificate_id: one.paper.id,
        valid_to: one.paper.validTo!,
        days_before: one.days,
        told_at: ctx.now,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (made.numInsertedOrUpdatedRows === 1n) fresh.push(one);
  }
  return fresh;
}
