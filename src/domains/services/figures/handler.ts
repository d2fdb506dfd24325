/**
 * Who handled a dossier: the official to whom it was last assigned or handed over before it went on for
 * signature. Not who holds it now: a decided dossier lies with the leader who signed it.
 */
import { sql, type RawBuilder } from 'kysely';
import type { Action } from '../dossier/dossier.ts';

/** The handler by these actions; null when nobody was given it. */
export function handlerOf(actions: readonly Action[]): string | null {
  let handler: string | null = null;
  for (const action of actions) {
    if (action.kind === 'advance') return handler;
    if (action.kind === 'assign' || action.kind === 'hand_over') handler = action.data.to;
    if (action.kind === 'unassign') handler = null;
  }
  return handler;
}

/** The same in SQL, for the dossier `d`, by its actions before a moment. A test holds both equal. */
export function handlerSql(before: Date): RawBuilder<string | null> {
  return sql<string | null>`(select h.data ->> 'to' from services_action h
    where h.commune_id = d.commune_id and h.dossier_id = d.id and h.at < ${before}
      and h.kind in ('assign', 'hand_over', 'unassign')
      and not exists (select 1 from services_action n where n.commune_id = d.commune_id
        and n.dossier_id = d.id and n.seq < h.seq and n.kind = 'advance')
    order by h.seq desc limit 1)`;
}
