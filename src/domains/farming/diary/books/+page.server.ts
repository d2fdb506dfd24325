import { m } from '#i18n/messages';
import { nameOfProducer } from '#domain/producers';
import { periodViews, subjectIn } from '../../book/edge.books.ts';
import { diariesOf } from '../../sync/bundle.queries.ts';
import { signInFirst } from '../edge.page.ts';
import type { PageServerLoad } from './$types';

/** Books of the own household; for a technician those of the members and of the whole group. */
export const load: PageServerLoad = async (event) => {
  signInFirst(event);
  const { locals, url } = event;
  const choices = await locals.run(async (ctx) => {
    const { holders, household, names } = await diariesOf(ctx);
    const found: { key: 'group' | 'holder'; id: string; label: string }[] = [];
    for (const { id, producer } of holders) {
      if (producer)
        found.push({ key: 'group', id, label: await nameOfProducer(ctx, id, { lookedAfter: true }) });
      else
        found.push({
          key: 'holder',
          id,
          label: id === household ? m.farming_diary_own() : (names.get(id) ?? ''),
        });
    }
    return found.toSorted((a, b) => a.key.localeCompare(b.key) || a.label.localeCompare(b.label, 'vi'));
  });
  const asked = subjectIn(url.searchParams);
  const wanted = asked && ('producerId' in asked ? asked.producerId : asked.householdId);
  const open = choices.find(({ id }) => id === wanted) ?? choices[0] ?? null;
  const subject = open && (open.key === 'group' ? { producerId: open.id } : { householdId: open.id });
  return {
    open,
    choices,
    periods: subject ? await periodViews(event, subject) : [],
  };
};
