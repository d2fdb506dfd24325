/** Reading consents: a person's, with their history, and whether one holds. */
import type { Selectable } from 'kysely';
import type { Ctx } from '#kernel/context';
import { mustExist } from '#kernel/errors';
import { isId } from '#kernel/ids';
import { allow } from '#kernel/rights';
import type { RegistryConsent } from '#kernel/schema';
import { localDateOf } from '#kernel/time';
import { paperOf, type KeptPaper } from '../kept-paper.ts';
import { recordIds, thingOfPerson } from '../own/records.queries.ts';
import { findResidentRow } from '../resident.queries.ts';
import { carries, CONSENT_PURPOSES, type ConsentPurpose } from './consent-text.ts';

export type Consent = {
  id: string;
  purpose: ConsentPurpose;
  /** Version of the text that was agreed to. */
  wording: string;
  way: 'own' | 'counter';
  givenAt: Date;
  paper: KeptPaper | null;
  withdrawnAt: Date | null;
  /** Whether it holds now: not withdrawn, and not to a text that has been replaced by one that asks for more. */
  holds: boolean;
};

/**
 * Whether a person has agreed to a purpose, to be asked by other rooms before they use the person's data for it.
 * Called inside their own verbs after their own right; no page, route or key leads here.
 */
export async function hasConsent(ctx: Ctx, residentId: string, purpose: ConsentPurpose): Promise<boolean> {
  allow(ctx, 'registry.consent.check');
  const resident = await findResidentRow(ctx, residentId);
  if (!resident || resident.deceasedOn) return false;
  return (await readConsents(ctx, resident.id)).some((one) => one.purpose === purpose && one.holds);
}

/** Every consent of a person, newest first; for the clerks of the person's hamlet and for the person. */
export async function consentsOf(ctx: Ctx, residentId: string): Promise<Consent[]> {
  const resident = await findResidentRow(ctx, residentId);
  allow(ctx, 'registry.consent.see', await thingOfPerson(ctx, residentId, resident));
  return readConsents(ctx, mustExist(resident, 'registry.resident').id);
}

/** The scan of a signed paper; the view is written down. @throws AppError `registry.consent.not_found` (404) */
export async function openConsentPaper(ctx: Ctx, residentId: string, id: string): Promise<KeptPaper> {
  const resident = await findResidentRow(ctx, residentId);
  allow(ctx, 'registry.consent.see', await thingOfPerson(ctx, residentId, resident), { paper: id });
  const all = resident && isId(id) ? await readConsents(ctx, resident.id) : [];
  return mustExist(all.find((one) => one.id === id)?.paper, 'registry.consent');
}

/** Without a right of its own: for the room's verbs. */
export async function readConsents(ctx: Ctx, residentId: string): Promise<Consent[]> {
  const rows = await ctx.db
    .selectFrom('registry_consent')
    .selectAll()
    .where('commune_id', '=', ctx.commune.id)
    .where('resident_id', 'in', await recordIds(ctx, residentId))
    .orderBy('given_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map((row) => consentOf(ctx, row)).filter(({ purpose }) => CONSENT_PURPOSES.includes(purpose));
}

function consentOf(ctx: Ctx, row: Selectable<RegistryConsent>): Consent {
  const purpose = row.purpose as ConsentPurpose;
  return {
    id: row.id,
    purpose,
    wording: row.wording,
    way: row.way === 'counter' ? 'counter' : 'own',
    givenAt: row.given_at,
    paper: paperOf(row),
    withdrawnAt: row.withdrawn_at,
    holds: row.withdrawn_at === null && carries(purpose, row.wording, localDateOf(ctx.now)),
  };
}
