import { m } from '#i18n/messages';
import { formatDate } from '#kernel/format';
import { formatPhone } from '#kernel/phone';
import { hamletNames } from '../desk.queries.ts';
import { publicProfile } from '../profile/profile.queries.ts';
import { tradeWords } from '../trade.ts';
import { kindWords, paperWords, standardWords } from '../words.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { locale } = locals;
  const { found, names } = await locals.run(async (ctx) => ({
    found: await publicProfile(ctx, params.slug),
    names: await hamletNames(ctx),
  }));
  const hamlet = found.hamletId && names.get(found.hamletId);
  return {
    name: found.name,
    demo: found.demo,
    kind: kindWords(found.kind, locale),
    about: (locale === 'en' && found.aboutEn) || found.about,
    hamlet: hamlet ?? null,
    trades: found.trades.map((trade) => tradeWords(trade, locale)).join(', '),
    standard: found.standard && standardWords(found.standard, locale),
    since: formatDate(found.from, locale),
    head: found.headName,
    address: found.address,
    call: found.phone === null ? null : { href: `tel:${found.phone}`, number: formatPhone(found.phone) },
    email: found.email,
    website: found.website,
    certificates: found.certificates.map((one) => ({
      id: one.id,
      title: [
        paperWords(one.kind, locale),
        one.stars && m.producers_paper_stars_value({ stars: String(one.stars) }, { locale }),
      ]
        .filter(Boolean)
        .join(', '),
      detail: [
        `${m.producers_paper_number({}, { locale })} ${one.number}`,
        one.issuer,
        one.scope,
        one.validTo && m.producers_public_until({ date: formatDate(one.validTo, locale) }, { locale }),
      ]
        .filter(Boolean)
        .join(' · '),
    })),
  };
};
