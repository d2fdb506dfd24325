import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { attemptAll, textsOf } from '#app/attempt';
import { AppError, isAppError, mustExist, refuse } from '#kernel/errors';
import { acceptUpload } from '#kernel/files/accept.server';
import { CITIZEN_UPLOAD } from '#kernel/files/kinds';
import type { FileStore } from '#kernel/files/store';
import { actTitle, findAct } from '../../../act-form.ts';
import type { KeptFile } from '../../../certificate/certificate.ts';
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
      const file = act === 'paper' ? await fileOf(form, locals.files) : null;
      const subject = { id: params.id, part: typed.part ?? '', file };
      await locals.run((ctx) => perform(ctx, act, subject, typed));
    });
    if (refused) return refused;
    redirect(303, `${localizeHref(`/producers/staff/${params.id}`)}?done=${act}`);
  },
};

/** The scan of the form, looked through and kept; null when none was chosen. @throws AppError with the reason at the field */
async function fileOf(form: FormData, store: FileStore): Promise<KeptFile | null> {
  const sent = form.get('file');
  if (!(sent instanceof File) || sent.size === 0) return null;
  try {
    const { bytes, type } = await acceptUpload(new Uint8Array(await sent.arrayBuffer()), CITIZEN_UPLOAD);
    const { hash, size } = await store.put(bytes);
    return { hash, size, type, name: sent.name.slice(0, 150) };
  } catch (thrown) {
    if (!isAppError(thrown) || thrown.status === 503) throw thrown;
    throw new AppError('input.invalid', 422, thrown.params, { file: thrown.code });
  }
}
