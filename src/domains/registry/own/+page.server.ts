import { redirect } from '@sveltejs/kit';
import { inLocale } from '#kernel/bilingual';
import { formatDate, formatDateTime } from '#kernel/format';
import { changeWords, relationWords } from '../household/household-words.ts';
import { RETENTION } from '../retention/retention.ts';
import { careSections, recordFacts } from './copy.ts';
import { ownData } from './own.queries.ts';
import { correctedWords } from './own-words.ts';
import { signInHref } from './page-of.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, parent, url }) => {
  const { locale } = locals;
  if (locals.actor.kind !== 'person') redirect(303, signInHref(url));
  const { bound } = await parent();
  if (!bound) return { own: null };
  const data = await locals.run(ownData);
  const { household, book, resident } = data;
  return {
    own: {
      demo: resident.demo,
      name: resident.fullName,
      facts: recordFacts(data, locale),
      household: household && {
        number: household.number,
        since: formatDate(household.joinedOn, locale),
        members: household.members.map(({ name, relation }) => ({ name, relation: relationWords(relation) })),
      },
      care: careSections(data, locale).filter(({ rows }) => rows.length > 0),
      book: book.map((entry) => ({
        title: changeWords(entry.kind),
        when: formatDate(entry.day, locale),
        datetime: entry.day,
        who: formatDateTime(entry.recordedAt, locale),
        note: correctedWords(entry, locale),
      })),
      kept: RETENTION.rules.map(({ what, days, since }) => ({
        what: inLocale(what, locale),
        days,
        since: inLocale(since, locale),
      })),
    },
  };
};
