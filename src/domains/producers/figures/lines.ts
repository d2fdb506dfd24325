/** The lists behind the room's numbers: each measure is one query for lines, and its number is their count. */
import { sql, type AliasableExpression } from 'kysely';
import type { Ctx } from '#kernel/context';
import type { MeasureQuestion } from '#kernel/measures';
import { CERTIFICATES } from '../certificate/certificate.ts';
import type { Kind, Standard } from '../producer.ts';

/** One record behind a number, before it is masked. */
export type Line = {
  id: string;
  /** The day on which it came to be. */
  day: string;
  hamlet_id: string | null;
  /** What it is, for those who may see it. */
  name: string;
  /** Of which kind: of producer, or of paper, or the trade of a craft village. */
  kind: string;
  /** The producer that it leads to, if any. */
  producer_id: string | null;
};

/** Lines as a query. Only the end of the day counts: what stands in the register is there or not on that day. */
export type Lines = (ctx: Ctx, question: MeasureQuestion) => AliasableExpression<Line>;

/** The hamlet that is asked about; undefined for the commune. */
export function hamletOf({ scope }: MeasureQuestion): string | undefined {
  return scope.startsWith('hamlet:') ? scope.slice('hamlet:'.length) : undefined;
}

/** An id that a scope names may be any text: compared as text it finds nothing, and is no error. */
const HAMLET_TEXT = sql<string>`p.hamlet_id::text`;

/** Producers of a kind that exist on the day. */
export function producersOf(kind: Kind): Lines {
  return (ctx, question) => existing(ctx, question).where('p.kind', '=', kind).select(PRODUCER_LINE);
}

/** Groups that work by a standard on the day. */
export function groupsBy(standard: Standard): Lines {
  return (ctx, question) =>
    existing(ctx, question)
      .innerJoin('producers_standard as s', (join) =>
        join.onRef('s.commune_id', '=', 'p.commune_id').onRef('s.producer_id', '=', 'p.id'),
      )
      .where('p.kind', '=', 'group')
      .where('s.standard', '=', standard)
      .where('s.from_day', '<=', question.asOf)
      .where((eb) => eb.or([eb('s.last_day', 'is', null), eb('s.last_day', '>=', question.asOf)]))
      .select(PRODUCER_LINE);
}

/** Certificates, not licences, that hold on the day, of producers that exist on it. */
export const validCertificates: Lines = (ctx, question) =>
  existing(ctx, question)
    .innerJoin('producers_certificate as c', (join) =>
      join.onRef('c.commune_id', '=', 'p.commune_id').onRef('c.producer_id', '=', 'p.id'),
    )
    .where('c.kind', 'in', [...CERTIFICATES])
    .where('c.valid_from', '<=', question.asOf)
    .where((eb) => eb.or([eb('c.valid_to', 'is', null), eb('c.valid_to', '>=', question.asOf)]))
    .where((eb) => eb.or([eb('c.revoked_on', 'is', null), eb('c.revoked_on', '>', question.asOf)]))
    .select([
      'c.id',
      'c.valid_from as day',
      'p.hamlet_id',
      sql<string>`p.name || ' · ' || c.number`.as('name'),
      'c.kind',
      'p.id as producer_id',
    ]);

/** Hamlets that are craft villages on the day: each once, by its oldest recognition. */
export const craftHamlets: Lines = (ctx, question) => {
  const hamlet = hamletOf(question);
  return ctx.db
    .selectFrom('producers_craft_village as v')
    .distinctOn('v.hamlet_id')
    .where('v.commune_id', '=', ctx.commune.id)
    .where('v.recognised_on', '<=', question.asOf)
    .where((eb) => eb.or([eb('v.last_day', 'is', null), eb('v.last_day', '>=', question.asOf)]))
    .$if(hamlet !== undefined, (q) => q.where(sql<string>`v.hamlet_id::text`, '=', hamlet!))
    .select([
      'v.hamlet_id as id',
      'v.recognised_on as day',
      sql<string | null>`v.hamlet_id`.as('hamlet_id'),
      sql<string>`v.name || ' · ' || v.decision_number`.as('name'),
      'v.trade as kind',
      sql<string | null>`null::uuid`.as('producer_id'),
    ])
    .orderBy('v.hamlet_id')
    .orderBy('v.recognised_on')
    .orderBy('v.id');
};

const PRODUCER_LINE = [
  'p.id',
  'p.from_day as day',
  'p.hamlet_id',
  'p.name',
  'p.kind',
  'p.id as producer_id',
] as const;

function existing(ctx: Ctx, question: MeasureQuestion) {
  const hamlet = hamletOf(question);
  return ctx.db
    .selectFrom('producers_producer as p')
    .where('p.commune_id', '=', ctx.commune.id)
    .where('p.from_day', '<=', question.asOf)
    .where((eb) => eb.or([eb('p.last_day', 'is', null), eb('p.last_day', '>=', question.asOf)]))
    .$if(hamlet !== undefined, (q) => q.where(HAMLET_TEXT, '=', hamlet!));
}
