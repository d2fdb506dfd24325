import { m } from '#i18n/messages';
import type { Locale } from '#kernel/format';
import { formatPhone } from '#kernel/phone';
import { officialDirectory, type DirectoryEntry } from '../official.queries.ts';
import { telLink, zaloLink } from '../official.ts';
import { unitWords } from '../unit-words.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  const q = (url.searchParams.get('q') ?? '').trim().slice(0, 100);
  const found = await locals.run((ctx) => officialDirectory(ctx, { q }));
  const people = found.map((entry) => ({ ...personView(entry, locale), unit: entry.unit }));
  const groups = [...Map.groupBy(people, (person) => person.unit)].map(([unit, members]) => ({
    unit,
    title: unitWords(unit, locale),
    people: members,
  }));
  return {
    q,
    groups,
    onDuty: q === '' ? people.filter((person) => person.onDuty) : [],
    total: people.length,
  };
};

function personView(entry: DirectoryEntry, locale: Locale) {
  const { id, fullName, post, postEn, hamletName, phone, zalo, email, onDuty, coveredBy, demo } = entry;
  return {
    id,
    name: fullName,
    post: (locale === 'en' && postEn) || post,
    hamlet: hamletName === null ? null : m.registry_hamlet({ name: hamletName }, { locale }),
    call: phone === null ? null : { href: telLink(phone), number: formatPhone(phone) },
    zalo: zalo === null ? null : zaloLink(zalo),
    email,
    onDuty,
    cover: coveredBy?.fullName ?? null,
    demo,
  };
}
