import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { listHamlets } from '#domain/commune';
import { formatDate, type Locale } from '#kernel/format';
import { formatPhone } from '#kernel/phone';
import { localDateOf, type LocalDate } from '#kernel/time';
import { hasWords, inOffice, type Official } from '../../official.ts';
import { listOfficials } from '../../official.queries.ts';
import { unitWords } from '../../unit-words.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  const ever = url.searchParams.get('terms') === 'all';
  const q = (url.searchParams.get('q') ?? '').trim().slice(0, 100);
  const { officials, hamlets, today } = await locals.run(async (ctx) => {
    const day = localDateOf(ctx.now);
    const list = await listOfficials(ctx, ever ? 'ever' : day);
    return { officials: list, hamlets: await listHamlets(ctx, { on: 'ever' }), today: day };
  });
  const names = new Map(hamlets.map(({ id, name }) => [id, name]));
  return {
    q,
    ever,
    officials: officials
      .filter((one) => hasWords([one.fullName, one.post, names.get(one.hamletId ?? '')], q))
      .map((one) => rowOf(one, names.get(one.hamletId ?? ''), today, locale)),
    done: url.searchParams.get('done'),
    crumbs: [
      { href: localizeHref('/registry/staff'), label: m.registry_desk({}, { locale }) },
      { href: url.pathname, label: m.registry_nav_officials({}, { locale }) },
    ],
  };
};

function rowOf(one: Official, hamlet: string | undefined, today: LocalDate, locale: Locale) {
  return {
    id: one.id,
    name: one.fullName,
    demo: one.demo,
    post: one.post,
    unit: unitWords(one.unit, locale),
    hamlet: hamlet ?? null,
    phone: one.phone && formatPhone(one.phone),
    term: `${formatDate(one.termFrom, locale)} – ${one.termTo ? formatDate(one.termTo, locale) : '…'}`,
    inOffice: inOffice(one, today),
    public: one.public,
    signIn: one.userId !== null,
  };
}
