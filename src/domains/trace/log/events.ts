/** EPCIS events in the public log: what strangers may read of them by its bare hash, all of them with a salt. */
import { sql } from 'kysely';
import type { Ctx } from '#kernel/context';
import { may } from '#kernel/rights';
import { EPCIS_CONTEXT, type EpcisEvent, type Json } from '../epcis/event.ts';
import { contextItems } from '../epcis/document.ts';
import { hashEvent } from '../epcis/hash.ts';
import { publicProfile } from '../epcis/profile.ts';
import { appendLeaves } from './append.ts';
import { hashOfEventId, type NewLeaf } from './leaf.ts';
import type { LeafSource, Shown } from './source.ts';

/** An event as it was just stored. */
export type StoredEvent = {
  seq: string;
  id: string;
  event: EpcisEvent;
  terms: readonly { value: string }[];
};

const SUBJECT = /^event:(\d{1,18})$/;

/**
 * Hands published events to the log, each as two leaves: its public profile, which anybody can hash again, and the
 * whole of it with a salt, which those who may read it can open.
 * @param context the context of the document around them
 */
export async function logEvents(
  ctx: Ctx,
  stored: readonly StoredEvent[],
  context: readonly Json[],
): Promise<void> {
  const leaves = stored.flatMap(({ seq, id: eventId, event, terms }): NewLeaf[] => {
    const profile = shownProfile(event, context);
    const hash = hashOfEventId(hashEvent({ event: profile, context: [] }));
    const place = { id: `event:${seq}`, about: aboutOf(eventId, terms) };
    return [
      { ...place, kind: 'epcis_event', hash, event: profile },
      { ...place, kind: 'epcis_record', content: shownRecord(event, context) },
    ];
  });
  await appendLeaves(ctx, leaves);
}

/** Public profiles as the rows give them now. */
export const publishedProfiles: LeafSource = (ctx, subjects) =>
  readEvents(ctx, subjects, (event, context) => ({ event: shownProfile(event, context) }));

/** Whole events, for those who may read them all. */
export const wholeRecords: LeafSource = async (ctx, subjects) =>
  may(ctx, 'trace.event.read_all')
    ? readEvents(ctx, subjects, (event, context) => ({ content: shownRecord(event, context) }))
    : new Map();

async function readEvents(
  ctx: Ctx,
  subjects: readonly string[],
  show: (event: EpcisEvent, context: readonly Json[]) => Shown,
): Promise<ReadonlyMap<string, Shown>> {
  const places = subjects.flatMap((subject) => SUBJECT.exec(subject)?.[1] ?? []);
  if (places.length === 0) return new Map();
  const { rows } = await sql<{ seq: bigint; body: EpcisEvent; context: Json[] | null }>`
    select seq, body, context from trace_event
    where commune_id = ${ctx.commune.id} and disclosed and seq = any(${places}::bigint[])`.execute(ctx.db);
  return new Map(rows.map(({ seq, body, context }) => [`event:${seq}`, show(body, context ?? [])]));
}

/** By what people look for it: its own id, its lots and serials as codes and as canonical links. */
function aboutOf(eventId: string, terms: readonly { value: string }[]): string[] {
  const found = new Set([eventId]);
  for (const { value } of terms) {
    const lot = /\/(?:10|21)\/([^/?]+)$/.exec(value)?.[1];
    if (lot) found.add(value).add(decodeURIComponent(lot));
  }
  return [...found];
}

/** The profile with all that its words need to be read alone. */
function shownProfile(event: EpcisEvent, context: readonly Json[]): EpcisEvent {
  return { '@context': contextOf(event, context), ...publicProfile(event) };
}

function shownRecord(event: EpcisEvent, context: readonly Json[]): unknown {
  return { ...event, '@context': contextOf(event, context) };
}

function contextOf(event: EpcisEvent, context: readonly Json[]): Json[] {
  const outer = context.filter((item) => item !== EPCIS_CONTEXT);
  const own = contextItems(event['@context']).filter((item) => item !== EPCIS_CONTEXT);
  return [EPCIS_CONTEXT, ...outer, ...own];
}
