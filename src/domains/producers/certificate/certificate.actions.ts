import { z } from 'zod';
import type { Ctx } from '#kernel/context';
import { AppError, mustExist } from '#kernel/errors';
import { isId, newId } from '#kernel/ids';
import { checked, Day, line, lines, optional, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { lockProducer, thingOf } from '../producer.queries.ts';
import { PAPER_KINDS, type KeptFile } from './certificate.ts';
import { certificateOf } from './certificate.queries.ts';

const PaperInput = z
  .object({
    kind: z.enum(PAPER_KINDS),
    number: line(80),
    issuer: line(150),
    scope: optional(lines(500)).default(null),
    stars: z.int().min(1).max(5).nullable().default(null),
    validFrom: Day,
    validTo: optional(Day).default(null),
  })
  .refine(({ validFrom, validTo }) => validTo === null || validFrom <= validTo, {
    message: 'producers.backwards',
    path: ['validTo'],
  })
  .refine(({ kind, stars }) => kind !== 'ocop' || stars !== null, {
    message: 'producers.certificate.stars_needed',
    path: ['stars'],
  });
export type PaperInput = z.input<typeof PaperInput>;

/**
 * Enters a licence or certificate. @param file what the edge took in and looked through
 * @returns its id
 * @throws AppError `producers.producer.not_found`, `producers.certificate.known` (409)
 */
export async function addCertificate(
  ctx: Ctx,
  producerId: string,
  input: PaperInput,
  { file = null, demo = false }: { file?: KeptFile | null; demo?: boolean } = {},
): Promise<string> {
  const found = await lockProducer(ctx, producerId);
  allow(ctx, 'producers.certificate.edit', thingOf(producerId, found), { number: input.number });
  mustExist(found, 'producers.producer');
  const given = checked(PaperInput, input);
  const id = newId(ctx.now);
  const made = await ctx.db
    .insertInto('producers_certificate')
    .values({
      commune_id: ctx.commune.id,
      id,
      producer_id: producerId,
      kind: given.kind,
      number: given.number,
      issuer: given.issuer,
      scope: given.scope,
      stars: given.kind === 'ocop' ? given.stars : null,
      valid_from: given.validFrom,
      valid_to: given.validTo,
      demo,
      created_at: ctx.now,
      ...fileColumns(file),
    })
    .onConflict((conflict) => conflict.columns(['commune_id', 'producer_id', 'kind', 'number']).doNothing())
    .executeTakeFirst();
  const code = 'producers.certificate.known';
  if (made.numInsertedOrUpdatedRows !== 1n) throw new AppError(code, 409, {}, { number: code });
  return id;
}

const Revoking = z.object({ on: Day, why: lines(500) });

/** Says from which day a paper holds no more, and why. @throws AppError `producers.certificate.not_found`, `producers.certificate.revoked` (409) */
export async function revokeCertificate(
  ctx: Ctx,
  producerId: string,
  id: string,
  input: z.input<typeof Revoking>,
): Promise<void> {
  const found = await lockProducer(ctx, producerId);
  allow(ctx, 'producers.certificate.edit', thingOf(producerId, found), { revoked: id });
  const { on, why } = checked(Revoking, input);
  const paper = mustExist(await findPaper(ctx, producerId, id), 'producers.certificate');
  if (paper.revokedOn !== null) throw new AppError('producers.certificate.revoked', 409);
  if (on < paper.validFrom) refuseField('on', 'producers.backwards');
  await ctx.db
    .updateTable('producers_certificate')
    .set({ revoked_on: on, revoked_why: why })
    .where('commune_id', '=', ctx.commune.id)
    .where('id', '=', id)
    .execute();
}

/** The file of a paper, to be opened; the view is written down. @throws AppError `producers.certificate.not_found` */
export async function openCertificate(ctx: Ctx, producerId: string, id: string): Promise<KeptFile> {
  const found = await lockProducer(ctx, producerId);
  allow(ctx, 'producers.certificate.open', thingOf(producerId, found), { certificate: id });
  const paper = await findPaper(ctx, producerId, id);
  return mustExist(paper?.file, 'producers.certificate');
}

async function findPaper(ctx: Ctx, producerId: string, id: string) {
  if (!isId(id) || !isId(producerId)) return undefined;
  const row = await ctx.db
    .selectFrom('producers_certificate')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('producer_id', '=', producerId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && certificateOf(row);
}

function fileColumns(file: KeptFile | null) {
  return {
    file_hash: file?.hash ?? null,
    file_size: file?.size ?? null,
    file_type: file?.type ?? null,
    file_name: file?.name ?? null,
  };
}
