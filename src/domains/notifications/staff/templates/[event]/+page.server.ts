import { fail } from '@sveltejs/kit';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import type { Locale } from '#kernel/context';
import { formatDateTime } from '#kernel/format';
import { may } from '#kernel/rights';
import { eventWords, tried } from '../../../edge.ts';
import { getEvent, listTemplates, resetTemplate, saveTemplate } from '../../../template.actions.ts';
import { eventTemplate, requiredParams, variablesOf, type Texts } from '../../../template.ts';
import type { Actions, PageServerLoad } from './$types';

const LOCALES = ['vi', 'en'] as const;

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { locale } = locals;
  const found = await locals.run(async (ctx) => ({
    templates: await listTemplates(ctx),
    event: getEvent(params.event),
    mayChange: may(ctx, 'notifications.template.change'),
  }));
  const { event, mayChange } = found;
  const template = eventTemplate(event);
  const own = found.templates.find((row) => row.event === event)?.own ?? {};
  const always = new Set([...requiredParams(template), 'commune']);
  return {
    event,
    title: eventWords(event, locale),
    mayChange,
    words: LOCALES.map((lang) => {
      const { title, body, sms } = own[lang] ?? template[lang];
      const since = own[lang] ? formatDateTime(own[lang].since, locale) : null;
      return { lang, texts: { title, body, sms }, since };
    }),
    variables: Object.entries(variablesOf(template)).map(([name, { about }]) => ({
      name: `{${name}}`,
      about: about[locale],
      always: always.has(name),
    })),
    crumbs: [
      {
        href: localizeHref('/notifications/staff/templates'),
        label: m.notifications_templates_title({}, { locale }),
      },
      { href: url.pathname, label: eventWords(event, locale) },
    ],
  };
};

export const actions: Actions = {
  save: async ({ locals, params, request }) => {
    const form = await request.formData();
    const lang = langOf(form);
    const text = (name: keyof Texts) => String(form.get(name) ?? '');
    const typed: Texts = { title: text('title'), body: text('body'), sms: text('sms') };
    const failed = await tried(locals.locale, () =>
      locals.run((ctx) => saveTemplate(ctx, params.event, lang, typed)),
    );
    if (failed) return fail(failed.status, { refused: { ...failed.refused, lang, typed } });
    return { done: m.notifications_template_saved({}, { locale: locals.locale }) };
  },
  reset: async ({ locals, params, request }) => {
    const lang = langOf(await request.formData());
    await locals.run((ctx) => resetTemplate(ctx, params.event, lang));
    return { done: m.notifications_template_was_reset({}, { locale: locals.locale }) };
  },
};

function langOf(form: FormData): Locale {
  return form.get('lang') === 'en' ? 'en' : 'vi';
}
