import { redirect } from '@sveltejs/kit';
import { attemptAll, textsOf } from '#app/attempt';
import { takeFile } from '#app/take-file';
import { m } from '#i18n/messages';
import { localizeHref } from '#i18n/runtime';
import { formatNumber, type Locale } from '#kernel/format';
import { AppError } from '#kernel/errors';
import type { Question } from '#ui/form/short-form.ts';
import { GRADES } from '../../lot/lot.ts';
import { addProduct, endProduct, openProductToPicture, setPicture } from '../../lot/product.actions.ts';
import type { PackedTea } from '../../lot/product.ts';
import { getProduct, listProducts } from '../../lot/product.queries.ts';
import { gradeWords, standardWords } from '../../words.ts';
import type { Actions, PageServerLoad } from './$types';

const CLAIMS = ['none', 'vietgap', 'organic_conversion', 'organic'] as const;

export const load: PageServerLoad = async ({ locals, parent, url }) => {
  const { locale } = locals;
  const { desk } = await parent();
  const products = await locals.run((ctx) => listProducts(ctx));
  const names = new Map(desk.producers.map(({ value, label }) => [value, label]));
  return {
    rows: products.map((one) => ({
      id: one.id,
      name: one.name,
      producer: names.get(one.producerId) ?? one.makerName,
      gtin: one.gtin,
      own: one.ownCode,
      net: one.netG === null ? '' : `${formatNumber(one.netG, { locale })} g`,
      standard: standardWords(one.standard, locale),
      picture: one.picture !== null,
      ended: one.ended,
      version: one.version,
    })),
    questions: questionsOf(desk.producers, locale),
    done: url.searchParams.has('done'),
    crumbs: [
      { href: localizeHref('/trace/staff'), label: m.trace_nav_staff({}, { locale }) },
      { href: url.pathname, label: m.trace_products({}, { locale }) },
    ],
  };
};

function questionsOf(producers: { value: string; label: string }[], locale: Locale): Question[] {
  const text = (name: string, label: string, more: Partial<Question> = {}): Question =>
    ({ kind: 'line', name, label, ...more }) as Question;
  return [
    { kind: 'list', name: 'producerId', label: m.trace_producer(), options: producers },
    text('name', m.trace_product_name()),
    text('nameEn', m.trace_product_name_en(), { optional: true }),
    text('gtin', m.trace_product_gtin(), { help: m.trace_product_gtin_help(), optional: true }),
    text('netG', m.trace_product_net(), { value: '200' }),
    text('shelfMonths', m.trace_product_shelf(), { value: '18' }),
    {
      kind: 'list',
      name: 'standard',
      label: m.trace_product_standard(),
      options: CLAIMS.map((value) => ({ value, label: standardWords(value, locale) })),
      value: 'none',
    },
    {
      kind: 'list',
      name: 'grade',
      label: m.trace_grade(),
      options: GRADES.map((value) => ({ value, label: gradeWords(value, locale) })),
      optional: true,
    },
    text('brand', m.trace_product_brand(), { optional: true }),
    text('makerName', m.trace_product_maker(), { help: m.trace_product_maker_help() }),
    text('makerAddress', m.trace_scan_address(), { optional: true }),
    text('rules', m.trace_scan_rules(), { optional: true }),
    { kind: 'text', name: 'story', label: m.trace_product_story(), rows: 4, optional: true },
    { kind: 'text', name: 'storyEn', label: m.trace_product_story_en(), rows: 4, optional: true },
  ];
}

export const actions: Actions = {
  add: async ({ locals, request, url }) => {
    const typed = textsOf(await request.formData());
    const refused = await attemptAll(locals, 'add', typed, () =>
      locals.run((ctx) => addProduct(ctx, typed as unknown as PackedTea)),
    );
    if (refused) return refused;
    redirect(303, `${url.pathname}?done`);
  },
  picture: async ({ locals, request, url }) => {
    const form = await request.formData();
    const typed = textsOf(form);
    const { id = '', version = '' } = typed;
    const refused = await attemptAll(locals, `picture-${id}`, typed, async () => {
      await locals.run((ctx) => openProductToPicture(ctx, id));
      const file = await takeFile(form, 'file', locals.files);
      if (!file || file.type === 'application/pdf')
        throw new AppError('input.invalid', 422, {}, { file: 'input.missing' });
      await locals.run((ctx) =>
        setPicture(ctx, id, { hash: file.hash, mediaType: file.type }, Number(version)),
      );
    });
    if (refused) return refused;
    redirect(303, `${url.pathname}?done`);
  },
  end: async ({ locals, request, url }) => {
    const typed = textsOf(await request.formData());
    const { id = '' } = typed;
    const refused = await attemptAll(locals, `end-${id}`, typed, () =>
      locals.run(async (ctx) => endProduct(ctx, id, (await getProduct(ctx, id)).version)),
    );
    if (refused) return refused;
    redirect(303, `${url.pathname}?done`);
  },
};
