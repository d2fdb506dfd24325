/** What strangers see of producers: only those who agreed, only the parts that they agreed to. */
import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';
import { AppError, mustExist } from '#kernel/errors';
import { allow } from '#kernel/rights';
import { words } from '#kernel/text';
import { localDateOf, type LocalDate } from '#kernel/time';
import { isLicence, isValidOn, type Certificate } from '../certificate/certificate.ts';
import { certificateOf, readCertificates } from '../certificate/certificate.queries.ts';
import type { ConsentPart, Kind, Producer, Standard } from '../producer.ts';
import { findProducer, producerOf, readStandards, thingOf } from '../producer.queries.ts';
import { holdsOn } from '#kernel/span';

/** A producer as the public sees it. What was not agreed to is null, as what is not known. */
export type PublicProducer = Pick<
  Producer,
  'id' | 'slug' | 'kind' | 'name' | 'hamletId' | 'about' | 'aboutEn' | 'trades' | 'demo' | 'from'
> & {
  headName: string | null;
  phone: string | null;
  email: string | null;
  website: string | null;
  address: string | null;
};

export type Profile = PublicProducer & {
  standard: Standard | null;
  certificates: Pick<Certificate, 'id' | 'kind' | 'number' | 'issuer' | 'scope' | 'stars' | 'validTo'>[];
};

export type Consent = {
  parts: ConsentPart[];
  wording: string;
  givenBy: string;
  givenAt: Date;
  withdrawnAt: Date | null;
};

/** Working producers that agreed to be shown, by name. */
export async function publicProducers(
  ctx: Ctx,
  filter: { q?: string; kind?: Kind | undefined; offset?: number; limit?: number } = {},
): Promise<{ items: PublicProducer[]; total: number }> {
  allow(ctx, 'producers.profile.see');
  const { q = '', kind, offset = 0, limit = 20 } = filter;
  if (q.length > 200) throw new AppError('input.invalid', 422, {}, { q: 'input.too_big' });
  const asked = words(q);
  if (q.trim() !== '' && asked.length === 0) return { items: [], total: 0 };
  const today = localDateOf(ctx.now);
  let found = ctx.db
    .selectFrom('producers_producer as p')
    .innerJoin('producers_consent as c', (join) =>
      join
        .onRef('c.commune_id', '=', 'p.commune_id')
        .onRef('c.producer_id', '=', 'p.id')
        .on('c.withdrawn_at', 'is', null),
    )
    .where('p.commune_id', '=', ctx.commune.id)
    .where('p.from_day', '<=', today)
    .where((eb) => eb.or([eb('p.last_day', 'is', null), eb('p.last_day', '>=', today)]));
  if (kind !== undefined) found = found.where('p.kind', '=', kind);
  // By the name alone: a search must not tell whose head or number it is.
  const folded = sql<string>`' ' || lower(unaccent(p.name))`;
  for (const word of asked) found = found.where(folded, 'like', `% ${word}%`);
  const { total } = await found
    .select((eb) => eb.fn.countAll<bigint>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await found
    .selectAll('p')
    .select('c.parts')
    .orderBy('p.search_text')
    .orderBy('p.id')
    .offset(offset)
    .limit(limit)
    .execute();
  const items = rows.map((row) => shownOf(producerOf(row), row.parts as ConsentPart[]));
  return { items, total: Number(total) };
}

/** The public page of a producer. @throws AppError `producers.producer.not_found` (404) without consent, too */
export async function publicProfile(ctx: Ctx, slug: string): Promise<Profile> {
  allow(ctx, 'producers.profile.see');
  const producer = await findProducer(ctx, slug);
  const today = localDateOf(ctx.now);
  const parts = producer && holdsOn(producer, today) ? await partsShown(ctx, producer.id) : [];
  const shown = mustExist(parts.includes('profile') ? producer : undefined, 'producers.producer');
  const standards = await readStandards(ctx, shown.id);
  const papers = await readCertificates(ctx, shown.id);
  return {
    ...shownOf(shown, parts),
    standard: standards.find((one) => holdsOn(one, today))?.standard ?? null,
    certificates: papers
      .filter((paper) => !isLicence(paper.kind) && isValidOn(paper, today))
      .map(({ id, kind, number, issuer, scope, stars, validTo }) => {
        return { id, kind, number, issuer, scope, stars, validTo };
      }),
  };
}

/** Name and address word of those among some producers that agreed to be shown and work today; for lists behind numbers. */
export async function publicNames(
  ctx: Ctx,
  ids: readonly string[],
): Promise<Map<string, { name: string; slug: string }>> {
  if (ids.length === 0) return new Map();
  const today = localDateOf(ctx.now);
  const rows = await ctx.db
    .selectFrom('producers_producer as p')
    .innerJoin('producers_consent as c', (join) =>
      join.onRef('c.commune_id', '=', 'p.commune_id').onRef('c.producer_id', '=', 'p.id'),
    )
    .where('p.commune_id', '=', ctx.commune.id)
    .where('p.id', 'in', [...new Set(ids)])
    .where('c.withdrawn_at', 'is', null)
    .where((eb) => eb.or([eb('p.last_day', 'is', null), eb('p.last_day', '>=', today)]))
    .select(['p.id', 'p.name', 'p.slug'])
    .execute();
  return new Map(rows.map(({ id, name, slug }) => [id, { name, slug }]));
}

/** Every consent of a producer, the newest first. @throws AppError `producers.producer.not_found` */
export async function consentsOf(ctx: Ctx, producerId: string): Promise<Consent[]> {
  const producer = await findProducer(ctx, producerId);
  allow(ctx, 'producers.producer.see', thingOf(producerId, producer));
  mustExist(producer, 'producers.producer');
  const rows = await ctx.db
    .selectFrom('producers_consent')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('producer_id', '=', producerId)
    .orderBy('given_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map((row) => ({
    parts: row.parts as ConsentPart[],
    wording: row.wording,
    givenBy: row.given_by,
    givenAt: row.given_at,
    withdrawnAt: row.withdrawn_at,
  }));
}

/** The telephone that a producer agreed to have on the pages of its packs; null for any other. */
export async function phoneOnPacks(ctx: Ctx, producerId: string): Promise<string | null> {
  allow(ctx, 'producers.profile.see');
  const row = await ctx.db
    .selectFrom('producers_producer as p')
    .innerJoin('producers_consent as c', (join) =>
      join.onRef('c.commune_id', '=', 'p.commune_id').onRef('c.producer_id', '=', 'p.id'),
    )
    .select('p.phone')
    .where('p.commune_id', '=', ctx.commune.id)
    .where('p.id', '=', producerId)
    .where('c.withdrawn_at', 'is', null)
    .where(sql<boolean>`'packs' = any(c.parts)`)
    .executeTakeFirst();
  return row?.phone ?? null;
}

async function partsShown(ctx: Ctx, producerId: string): Promise<ConsentPart[]> {
  const row = await ctx.db
    .selectFrom('producers_consent')
    .select('parts')
    .where('commune_id', '=', ctx.commune.id)
    .where('producer_id', '=', producerId)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  return (row?.parts ?? []) as ConsentPart[];
}

/** The one place that decides what of a producer goes out. */
function shownOf(producer: Producer, parts: readonly ConsentPart[]): PublicProducer {
  const { id, slug, kind, name, hamletId, about, aboutEn, trades, demo, from } = producer;
  const contact = parts.includes('contact');
  return {
    id,
    slug,
    kind,
    name,
    hamletId,
    about,
    aboutEn,
    trades,
    demo,
    from,
    headName: parts.includes('head') ? producer.headName : null,
    phone: contact ? producer.phone : null,
    email: contact ? producer.email : null,
    website: contact ? producer.website : null,
    address: contact ? producer.address : null,
  };
}

/** A certificate as buyers may see it; licences and files are not among it. */
export type PublicCertificate = Pick<
  Certificate,
  'id' | 'producerId' | 'kind' | 'number' | 'issuer' | 'scope' | 'stars' | 'validFrom' | 'validTo'
> & { producerName: string; validOn: (day: LocalDate) => boolean };

/**
 * Certificates on which a claim on goods for sale rests: certifiers publish them, so they need no consent of their
 * holder. Named by their ids, or all those of some producers.
 */
export async function publicCertificates(
  ctx: Ctx,
  { ids = [], producerIds = [] }: { ids?: readonly string[]; producerIds?: readonly string[] },
): Promise<PublicCertificate[]> {
  allow(ctx, 'producers.profile.see');
  if (ids.length + producerIds.length === 0) return [];
  const rows = await ctx.db
    .selectFrom('producers_certificate as c')
    .innerJoin('producers_producer as p', (join) =>
      join.onRef('p.commune_id', '=', 'c.commune_id').onRef('p.id', '=', 'c.producer_id'),
    )
    .selectAll('c')
    .select('p.name')
    .where('c.commune_id', '=', ctx.commune.id)
    .where(
      sql<boolean>`(c.id = any(${[...ids]}::uuid[]) or c.producer_id = any(${[...producerIds]}::uuid[]))`,
    )
    .orderBy('c.valid_from', 'desc')
    .orderBy('c.id')
    .execute();
  return rows.flatMap((row) => {
    const { id, producerId, kind, number, issuer, scope, stars, validFrom, validTo, revokedOn } =
      certificateOf(row);
    if (isLicence(kind)) return [];
    const days = { validFrom, validTo, revokedOn };
    const shown = { id, producerId, kind, number, issuer, scope, stars, validFrom, validTo };
    return [{ ...shown, producerName: row.name, validOn: (day) => isValidOn(days, day) }];
  });
}
