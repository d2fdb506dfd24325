import { localDateOf, type LocalDate } from '#kernel/time';
import type { Ctx } from '#kernel/context';
import { allow } from '#kernel/rights';
import { mustExist } from '#kernel/errors';
import { SetDraft, type SetFile } from './set.ts';

/** A version of a set; a draft has no first day. */
export type SetVersion = { version: number; from: LocalDate | null; group: number; set: SetFile };

/** The versions of every set, the newest first; drafts for those only who may edit them. */
export async function listSets(ctx: Ctx): Promise<SetVersion[]> {
  allow(ctx, 'criteria.set.edit');
  return readVersions(ctx);
}

/** The versions of one set, drafts first, then the newest. @throws AppError `criteria.set.not_found` (404) */
export async function getVersions(ctx: Ctx, code: string): Promise<SetVersion[]> {
  allow(ctx, 'criteria.set.edit');
  const versions = await readVersions(ctx, code);
  mustExist(versions[0], 'criteria.set');
  return versions;
}

/** The version of a set in force on a day, today unless told; undefined before the first. */
export async function findSet(ctx: Ctx, code: string, on?: LocalDate): Promise<SetVersion | undefined> {
  allow(ctx, 'criteria.board.see');
  return setOn(ctx, code, on ?? localDateOf(ctx.now));
}

/** The sets in force on a day. */
export async function setsInForce(ctx: Ctx, on: LocalDate): Promise<SetVersion[]> {
  allow(ctx, 'criteria.board.see');
  const known = (await readVersions(ctx)).filter(({ from }) => from !== null && from <= on);
  return known.filter((one, at) => known.findIndex(({ set }) => set.code === one.set.code) === at);
}

/** Without a right of its own: for the room's verbs, which have asked already. */
export async function setOn(ctx: Ctx, code: string, on: LocalDate): Promise<SetVersion | undefined> {
  const row = await versionRows(ctx)
    .where('code', '=', code)
    .where('valid_from', '<=', on)
    .orderBy('valid_from', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && versionOf(row);
}

/** Without a right of its own: the versions of one set or all, drafts first, then the newest. */
export async function readVersions(ctx: Ctx, code?: string): Promise<SetVersion[]> {
  const rows = await versionRows(ctx)
    .$if(code !== undefined, (query) => query.where('code', '=', code!))
    .orderBy('valid_from', (order) => order.desc().nullsFirst())
    .orderBy('code')
    .execute();
  return rows.map(versionOf);
}

function versionRows(ctx: Ctx) {
  return ctx.db
    .selectFrom('criteria_set')
    .select(['version', 'valid_from', 'commune_group', 'body'])
    .where('commune_id', '=', ctx.commune.id);
}

type VersionRow = Awaited<ReturnType<ReturnType<typeof versionRows>['execute']>>[number];

function versionOf(row: VersionRow): SetVersion {
  return {
    version: row.version,
    from: row.valid_from as LocalDate | null,
    group: row.commune_group,
    set: SetDraft.parse(row.body),
  };
}
