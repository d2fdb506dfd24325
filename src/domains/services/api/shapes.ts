/** How dossiers and procedures travel over the API. */
import { z } from '@hono/zod-openapi';
import { Instant } from '#kernel/api';
import { formatIso } from '#kernel/format';
import { isId } from '#kernel/ids';
import { CHANNELS, STATES, stateOf, type State } from '../dossier/dossier.ts';
import { possibleMoves } from '../dossier/moves.ts';
import type { QueueRow } from '../queue/queue.queries.ts';
import type { Loaded } from '../dossier/record.ts';

/** How the document groups what is about dossiers. */
export const TAGS = ['dossiers'];

/** A dossier's id in an address. */
export const DossierId = z
  .string()
  .refine(isId, 'input.bad_id')
  .openapi({ param: { name: 'id', in: 'path' }, format: 'uuid' });

/** What the sender made, so that the same request again changes nothing. */
export const ClientId = z.string().regex(/^[\w.:-]{8,100}$/, 'input.bad_client_id');

const STATE_NAMES = Object.keys(STATES) as [State, ...State[]];

export const StateName = z.enum(STATE_NAMES).openapi({ description: 'One of the ten national states.' });

export const DossierSummary = z
  .object({
    id: z.uuid(),
    code: z.string().openapi({ example: 'H55.242-260901-0007' }),
    procedure: z.string(),
    procedure_version: z.int(),
    applicant_name: z.string(),
    hamlet_id: z.uuid().nullable(),
    channel: z.enum(CHANNELS),
    state: StateName,
    state_number: z.int().min(1).max(10),
    step: z.int(),
    assignee_id: z.uuid().nullable(),
    filed_at: Instant,
    due_at: Instant.nullable(),
    step_due_at: Instant.nullable(),
  })
  .openapi('DossierSummary');

export const DossierAction = z
  .object({
    seq: z.int(),
    kind: z.string(),
    at: Instant,
    official_id: z.uuid().nullable(),
    data: z.record(z.string(), z.unknown()),
  })
  .openapi('DossierAction');

export const DossierDetail = DossierSummary.extend({
  tracking_code: z.string(),
  received_at: Instant.nullable(),
  finished_at: Instant.nullable(),
  returned_at: Instant.nullable(),
  outcome: z.enum(['granted', 'refused', 'withdrawn', 'declined']).nullable(),
  clock_stopped_at: Instant.nullable(),
  fee_collected: z.string().openapi({ description: 'Whole đồng.' }),
  actions: z.array(DossierAction),
  possible_moves: z.array(z.string()),
}).openapi('Dossier');

const iso = (at: Date | null) => at && formatIso(at);

export function summaryOf(row: QueueRow): z.infer<typeof DossierSummary> {
  return {
    id: row.id,
    code: row.code,
    procedure: row.procedure_code,
    procedure_version: row.procedure_version,
    applicant_name: row.applicant_name,
    hamlet_id: row.hamlet_id,
    channel: row.channel as (typeof CHANNELS)[number],
    state: stateOf(row.state),
    state_number: row.state,
    step: row.step,
    assignee_id: row.assignee_id,
    filed_at: formatIso(row.filed_at),
    due_at: iso(row.due_at),
    step_due_at: iso(row.step_due_at),
  };
}

export function detailOf({ row, actions, dossier, procedure }: Loaded): z.infer<typeof DossierDetail> {
  return {
    ...summaryOf(row),
    tracking_code: row.tracking_code,
    received_at: iso(row.received_at),
    finished_at: iso(row.finished_at),
    returned_at: iso(row.returned_at),
    outcome: dossier.outcome,
    clock_stopped_at: iso(row.clock_stopped_at),
    fee_collected: dossier.feeCollected.toString(),
    actions: actions.map((action, at) => ({
      seq: at + 1,
      kind: action.kind,
      at: formatIso(action.at),
      official_id: action.officialId,
      data: action.data,
    })),
    possible_moves: possibleMoves(dossier, procedure),
  };
}
