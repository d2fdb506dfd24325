/** Values with evidence, and signatures over them. All are only ever added to. */
import { z } from 'zod';
import { actorId, type Ctx } from '#kernel/context';
import { AppError } from '#kernel/errors';
import { newId } from '#kernel/ids';
import { checked, Day, lines, optional, refuseField } from '#kernel/input';
import { allow } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { keepFiles, type NewFile } from './evidence/evidence.ts';
import { wishRepublished } from './province/republish.ts';
import { lineNow, type Place } from './values/line.ts';
import { contradicts, STAGES, VERDICTS, type Stage } from './judge.ts';

const TypedValue = z.object({
  value: z.coerce.number('criteria.value.bad'),
  onDay: Day,
  evidence: lines(2000),
});

/**
 * Enters a value with its dated evidence. @param files what was photographed or scanned @returns its id
 * @throws AppError `criteria.indicator.not_found`, `criteria.value.day_to_come`, `criteria.value.bad`
 */
export async function recordValue(
  ctx: Ctx,
  place: Place,
  input: z.input<typeof TypedValue>,
  files: readonly NewFile[] = [],
): Promise<string> {
  allow(ctx, 'criteria.value.enter', thingOf(place));
  const { value, onDay, evidence } = checked(TypedValue, input);
  if (onDay > localDateOf(ctx.now)) refuseField('onDay', 'criteria.value.day_to_come');
  const { indicator } = await lineNow(ctx, place);
  const most = indicator.kind === 'share' ? 100 : indicator.kind === 'count' ? Number.MAX_SAFE_INTEGER : 1;
  if (!Number.isFinite(value) || value < 0 || value > most) refuseField('value', 'criteria.value.bad');
  if (most === 1 && !Number.isInteger(value)) refuseField('value', 'criteria.value.bad');
  const at = placed(ctx, place, newId(ctx.now));
  await ctx.db
    .insertInto('criteria_value')
    .values({
      ...at,
      on_day: onDay,
      value,
      evidence,
      entered_by: actorId(ctx.actor),
      entered_at: ctx.now,
    })
    .execute();
  await keepFiles(ctx, at, onDay, files);
  await wishRepublished(ctx);
  return at.id;
}

const RIGHTS: Record<Stage, string> = {
  self: 'criteria.assessment.assess',
  review: 'criteria.assessment.review',
  appraisal: 'criteria.assessment.appraise',
};
const Statement = z.object({
  stage: z.enum(STAGES),
  verdict: z.enum(VERDICTS),
  reason: optional(lines(2000)).default(null),
});

/**
 * Signs what an indicator has come to, in the name of whoever is signed in. @returns the signature's id
 * @throws AppError `criteria.assessment.needs_reason` where the records say other, and for "not applicable";
 *   `criteria.assessment.needs_person` (403) for programs
 */
export async function signIndicator(
  ctx: Ctx,
  place: Place,
  input: z.input<typeof Statement>,
  files: readonly NewFile[] = [],
): Promise<string> {
  allow(ctx, RIGHTS[input.stage] ?? RIGHTS.review, thingOf(place), { verdict: input.verdict });
  const { stage, verdict, reason } = checked(Statement, input);
  if (ctx.actor.kind !== 'person') throw new AppError('criteria.assessment.needs_person', 403);
  const { judged, value } = await lineNow(ctx, place);
  if (contradicts(verdict, judged) && reason === null)
    refuseField('reason', 'criteria.assessment.needs_reason');
  const at = placed(ctx, place, newId(ctx.now));
  await ctx.db
    .insertInto('criteria_signature')
    .values({
      ...at,
      stage,
      verdict,
      value: value.value,
      judged,
      reason,
      signer: ctx.actor.userId,
      signer_name: ctx.actor.name,
      signed_at: ctx.now,
    })
    .execute();
  await keepFiles(ctx, at, localDateOf(ctx.now), files);
  await wishRepublished(ctx);
  return at.id;
}

function thingOf({ set, indicator, hamletId }: Place) {
  return { kind: 'criteria_indicator', id: `${set}/${indicator}`, hamlet_id: hamletId ?? null };
}

function placed(ctx: Ctx, { set, indicator, hamletId }: Place, id: string) {
  return { commune_id: ctx.commune.id, id, set_code: set, indicator, hamlet_id: hamletId ?? null };
}
