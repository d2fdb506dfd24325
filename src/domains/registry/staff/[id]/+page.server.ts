import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { findHamlet } from '#domain/commune';
import type { Ctx, Locale } from '#kernel/context';
import { formatDate, formatDateTime } from '#kernel/format';
import { formatPhone } from '#kernel/phone';
import { may } from '#kernel/rights';
import { localDateOf } from '#kernel/time';
import { belongingOf, type BookEntry } from '../../household/household.queries.ts';
import { OPENS_DOSSIERS, sourceLink } from '../../household/source-link.ts';
import { correctedWords } from '../../own/own-words.ts';
import { findPurpose, type Resident } from '../../resident.ts';
import { getResident } from '../../resident.queries.ts';
import { supportLines } from '../../support/edge.ts';
import { supportOf } from '../../support/support.queries.ts';
import type { PageServerLoad } from './$types';

/** The right to look into the archives of digitised papers: who has it is led to the person's. */
const OPENS_ARCHIVES = 'office.archive.list';

async function everythingOf(ctx: Ctx, id: string) {
  const resident = await getResident(ctx, id);
  return {
    resident,
    hamlet: resident.hamletId ? await findHamlet(ctx, resident.hamletId) : undefined,
    belonging: await belongingOf(ctx, id),
    opens: may(ctx, OPENS_DOSSIERS),
    archives: may(ctx, OPENS_ARCHIVES),
    support: may(ctx, 'registry.support.see', { hamlet_id: resident.hamletId })
      ? supportLines(await supportOf(ctx, { kind: 'resident', id }), localDateOf(ctx.now), ctx.locale)
      : null,
  };
}

/** Asks for the purpose first; every view with one is written down. */
export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { locale } = locals;
  const purpose = findPurpose(url.searchParams.get('purpose'));
  const page = {
    id: params.id,
    purpose,
    done: url.searchParams.get('done'),
    crumbs: [
      { href: localizeHref('/registry/staff'), label: m.registry_nav_residents({}, { locale }) },
      { href: url.pathname, label: m.registry_resident({}, { locale }) },
    ],
  };
  if (!purpose) return { ...page, resident: null, household: null, archives: null, book: [], support: null };
  const found = await locals.run((ctx) => everythingOf(ctx, params.id), { purpose });
  const { household, book } = found.belonging;
  return {
    ...page,
    resident: facts(found.resident, found.hamlet?.name ?? null, locale),
    household: household && { ...household, since: formatDate(household.joinedOn, locale) },
    archives: found.archives ? `${localizeHref('/office/staff/archives')}?resident=${params.id}` : null,
    book: book.map((entry) => bookLine(entry, found.opens, locale)),
    support: found.support,
  };
};

function bookLine(entry: BookEntry, opens: boolean, locale: Locale) {
  const { id, day, kind, recordedAt } = entry;
  const when = { day: formatDate(day, locale), recorded: formatDateTime(recordedAt, locale) };
  const note = correctedWords(entry, locale, { masked: false });
  return { id, kind, iso: day, note, from: sourceLink(entry, { opens, locale }), ...when };
}

function facts(resident: Resident, hamlet: string | null, locale: Locale) {
  const { fullName, birthDate, birthKnown, sex, nationalId, phone, address, deceasedOn, demo } = resident;
  return {
    name: fullName,
    demo,
    birthDate: birthDate && (birthKnown === 'year' ? birthDate.slice(0, 4) : formatDate(birthDate, locale)),
    sex,
    nationalId,
    phone: phone && formatPhone(phone),
    hamlet,
    address,
    deceasedOn: deceasedOn && formatDate(deceasedOn, locale),
  };
}
