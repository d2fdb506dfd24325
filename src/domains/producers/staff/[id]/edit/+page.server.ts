import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attempt, textsOf } from '#app/attempt';
import { refuse } from '#kernel/errors';
import { hamletOptions } from '../../../desk.queries.ts';
import { changeProducer } from '../../../producer.actions.ts';
import { producerInput, SEVERAL } from '../../../producer-form.ts';
import { getProducer } from '../../../producer.queries.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent, url }) => {
  const { locale } = locals;
  const { may } = await parent();
  if (!may.write) refuse('refused', 403);
  const { producer, hamlets } = await locals.run(async (ctx) => ({
    producer: await getProducer(ctx, params.id),
    hamlets: await hamletOptions(ctx),
  }));
  return {
    producer,
    hamlets,
    crumbs: [
      { href: localizeHref('/producers/staff'), label: m.producers_desk({}, { locale }) },
      { href: localizeHref(`/producers/staff/${params.id}`), label: producer.name },
      { href: url.pathname, label: m.producers_edit({}, { locale }) },
    ],
  };
};

export const actions: Actions = {
  change: async ({ locals, params, request }) => {
    const typed = textsOf(await request.formData(), SEVERAL);
    const version = Math.trunc(Number(typed.version)) || 0;
    const refused = await attempt(locals, 'change', typed, (ctx) =>
      changeProducer(ctx, params.id, producerInput(typed), version),
    );
    if (refused) return refused;
    redirect(303, `${localizeHref(`/producers/staff/${params.id}`)}?done=changed`);
  },
};
