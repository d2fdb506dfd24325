/** The copy of one's own data: the same facts as a list of sections (for paper) and as plain data (for programs). */
import { m } from '#i18n/messages';
import type { Ctx, Locale } from '#kernel/context';
import type { Paper } from '#kernel/documents/paper';
import { formatDate, formatDateTime, formatIso } from '#kernel/format';
import { inLocale } from '#kernel/bilingual';
import { CONSENTS, textOf, type ConsentPurpose } from '../consent/consent-text.ts';
import { CORRECTABLE, type Correctable } from '../correction/correction.ts';
import { changeWords, relationWords } from '../household/household-words.ts';
import { stayWords } from '../stay/stay-words.ts';
import type { SupportRecord } from '../support/support.queries.ts';
import { aidWords, decisionWords, groupWords, spanWords } from '../support/support-words.ts';
import { ownData, viewsOfOwn, type OwnData, type OwnView } from './own.queries.ts';
import {
  correctedWords,
  fieldWords,
  lastThree,
  stateLabel,
  valueWords,
  viewerWords,
  viewWords,
} from './own-words.ts';

type Section = { title: string; rows: string[][] };

/** So many views stand in a copy; older ones are on the page. */
const MOST_VIEWS = 500;

export type OwnCopy = OwnData & { views: OwnView[]; viewsTotal: number; madeAt: Date; commune: string };

/** Gathers everything for a copy. @throws AppError `registry.own.not_bound` (409) */
export async function ownCopy(ctx: Ctx): Promise<OwnCopy> {
  const data = await ownData(ctx);
  const { items, total } = await viewsOfOwn(ctx, { offset: 0, limit: MOST_VIEWS });
  return { ...data, views: items, viewsTotal: total, madeAt: ctx.now, commune: ctx.commune.name };
}

function consentName(purpose: ConsentPurpose, locale: Locale): string {
  const found = CONSENTS.purposes.find(({ code }) => code === purpose);
  return found ? inLocale(found.name, locale) : purpose;
}

/** The record's facts in words, the identification number by its end. */
export function recordFacts(
  { resident, hamlet }: OwnData,
  locale: Locale,
): { label: string; value: string | null }[] {
  const fact = (field: Correctable) => {
    const year = field === 'birthDate' && resident.birthKnown === 'year';
    const value = year
      ? (resident.birthDate?.slice(0, 4) ?? null)
      : valueWords(field, resident[field], locale);
    return { label: fieldWords(field, locale), value };
  };
  const facts = CORRECTABLE.map(fact);
  return [
    ...facts.slice(0, -1),
    { label: m.registry_hamlet_label({}, { locale }), value: hamlet },
    ...facts.slice(-1),
  ];
}

/** For programs: names of fields in English, days and moments as ISO 8601. */
export function copyAsJson(copy: OwnCopy): Record<string, unknown> {
  const { household } = copy;
  return {
    commune: copy.commune,
    made_at: formatIso(copy.madeAt),
    person: personData(copy),
    household: household && {
      number: household.number,
      relation: household.relation,
      since: household.joinedOn,
      members: household.members,
    },
    history: copy.book.map((one) => ({
      day: one.day,
      kind: one.kind,
      ...correctedData(one.data, one.kind),
    })),
    stays: copy.stays.map(({ kind, from, to, address, elsewhere }) => {
      return { kind, from, to, address, elsewhere };
    }),
    support: supportData(copy.support.own),
    household_support: supportData(copy.support.household),
    consents: copy.consents.map(consentData),
    corrections: copy.corrections.map(correctionData),
    views: copy.views.map((one) => ({
      at: formatIso(one.at),
      who: viewerWords(one.viewer, 'vi'),
      action: one.action,
      purpose: one.purpose,
    })),
    views_total: copy.viewsTotal,
  };
}

function personData({ resident, hamlet }: OwnData) {
  const { birthDate, birthKnown, nationalId } = resident;
  return {
    full_name: resident.fullName,
    birth_date: birthKnown === 'year' ? (birthDate?.slice(0, 4) ?? null) : birthDate,
    sex: resident.sex,
    national_id: nationalId && lastThree(nationalId),
    phone: resident.phone,
    hamlet,
    address: resident.address,
  };
}

function supportData({ groups, aid }: SupportRecord) {
  return {
    groups: groups.map(({ group, from, until, decision }) => ({ group, from, until, decision })),
    aid: aid.map(({ day, what, amount, source, decision }) => {
      return { day, what, amount: amount === null ? null : String(amount), source, decision };
    }),
  };
}

function consentData(one: OwnData['consents'][number]) {
  return {
    purpose: one.purpose,
    version: one.wording,
    text: textOf(one.purpose, one.wording)?.text.vi ?? null,
    given_at: formatIso(one.givenAt),
    given: one.way,
    withdrawn_at: one.withdrawnAt && formatIso(one.withdrawnAt),
  };
}

function correctionData(one: OwnData['corrections'][number]) {
  const plain = (value: string | null) => (one.field === 'nationalId' ? value && lastThree(value) : value);
  return {
    field: one.field,
    stood: plain(one.stood),
    wanted: plain(one.wanted),
    reason: one.reason,
    state: one.state,
    asked_at: formatIso(one.askedAt),
    decided_at: one.decidedAt && formatIso(one.decidedAt),
    answer: one.answer,
  };
}

function correctedData(data: Record<string, unknown>, kind: string) {
  if (kind !== 'corrected') return {};
  const { field, from, to } = data;
  const plain = (value: unknown) =>
    field === 'nationalId' && typeof value === 'string' ? lastThree(value) : value;
  return { field, from: plain(from), to: plain(to) };
}

/** For paper, in the reader's language. */
export function copyAsPaper(copy: OwnCopy, demo: boolean, locale: Locale): Paper {
  const when = formatDateTime(copy.madeAt, locale);
  return {
    template: 'domains/registry/own/own-data.typ',
    title: m.registry_own_copy_title({}, { locale }),
    data: {
      demo,
      name: copy.resident.fullName,
      made: m.registry_own_copy_made({ commune: copy.commune, when }, { locale }),
      none: m.registry_own_nothing({}, { locale }),
      sections: [
        ...recordSections(copy, locale),
        ...careSections(copy, locale),
        ...privacySections(copy, locale),
      ],
    },
    issuedAt: copy.madeAt,
  };
}

/** What the register says. */
function recordSections(copy: OwnCopy, locale: Locale): Section[] {
  const { household } = copy;
  const none = m.registry_none({}, { locale });
  return [
    {
      title: m.registry_own_record({}, { locale }),
      rows: recordFacts(copy, locale).map(({ label, value }) => [label, value ?? none]),
    },
    {
      title: household
        ? m.registry_household({ number: household.number }, { locale })
        : m.registry_own_household({}, { locale }),
      rows: (household?.members ?? []).map((one) => [one.name, relationWords(one.relation)]),
    },
    {
      title: m.registry_own_history({}, { locale }),
      rows: copy.book.map((one) => [
        formatDate(one.day, locale),
        [changeWords(one.kind), correctedWords(one, locale)].filter(Boolean).join('. '),
      ]),
    },
  ];
}

/** Stays and absences, groups and aid; the household's among them. */
export function careSections(
  { stays, support }: Pick<OwnData, 'stays' | 'support'>,
  locale: Locale,
): Section[] {
  const { own, household } = support;
  return [
    {
      title: m.registry_nav_stays({}, { locale }),
      rows: stays.map((one) => [
        `${formatDate(one.from, locale)} – ${formatDate(one.to, locale)}`,
        `${stayWords(one.kind)}: ${one.elsewhere}`,
      ]),
    },
    {
      title: m.registry_nav_support({}, { locale }),
      rows: [...own.groups, ...household.groups].map((one) => [
        groupWords(one.group, locale),
        `${spanWords(one, locale)} · ${decisionWords(one)}`,
      ]),
    },
    {
      title: m.registry_aid_title({}, { locale }),
      rows: [...own.aid, ...household.aid].map((one) => [
        formatDate(one.day, locale),
        `${aidWords(one, locale)} (${one.source})`,
      ]),
    },
  ];
}

/** What the person decided and asked, and who looked. */
function privacySections(copy: OwnCopy, locale: Locale): Section[] {
  return [
    {
      title: m.registry_own_consents({}, { locale }),
      rows: copy.consents.map((one) => [consentName(one.purpose, locale), consentMoments(one, locale)]),
    },
    {
      title: m.registry_own_corrections({}, { locale }),
      rows: copy.corrections.map((one) => [
        `${fieldWords(one.field, locale)}: ${valueWords(one.field, one.wanted, locale)}`,
        `${stateLabel(one.state).label}, ${formatDateTime(one.decidedAt ?? one.askedAt, locale)}`,
      ]),
    },
    {
      title: m.registry_own_views({}, { locale }),
      rows: copy.views.map((one) => {
        const { what, why } = viewWords(one);
        return [formatDateTime(one.at, locale), `${viewerWords(one.viewer, locale)}. ${what} (${why})`];
      }),
    },
  ];
}

/** When a consent was given, how, and when it was withdrawn. */
export function consentMoments(
  { way, givenAt, withdrawnAt }: OwnData['consents'][number],
  locale: Locale,
): string {
  const given = way === 'own' ? m.registry_consent_given_own : m.registry_consent_given_counter;
  const parts = [given({ when: formatDateTime(givenAt, locale) }, { locale })];
  if (withdrawnAt)
    parts.push(m.registry_consent_withdrawn_at({ when: formatDateTime(withdrawnAt, locale) }, { locale }));
  return parts.join('; ');
}
