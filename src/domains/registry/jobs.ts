/** The room's jobs that work in many short transactions. */
import type { Errand } from '#kernel/manifest';
import { enterSome, judgeList, writeVerdicts } from './import/work.actions.ts';
import { importMode } from './import/import.queries.ts';

const ROWS = 1_000;
const HOUSES = 150;

/** Checks a list: read as a whole, written down some rows at a time so that a person sees how far it is. */
export async function checkList({ run }: Errand, data: Record<string, unknown>): Promise<void> {
  const id = String(data['import_id']);
  const verdicts = await run((ctx) => judgeList(ctx, id));
  for (let at = 0; at < verdicts.length; at += ROWS) {
    const some = verdicts.slice(at, at + ROWS);
    const progress = at + some.length;
    await run((ctx) => writeVerdicts(ctx, id, some, { progress, last: progress === verdicts.length }));
  }
}

/** Enters a checked list: in one transaction where it is all or nothing, else some households at a time. */
export async function enterListed({ run }: Errand, data: Record<string, unknown>): Promise<void> {
  const id = String(data['import_id']);
  const whole = (await run((ctx) => importMode(ctx, id))) === 'whole';
  while (await run((ctx) => enterSome(ctx, id, whole ? null : HOUSES)));
}
