/** Publishing a board to be compared: signed by a person, or kept live by the program. Only ever added to. */
import { z } from 'zod';
import { listBoundaries } from '#domain/commune';
import type { Ctx } from '#kernel/context';
import { AppError, mustExist } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { checked, Day, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { localDateOf, type LocalDate } from '#kernel/time';
import { readBoard } from '../board.queries.ts';
import { signManifest } from '../bundle/key.ts';
import { setOn } from '../set.queries.ts';
import { middleOf } from './map.ts';
import { lastPublished } from './published.queries.ts';
import { publishedBody, saysTheSame, type PublishedBody } from './published.ts';

export const REACHES = ['public', 'province'] as const;
export type Reach = (typeof REACHES)[number];

const Publishing = z.object({ asOf: Day, reach: z.enum(REACHES), live: z.boolean().default(false) });

/**
 * Publishes the values of a board, signed with the commune's key in the name of whoever is signed in. What was public
 * is no longer when it goes to the province alone. @returns its id
 * @throws AppError `criteria.set.not_found`, `criteria.indicator.wrong_level` (422), `criteria.assessment.needs_person` (403)
 */
export async function publishBoard(
  ctx: Ctx,
  set: string,
  input: z.input<typeof Publishing>,
): Promise<string> {
  allow(ctx, 'criteria.board.publish', { kind: 'criteria_set', id: set }, { reach: input.reach });
  const { asOf, reach, live } = checked(Publishing, input);
  if (ctx.actor.kind !== 'person') throw new AppError('criteria.assessment.needs_person', 403);
  if (asOf > localDateOf(ctx.now)) refuseField('asOf', 'criteria.value.day_to_come');
  const body = await bodyOf(ctx, set, asOf);
  if (reach === 'province') await withdraw(ctx, set, ctx.actor.name);
  return add(ctx, { set, reach, live, body, signerName: ctx.actor.name });
}

/** Takes back what was published, from everybody. @throws AppError `criteria.assessment.needs_person` (403) */
export async function withdrawPublished(ctx: Ctx, set: string): Promise<void> {
  allow(ctx, 'criteria.board.publish', { kind: 'criteria_set', id: set }, { reach: 'nobody' });
  if (ctx.actor.kind !== 'person') throw new AppError('criteria.assessment.needs_person', 403);
  await add(ctx, { set, reach: 'public', live: false, body: null, signerName: ctx.actor.name });
}

/** Publishes the commune's live boards anew where a value moved. @returns how many did */
export async function republishLive(ctx: Ctx): Promise<number> {
  allow(ctx, 'criteria.board.republish');
  let moved = 0;
  for (const { set, reach, live, body } of await lastPublished(ctx)) {
    if (!live || !body) continue;
    const now = await bodyOf(ctx, set, localDateOf(ctx.now));
    if (saysTheSame(now, body)) continue;
    await add(ctx, { set, reach, live, body: now, signerName: null });
    moved += 1;
  }
  return moved;
}

async function bodyOf(ctx: Ctx, set: string, asOf: LocalDate): Promise<PublishedBody> {
  const found = mustExist(await setOn(ctx, set, asOf), 'criteria.set');
  if (found.set.level !== 'commune') throw new AppError('criteria.indicator.wrong_level', 422);
  const board = mustExist(await readBoard(ctx, { code: set, asOf }), 'criteria.set');
  const at = middleOf((await listBoundaries(ctx)).map(({ shape }) => shape));
  return publishedBody(board, { commune: ctx.commune.name, group: found.group, at });
}

async function withdraw(ctx: Ctx, set: string, signerName: string): Promise<void> {
  const last = (await lastPublished(ctx)).find((one) => one.set === set);
  if (last?.reach === 'public' && last.body)
    await add(ctx, { set, reach: 'public', live: false, body: null, signerName });
}

type New = {
  set: string;
  reach: Reach;
  live: boolean;
  body: PublishedBody | null;
  signerName: string | null;
};

async function add(ctx: Ctx, { set, reach, live, body, signerName }: New): Promise<string> {
  const id = newId(ctx.now);
  const text = body && JSON.stringify(body);
  await ctx.db
    .insertInto('criteria_published')
    .values({
      commune_id: ctx.commune.id,
      id,
      set_code: set,
      reach,
      live,
      body: text,
      signature: signManifest(ctx, Buffer.from(text ?? '')),
      signer_name: signerName,
      published_at: ctx.now,
    })
    .execute();
  return id;
}
