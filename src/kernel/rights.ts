/**
 * Rights: one table of rules, one function that every verb calls first. A rule reads as a sentence:
 * who may do it (roles, anyone signed in, everybody), and to which things (own, of the hamlet, all).
 */
import { actorId, grantsOf, producerOf, type Actor, type Ctx } from './context.ts';
import { AppError } from './errors.ts';

/** The roles of a commune; the glossary has their Vietnamese names. */
export const ROLES = [
  'admin',
  'leader',
  'clerk',
  'specialist',
  'police',
  'hamlet_head',
  'digital_team',
  'auditor',
] as const;
export type Role = (typeof ROLES)[number];

export type Rule = {
  /** Roles that may do it; a grant for one hamlet counts only for things of that hamlet. */
  roles?: readonly Role[];
  /** People without any role: everybody, anyone signed in, or the thing's owner. */
  people?: 'everybody' | 'signed_in' | 'owner';
  /** Programs with a producer's key, for what is that producer's own: the verb sees to it. */
  producers?: true;
  /** The program itself (jobs, the demo builder). */
  system?: boolean;
  /** Public reading is not written into the audit record; everything else is. Refusals always are. */
  audit?: 'done' | 'seen' | 'none';
};

export type Policy = ReadonlyMap<string, Rule>;

/** The thing a verb is about, as far as rights look at it. */
export type Thing = {
  kind?: string;
  id?: string;
  commune_id?: number;
  hamlet_id?: string | null;
  /** The users whose own it is: applicant, helper under mandate. */
  owners?: readonly (string | null)[];
};

/**
 * Every verb's first line. Notes the permitted act in the trail (written with the transaction).
 * @param detail kept beside the audit chain, may hold personal data
 * @throws AppError `refused` (403), `sign_in_needed` (401) for strangers; the edge writes refusals to the audit record
 */
export function allow(
  ctx: Ctx,
  right: string,
  thing: Thing = {},
  detail: Record<string, unknown> = {},
): void {
  const rule = ctx.wiring.policy.get(right);
  if (!rule) throw new Error(`No room declares the right ${right}`);
  const note = { action: right, subjectKind: thing.kind ?? null, subjectId: thing.id ?? null, detail };
  if (!permits(rule, ctx, thing)) {
    ctx.trail.push({ ...note, outcome: 'refused' });
    if (ctx.actor.kind === 'anonymous') throw new AppError('sign_in_needed', 401, { right });
    throw new AppError('refused', 403, { right });
  }
  const audit = rule.audit ?? 'done';
  if (audit !== 'none') ctx.trail.push({ ...note, outcome: audit });
}

/** Whether `allow` would let it pass; for buttons and menus. Leaves no trace. */
export function may(ctx: Ctx, right: string, thing: Thing = {}): boolean {
  const rule = ctx.wiring.policy.get(right);
  return rule !== undefined && permits(rule, ctx, thing);
}

/**
 * The hamlets in which the actor has a right: `'all'`, or the ones of his grants (none: an empty list). For
 * lists, which show only those hamlets' rows.
 */
export function hamletsWhere(ctx: Ctx, right: string): 'all' | readonly string[] {
  if (may(ctx, right)) return 'all';
  const hamlets = grantsOf(ctx.actor).flatMap(({ hamletId }) => hamletId ?? []);
  return [...new Set(hamlets)].filter((hamletId) => may(ctx, right, { hamlet_id: hamletId }));
}

function permits(rule: Rule, ctx: Ctx, thing: Thing): boolean {
  if (thing.commune_id !== undefined && thing.commune_id !== ctx.commune.id) return false;
  if (ctx.actor.kind === 'system') return rule.system === true || rule.people === 'everybody';
  if (rule.people === 'everybody') return true;
  if (rule.producers && producerOf(ctx.actor) !== null) return true;
  if (rule.people === 'signed_in' && ctx.actor.kind === 'person') return true;
  if (rule.people === 'owner' && owns(ctx.actor, thing)) return true;
  return grantsOf(ctx.actor).some(
    (grant) =>
      (rule.roles as readonly string[] | undefined)?.includes(grant.role) === true &&
      (grant.hamletId === null || grant.hamletId === thing.hamlet_id),
  );
}

function owns(actor: Actor, thing: Thing): boolean {
  return actor.kind === 'person' && thing.owners?.includes(actorId(actor)) === true;
}
