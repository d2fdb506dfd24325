import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt } from '#app/attempt';
import { formatDate, formatNumber } from '#kernel/format';
import { formatPhone } from '#kernel/phone';
import { localDateOf, type LocalDate } from '#kernel/time';
import { certificatesOf } from '../../certificate/certificate.queries.ts';
import { hamletNames } from '../../desk.queries.ts';
import { membersOf, type Member } from '../../member/member.queries.ts';
import type { Producer, StandardSpan } from '../../producer.ts';
import { getProducer, standardsOf } from '../../producer.queries.ts';
import { withdrawConsent } from '../../profile/consent.actions.ts';
import { consentsOf, type Consent } from '../../profile/profile.queries.ts';
import { holdsOn } from '#kernel/span';
import { tradeWords } from '../../trade.ts';
import { kindWords, partWords, standardWords } from '../../words.ts';
import type { Actions, PageServerLoad } from './$types';
import { paperView, spanWords } from './view.ts';

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { locale } = locals;
  const found = await locals.run(async (ctx) => {
    const producer = await getProducer(ctx, params.id);
    return {
      producer,
      standards: await standardsOf(ctx, producer.id),
      members: await membersOf(ctx, producer.id),
      papers: await certificatesOf(ctx, producer.id),
      consents: await consentsOf(ctx, producer.id),
      names: await hamletNames(ctx),
      today: localDateOf(ctx.now),
    };
  });
  const { producer, members, names, today } = found;
  return {
    id: producer.id,
    name: producer.name,
    demo: producer.demo,
    kind: kindWords(producer.kind, locale),
    slug: producer.slug,
    ended: producer.last && formatDate(producer.last, locale),
    facts: factsOf(producer, names, locale),
    standards: found.standards.map((one) => standardView(one, today, locale)),
    running: found.standards.some((one) => one.last === null),
    members: members.items.map((one) => memberView(one, names, locale)),
    today: formatNumber(members.today, { locale }),
    elsewhere: members.elsewhere === 0 ? null : formatNumber(members.elsewhere, { locale }),
    papers: found.papers.map((paper) => paperView(paper, today, locale)),
    consents: found.consents.map((one) => consentView(one, locale)),
    done: url.searchParams.get('done'),
    crumbs: [
      { href: localizeHref('/producers/staff'), label: m.producers_desk({}, { locale }) },
      { href: url.pathname, label: producer.name },
    ],
  };
};

export const actions: Actions = {
  withdraw: async ({ locals, params, url }) => {
    const refused = await attempt(locals, 'withdraw', {}, (ctx) => withdrawConsent(ctx, params.id));
    if (refused) return refused;
    redirect(303, `${url.pathname}?done=withdraw`);
  },
};

function factsOf(one: Producer, names: ReadonlyMap<string, string>, locale: 'vi' | 'en') {
  const words = { locale };
  return [
    { label: m.producers_days({}, words), value: spanWords(one, locale) },
    { label: m.producers_hamlet({}, words), value: one.hamletId && names.get(one.hamletId) },
    {
      label: m.producers_trades({}, words),
      value: one.trades.map((trade) => tradeWords(trade, locale)).join(', '),
    },
    { label: m.producers_registration({}, words), value: one.registrationNumber },
    { label: m.producers_head({}, words), value: one.headName },
    { label: m.producers_address({}, words), value: one.address },
    { label: m.producers_phone({}, words), value: one.phone && formatPhone(one.phone) },
    { label: m.producers_email({}, words), value: one.email },
    { label: m.producers_website({}, words), value: one.website },
    { label: m.producers_about({}, words), value: one.about },
    { label: m.producers_about_en({}, words), value: one.aboutEn },
  ].map(({ label, value }) => ({ label, value: value ?? null }));
}

function standardView(one: StandardSpan, today: LocalDate, locale: 'vi' | 'en') {
  return {
    id: one.id,
    title: standardWords(one.standard, locale),
    when: spanWords(one, locale),
    note: one.source,
    now: holdsOn(one, today),
  };
}

function memberView(one: Member, names: ReadonlyMap<string, string>, locale: 'vi' | 'en') {
  return {
    id: one.id,
    name: one.name,
    demo: one.demo,
    hamlet: (one.hamletId && names.get(one.hamletId)) || '–',
    days: spanWords(one, locale),
    open: one.last === null,
    linked: one.householdId !== null || one.residentId !== null,
  };
}

function consentView(one: Consent, locale: 'vi' | 'en') {
  return {
    given: m.producers_consent_given(
      {
        date: formatDate(one.givenAt, locale),
        name: one.givenBy,
        parts: one.parts.map((part) => partWords(part, locale)).join('; '),
      },
      { locale },
    ),
    withdrawn:
      one.withdrawnAt && m.producers_consent_ended({ date: formatDate(one.withdrawnAt, locale) }, { locale }),
  };
}
