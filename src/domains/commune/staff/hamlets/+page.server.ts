import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, typedOf } from '#app/attempt';
import { formatDate, type Locale } from '#kernel/format';
import { localDateOf, type LocalDate } from '#kernel/time';
import { existsOn, type Hamlet } from '../../hamlet.ts';
import { importBoundaries } from '../../boundary/boundary.actions.ts';
import { addHamlet } from '../../hamlet.actions.ts';
import { listHamlets } from '../../hamlet.queries.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, url }) => {
  const { locale } = locals;
  const { hamlets, today } = await locals.run(async (ctx) => ({
    hamlets: await listHamlets(ctx, { on: 'ever' }),
    today: localDateOf(ctx.now),
  }));
  return {
    hamlets: hamlets.map((hamlet) => hamletView(hamlet, today, locale)),
    done: url.searchParams.get('done'),
    crumbs: [
      { href: localizeHref('/commune/staff'), label: m.commune_nav_staff({}, { locale }) },
      { href: url.pathname, label: m.commune_desk_hamlets({}, { locale }) },
    ],
  };
};

export const actions: Actions = {
  boundaries: async ({ locals, request, url }) => {
    const form = await request.formData();
    const [text, source] = [String(form.get('file') ?? ''), String(form.get('source') ?? '')];
    // What was pasted is not shown again: it is long, and its sender has it.
    const refused = await attempt(locals, 'boundaries', { source }, (ctx) =>
      importBoundaries(ctx, { text, source }),
    );
    if (refused) return refused;
    redirect(303, `${url.pathname}?done=boundaries`);
  },

  add: async ({ locals, request, url }) => {
    const typed = await typedOf(request);
    const refused = await attempt(locals, 'add', typed, (ctx) =>
      addHamlet(ctx, { name: typed.name ?? '', validFrom: typed.validFrom }),
    );
    if (refused) return refused;
    redirect(303, `${url.pathname}?done=added`);
  },
};

function hamletView(hamlet: Hamlet, today: LocalDate, locale: Locale) {
  return {
    id: hamlet.id,
    name: hamlet.name,
    demoName: hamlet.demoName,
    former: hamlet.formerNames.map(({ name }) => name).join(', '),
    exists: existsOn(hamlet, today),
    ended: hamlet.validTo && formatDate(hamlet.validTo, locale),
  };
}
