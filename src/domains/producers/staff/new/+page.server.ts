import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, textsOf } from '#app/attempt';
import { refuse } from '#kernel/errors';
import { hamletOptions } from '../../desk.queries.ts';
import { addProducer } from '../../producer.actions.ts';
import { producerInput, SEVERAL } from '../../producer-form.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, parent, url }) => {
  const { locale } = locals;
  const { may } = await parent();
  if (!may.write) refuse('refused', 403);
  return {
    hamlets: await locals.run(hamletOptions),
    crumbs: [
      { href: localizeHref('/producers/staff'), label: m.producers_desk({}, { locale }) },
      { href: url.pathname, label: m.producers_add({}, { locale }) },
    ],
  };
};

export const actions: Actions = {
  create: async ({ locals, request }) => {
    const typed = textsOf(await request.formData(), SEVERAL);
    let id = '';
    const refused = await attempt(locals, 'create', typed, async (ctx) => {
      id = await addProducer(ctx, producerInput(typed));
    });
    if (refused) return refused;
    redirect(303, `${localizeHref(`/producers/staff/${id}`)}?done=created`);
  },
};
