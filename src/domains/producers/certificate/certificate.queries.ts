import type { Selectable } from 'kysely';
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { allow, hamletsWhere } from '#kernel/rights';
import type { ProducersCertificate } from '#kernel/schema';
import { addDays, localDate, localDateOf } from '#kernel/time';
import type { Kind } from '../producer.ts';
import { findProducer, thingOf } from '../producer.queries.ts';
import { FIRST_REMINDER, type Certificate, type PaperKind } from './certificate.ts';

/** The papers of a producer, the newest first. @throws AppError `producers.producer.not_found` */
export async function certificatesOf(ctx: Ctx, producerId: string): Promise<Certificate[]> {
  const producer = await findProducer(ctx, producerId);
  allow(ctx, 'producers.producer.see', thingOf(producerId, producer));
  mustExist(producer, 'producers.producer');
  return readCertificates(ctx, producerId);
}

/** Without a right of its own; for the room's verbs, which have asked. */
export async function readCertificates(ctx: Ctx, producerId: string): Promise<Certificate[]> {
  const rows = await ctx.db
    .selectFrom('producers_certificate')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('producer_id', '=', producerId)
    .orderBy('valid_from', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(certificateOf);
}

export const SHOWN_PAPERS = ['expiring', 'valid', 'expired', 'all'] as const;
export type CertificateFilter = {
  kind?: PaperKind | undefined;
  /** `expiring`: ends within the time of the first reminder. */
  shown?: (typeof SHOWN_PAPERS)[number] | undefined;
  hamletId?: string | undefined;
  offset?: number;
  limit?: number;
};
export type CertificateLine = Certificate & {
  producerName: string;
  producerKind: Kind;
  hamletId: string | null;
};

/** Papers of all producers, those that end first before. Who has the right in some hamlets sees these only. */
export async function listCertificates(
  ctx: Ctx,
  filter: CertificateFilter = {},
): Promise<{ items: CertificateLine[]; total: number }> {
  const hamlets = hamletsWhere(ctx, 'producers.producer.list');
  const asked = filter.hamletId ?? (hamlets === 'all' ? null : (hamlets[0] ?? null));
  allow(ctx, 'producers.producer.list', { kind: 'certificate', hamlet_id: asked });
  const found = filtered(ctx, filter, hamlets);
  const { total } = await found
    .select((eb) => eb.fn.countAll<bigint>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await found
    .selectAll('c')
    .select(['p.name as producer_name', 'p.kind as producer_kind', 'p.hamlet_id'])
    .orderBy(
      (eb) => eb.ref('c.valid_to'),
      (order) => order.asc().nullsLast(),
    )
    .orderBy('c.id')
    .offset(filter.offset ?? 0)
    .limit(filter.limit ?? 25)
    .execute();
  const items = rows.map((row) => ({
    ...certificateOf(row),
    producerName: row.producer_name,
    producerKind: row.producer_kind as Kind,
    hamletId: row.hamlet_id,
  }));
  return { items, total: Number(total) };
}

function filtered(ctx: Ctx, filter: CertificateFilter, hamlets: 'all' | readonly string[]) {
  const today = localDateOf(ctx.now);
  let found = ctx.db
    .selectFrom('producers_certificate as c')
    .innerJoin('producers_producer as p', (join) =>
      join.onRef('p.commune_id', '=', 'c.commune_id').onRef('p.id', '=', 'c.producer_id'),
    )
    .where('c.commune_id', '=', ctx.commune.id);
  if (hamlets !== 'all') found = found.where('p.hamlet_id', 'in', [...hamlets]);
  if (filter.hamletId) found = found.where('p.hamlet_id', '=', filter.hamletId);
  if (filter.kind) found = found.where('c.kind', '=', filter.kind);
  const { shown = 'expiring' } = filter;
  if (shown === 'expired') found = found.where('c.valid_to', '<', today);
  if (shown === 'expiring' || shown === 'valid') {
    found = found
      .where('c.valid_from', '<=', today)
      .where((eb) => eb.or([eb('c.valid_to', 'is', null), eb('c.valid_to', '>=', today)]))
      .where((eb) => eb.or([eb('c.revoked_on', 'is', null), eb('c.revoked_on', '>', today)]));
  }
  if (shown === 'expiring') found = found.where('c.valid_to', '<=', addDays(today, FIRST_REMINDER));
  return found;
}

/** A row as the room knows it. */
export function certificateOf(row: Selectable<ProducersCertificate>): Certificate {
  const day = (text: string | null) => (text === null ? null : localDate(text));
  const { file_hash: hash, file_size: size, file_type: type, file_name: name } = row;
  return {
    id: row.id,
    producerId: row.producer_id,
    kind: row.kind as PaperKind,
    number: row.number,
    issuer: row.issuer,
    scope: row.scope,
    stars: row.stars,
    validFrom: localDate(row.valid_from),
    validTo: day(row.valid_to),
    revokedOn: day(row.revoked_on),
    revokedWhy: row.revoked_why,
    file: hash === null ? null : { hash, size: size ?? 0, type: type ?? '', name: name ?? hash },
    demo: row.demo,
  };
}
