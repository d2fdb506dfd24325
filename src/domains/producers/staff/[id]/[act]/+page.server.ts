import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attemptAll, textsOf } from '#app/attempt';
import { takeFile } from '#app/take-file';
import { mustExist, refuse } from '#kernel/errors';
import { actTitle, findAct } from '../../../act-form.ts';
import { certificatesOf } from '../../../certificate/certificate.queries.ts';
import { hamletOptions, openDesk } from '../../../desk.queries.ts';
import { householdChoice } from '../../../member/household-choice.queries.ts';
import { membersOf } from '../../../member/member.queries.ts';
import { perform } from '../../../perform.actions.ts';
import { SEVERAL } from '../../../producer-form.ts';
import { getProducer } from '../../../producer.queries.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params, parent, url }) => {
  const act = mustExist(findAct(params.act), 'producers.producer');
  const { may } = await parent();
  if (!may.write) refuse('refused', 403);
  const asked = (name: string) => url.searchParams.get(name) ?? '';
  const part = asked('part');
  const household = { find: asked('find'), number: asked('household') };
  const { producer, hamlets, members, papers, choice } = await locals.run(async (ctx) => ({
    producer: await getProducer(ctx, params.id),
    hamlets: await hamletOptions(ctx),
    members: part === '' ? [] : (await membersOf(ctx, params.id)).items,
    papers: part === '' ? [] : await certificatesOf(ctx, params.id),
    choice: act === 'member' || act === 'correct' ? await householdChoice(ctx, household) : null,
  }));
  const member = members.find(({ id }) => id === part) ?? null;
  const paper = papers.find(({ id }) => id === part);
  return {
    act,
    part,
    name: producer.name,
    member,
    about: member?.name ?? paper?.number ?? null,
    hamlets,
    choice,
    household: household.number,
    crumbs: [
      { href: localizeHref('/producers/staff'), label: m.producers_desk({}, { locale: locals.locale }) },
      { href: localizeHref(`/producers/staff/${params.id}`), label: producer.name },
      { href: url.pathname, label: actTitle(act) },
    ],
  };
};

export const actions: Actions = {
  do: async ({ locals, params, request }) => {
    const act = mustExist(findAct(params.act), 'producers.producer');
    // Before a file is kept: who may not write leaves nothing behind.
    if (!(await locals.run(openDesk)).write) refuse('refused', 403);
    const form = await request.formData();
    const typed = textsOf(form, SEVERAL);
    const refused = await attemptAll(locals, 'do', typed, async () => {
      const file = act === 'paper' ? await takeFile(form, 'file', locals.files) : null;
      const subject = { id: params.id, part: typed.part ?? '', file };
      await locals.run((ctx) => perform(ctx, act, subject, typed));
    });
    if (refused) return refused;
    redirect(303, `${localizeHref(`/producers/staff/${params.id}`)}?done=${act}`);
  },
};
