/** Who plants, and what was planted. */
import { runAs, type Runtime } from '#app/runtime';
import type { Actor, CommuneRef, Ctx } from '#kernel/context';
import type { Kind, Place } from './marks.ts';

/** What was planted, by the ids that stand in addresses. */
export type Planted = {
  place: Place;
  hamletId: string;
  ids: Map<string, Kind>;
  residentId: string;
  /** The household of that person. */
  householdId: string;
  /** What a buyer's telephone opens; empty where no tea is made. */
  pack: string;
};

export type Planter = { runtime: Runtime; commune: CommuneRef; desk: Actor };

export const FROM = '2024-01-10';

/** Does something in the name of the desk. */
export function as<T>({ runtime, commune, desk }: Planter, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  return runAs(runtime, { commune, actor: desk }, work);
}
