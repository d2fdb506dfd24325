/** Carries out what an act's form says, by the act's own verb. */
import type { Ctx } from '#kernel/context';
import { allow, hamletsWhere } from '#kernel/rights';
import type { Act } from './act-form.ts';
import { addCertificate, revokeCertificate, type PaperInput } from './certificate/certificate.actions.ts';
import type { KeptFile } from './certificate/certificate.ts';
import { addMember, endMember, linkMember } from './member/member.actions.ts';
import { endProducer, endStandard, setStandard, type NewStandard } from './producer.actions.ts';
import { giveConsent, type NewConsent } from './profile/consent.actions.ts';

export type Typed = Readonly<Record<string, string>>;
/** What the form stands on: the producer, the member or paper that it is about, a file that was taken in. */
export type Subject = { id: string; part: string; file: KeptFile | null };

/** @throws AppError as the act's verb does */
export async function perform(ctx: Ctx, act: Act, subject: Subject, typed: Typed): Promise<void> {
  const desks = hamletsWhere(ctx, 'producers.desk.open');
  allow(ctx, 'producers.desk.open', { hamlet_id: desks === 'all' ? null : (desks[0] ?? null) });
  const { id, part, file } = subject;
  const { name = '', from = '', last, lastDay = '', hamletId, householdId, source } = typed;
  const who = { name, hamletId, householdId };
  switch (act) {
    case 'end':
      return endProducer(ctx, id, { lastDay });
    case 'standard':
      await setStandard(ctx, id, { standard: typed.standard as NewStandard['standard'], from, last, source });
      return;
    case 'standard-end':
      return endStandard(ctx, id, { lastDay });
    case 'member':
      await addMember(ctx, id, { ...who, from, last });
      return;
    case 'leave':
      return endMember(ctx, id, part, { lastDay });
    case 'correct':
      return linkMember(ctx, id, part, who);
    case 'paper':
      await addCertificate(ctx, id, paperInput(typed), { file });
      return;
    case 'revoke':
      return revokeCertificate(ctx, id, part, { on: typed.on ?? '', why: typed.why ?? '' });
    case 'consent': {
      const parts = (typed.parts ?? '').split(',').filter(Boolean) as NewConsent['parts'];
      await giveConsent(ctx, id, { parts, givenBy: typed.givenBy ?? '' });
    }
  }
}

function paperInput(typed: Typed): PaperInput {
  const { number = '', issuer = '', scope, stars, validFrom = '', validTo } = typed;
  return {
    kind: typed.kind as PaperInput['kind'],
    number,
    issuer,
    scope,
    validFrom,
    validTo,
    stars: stars && /^\d$/.test(stars) ? Number(stars) : null,
  };
}
