import { redirect } from '@sveltejs/kit';
import { attemptAll, textsOf } from '#app/attempt';
import { takeFile } from '#app/take-file';
import { formatDate } from '#kernel/format';
import type { UploadRule } from '#kernel/files/kinds';
import { refuseField } from '#kernel/input';
import { localDateOf } from '#kernel/time';
import { mayRecordLabels, openLabels, recordLabel } from '../../input/label.actions.ts';
import { listLabels } from '../../input/label.queries.ts';
import { banOn, isWithdrawn, PRODUCTS } from '../../input/product.ts';
import { typedNumber } from '../../input/stock-form.ts';
import { phiOf } from '../../gate/interval.ts';
import { productWords } from '../edge.ts';
import { signInFirst } from '../edge.page.ts';
import type { Actions, PageServerLoad } from './$types';

const PHOTO: UploadRule = { kinds: ['jpeg', 'png'], maxBytes: 12_000_000, maxPages: 1 };

/** What technicians read on labels; products whose interval nobody knows wait for one. */
export const load: PageServerLoad = async (event) => {
  signInFirst(event);
  const { locale } = event.locals;
  const { labels, may } = await event.locals.run(async (ctx) => ({
    labels: await listLabels(ctx),
    may: await mayRecordLabels(ctx),
  }));
  const read = new Map(labels.toReversed().map(({ productCode, phiDays }) => [productCode, phiDays]));
  // A label helps nothing where the product may not be used any more.
  const today = localDateOf(new Date());
  const inUse = PRODUCTS.filter(
    (one) => one.kind === 'pesticide' && !banOn(one, today) && !isWithdrawn(one, today),
  );
  const unknown = inUse.filter(({ code }) => phiOf(code, read) === null);
  const products = PRODUCTS.filter(({ kind }) => kind === 'pesticide')
    .map(({ code, name }) => ({ value: code, label: name }))
    .toSorted((a, b) => a.label.localeCompare(b.label, 'vi'));
  return {
    rows: labels.map((label, at) => ({
      id: label.id,
      product: productWords(label.productCode) ?? label.productCode,
      days: label.phiDays,
      dose: label.dose,
      by: label.recordedName,
      day: formatDate(label.recordedAt, locale),
      newest: labels[at - 1]?.productCode !== label.productCode,
    })),
    unknown: unknown.map(({ name }) => name),
    products: may ? products : null,
    done: event.url.searchParams.has('done'),
  };
};

export const actions: Actions = {
  default: async ({ locals, request, url }) => {
    const form = await request.formData();
    const typed = textsOf(form);
    await locals.run(openLabels);
    const refused = await attemptAll(locals, 'label', typed, async () => {
      const photo = await takeFile(form, 'photo', locals.files, PHOTO);
      if (!photo) refuseField('photo', 'input.missing');
      const phiDays = typedNumber(typed['phiDays']) ?? Number.NaN;
      const { productCode = '', dose } = typed;
      await locals.run((ctx) => recordLabel(ctx, { productCode, phiDays, dose }, photo));
    });
    if (refused) return refused;
    redirect(303, `${url.pathname}?done=1`);
  },
};
