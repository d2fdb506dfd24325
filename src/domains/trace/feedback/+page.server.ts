import { attempt, typedOf } from '#app/attempt';
import { redirect } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { AppError } from '#kernel/errors';
import { limitOf, take } from '#kernel/rate-limit';
import { readDigitalLink } from '../digital-link/digital-link.ts';
import { sendFeedback } from '../scan/feedback.actions.ts';
import { standingOf, type Asked } from '../scan/scan.queries.ts';
import type { Actions, PageServerLoad } from './$types';

/** Buyers write once; programs many times. */
const perAddress = limitOf(10, 60);

/** The pack that an address of ours names. @throws AppError `trace.lot.not_found` */
function askedOf(path: string): Asked {
  const read = readDigitalLink(`http://buyer${path}`, { older: true });
  if (!read.ok) throw new AppError('trace.lot.not_found', 404);
  const of = (ai: string) => read.link.qualifiers.find((one) => one.ai === ai)?.value ?? null;
  return { gtin: read.link.key.value, code: of('10') ?? '', serial: of('21') };
}

export const load: PageServerLoad = async ({ locals, url }) => {
  const path = url.searchParams.get('lo') ?? '';
  const asked = askedOf(path);
  await locals.run((ctx) => standingOf(ctx, asked));
  return {
    code: asked.code,
    path,
    back: { href: path, label: m.trace_feedback_back() },
    done: url.searchParams.has('done'),
    questions: [
      { kind: 'text' as const, name: 'body', label: m.trace_feedback_body(), rows: 5 },
      {
        kind: 'line' as const,
        name: 'contact',
        label: m.trace_feedback_contact(),
        help: m.trace_feedback_contact_help(),
        optional: true,
      },
    ],
  };
};

export const actions: Actions = {
  default: async ({ locals, request, url, getClientAddress }) => {
    await take(perAddress, getClientAddress());
    const typed = await typedOf(request);
    const path = url.searchParams.get('lo') ?? '';
    const { body = '', contact = null } = typed;
    const refused = await attempt(locals, 'feedback', typed, (ctx) =>
      sendFeedback(ctx, askedOf(path), { body, contact }),
    );
    if (refused) return refused;
    redirect(303, `${localizeHref('/trace/feedback')}?lo=${encodeURIComponent(path)}&done`);
  },
};
